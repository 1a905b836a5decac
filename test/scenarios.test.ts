import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Operation, applyPatch } from 'rfc6902';
import { parse, stringify } from 'yaml';
import { decideCase } from '../src/casework/decide.ts';
import { readCase } from '../src/casework/read.ts';
import { type Scenario, readScenarios } from '../src/office/scenarios.ts';
import { openCatalogue } from '../src/returns/catalogue/open.ts';
import { evaluate } from '../src/rulebook/evaluate.ts';
import { lawOf } from '../src/rulebook/law.ts';
import { hops } from '../src/rulebook/rulebook.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const scenarios = readScenarios();
const scratch = mkdtempSync(join(tmpdir(), 'waybill-scenarios-'));
after(() => rmSync(scratch, { recursive: true }));

/** The scenario's case: the shared one with its patch applied; a patch that does not fit is a fault of the scenario. */
const caseOf = (scenario: Scenario): string => {
  const shared = parse(readFileSync(join(root, 'scenarios/base', scenario.base), 'utf8')) as unknown;
  const faults = applyPatch(shared, scenario.change as Operation[]).filter((fault) => fault !== null);
  assert.deepEqual(faults, [], `${scenario.id}: the change does not fit`);
  return stringify(shared);
};

interface Told {
  readonly item: string;
  readonly proposal: string | null;
  readonly hop: string;
  readonly verdict: string;
  readonly failed: readonly { readonly rule: string }[];
  readonly missing: readonly { readonly rule: string }[];
  readonly outward: { readonly say: string } | null;
}

/**
 * What `waybill decide FILE --json` prints for each file. The whole command line runs, arguments, output and exit, but
 * in one process for all of them: two hundred starts of Node would take a minute.
 */
const told = (files: readonly string[]): readonly (readonly Told[])[] => {
  const main = new URL('../src/cli/main.ts', import.meta.url).href;
  const each = `
    process.stdout.setMaxListeners(0); // the command line listens once for each time it is run
    for (const [n, file] of process.argv.slice(2).entries()) {
      process.argv = [process.execPath, 'waybill', 'decide', file, '--json'];
      await import(${JSON.stringify(main)} + '?' + n);
      process.stdout.write(process.exitCode + '\\0');
    }`;
  const script = join(scratch, 'each.mjs');
  writeFileSync(script, each);
  const { stdout, stderr } = spawnSync(process.execPath, [script, ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  assert.equal(stderr, '');
  return stdout
    .split('\0')
    .slice(0, -1)
    .map((one) => {
      const { decisions } = JSON.parse(one.slice(0, -1)) as { decisions: readonly Told[] };
      const exit = decisions.every(({ verdict }) => verdict === 'permitted') ? '0' : '1';
      assert.equal(one.slice(-1), exit, 'exit code');
      return decisions;
    });
};

test('each scenario comes out as the law has it: by generated code, interpreter and command line', async (t) => {
  const catalogue = openCatalogue();
  const cases = scenarios.map((scenario) => {
    const file = join(scratch, `${scenario.id}.yaml`);
    const text = caseOf(scenario);
    writeFileSync(file, text);
    return { scenario, file, decisions: decideCase(readCase(text, file), catalogue).decisions };
  });
  const printed = told(cases.map(({ file }) => file));
  assert.equal(printed.length, cases.length);

  for (const [n, { scenario, decisions }] of cases.entries())
    await t.test(`${scenario.id} ${scenario.about.join(' ')} ${scenario.title}`, () => {
      for (const expected of scenario.expect) {
        const at = decisions.findIndex(
          (one) =>
            one.item === expected.item &&
            one.determination.hop.id === expected.hop &&
            (expected.proposal === undefined || one.proposal === expected.proposal),
        );
        const decision = decisions[at];
        assert.ok(decision, `nothing asks for ${expected.hop}`);
        const { determination } = decision;
        const failed = determination.failed.map((rule) => rule.id);
        const missing = determination.missing.map((rule) => rule.id);
        assert.deepEqual(
          {
            verdict: determination.verdict,
            failed,
            missing: expected.missing && missing,
            outward: expected.outward && decision.outward?.say,
          },
          {
            verdict: expected.verdict,
            failed: expected.failed,
            missing: expected.missing,
            outward: expected.outward,
          },
        );
        assert.equal(
          evaluate(determination.hop, decision.facts),
          determination,
          'the interpreter says otherwise',
        );
        const line = printed[n]?.[at];
        assert.deepEqual(
          {
            item: line?.item,
            proposal: line?.proposal ?? undefined,
            hop: line?.hop,
            verdict: line?.verdict,
            failed: line?.failed.map((one) => one.rule),
            missing: line?.missing.map((one) => one.rule),
            outward: line?.outward?.say,
          },
          {
            item: decision.item,
            proposal: decision.proposal,
            hop: determination.hop.id,
            verdict: determination.verdict,
            failed,
            missing,
            outward: decision.outward?.say,
          },
          'the command line says otherwise',
        );
      }
    });
});

const outcomes = (wanted: (scenario: Scenario, hop: string) => boolean) =>
  new Set(
    scenarios.flatMap((one) =>
      one.expect.filter(({ hop }) => wanted(one, hop)).map(({ verdict }) => verdict),
    ),
  );

test('each hop has a permitted and a refused scenario', () => {
  for (const hop of hops) {
    const found = outcomes((_, id) => id === hop.id);
    assert.ok(found.has('permitted') && found.has('refused'), hop.id);
  }
});

test('each paragraph has a permitted and a refused scenario, and no scenario is about a paragraph that is not there', () => {
  const cites = lawOf('l-14').paragraphs.map((one) => one.cite as string);
  for (const cite of cites) {
    const found = outcomes((one) => one.about.includes(cite));
    assert.ok(found.has('permitted') && found.has('refused'), cite);
  }
  for (const one of scenarios)
    for (const cite of one.about)
      assert.ok([...cites, '(l)(2)-3', '(m)-1'].includes(cite), `${one.id} ${cite}`);
});

test('there are at least sixty, and no two say the same', () => {
  assert.ok(scenarios.length >= 60, `${scenarios.length}`);
  assert.equal(new Set(scenarios.map((one) => one.title)).size, scenarios.length);
});

test('each point of the reading has a scenario, or stands in the README among those that decide nothing', () => {
  const marked = [
    ...scenarios.map((one) => one.title),
    readFileSync(join(root, 'scenarios/README.md'), 'utf8'),
  ].join('\n');
  const points = { subtle: 15, further: 9, 'part (c)': 16 };
  for (const [list, count] of Object.entries(points))
    for (let n = 1; n <= count; n++) assert.ok(marked.includes(`[${list} ${n}]`), `${list} ${n}`);
});

test('on the first hop every scenario says what may be said outward', () => {
  for (const one of scenarios)
    for (const { hop, outward } of one.expect)
      assert.equal(outward !== undefined, hop === 'irs-to-customs', one.id);
});
