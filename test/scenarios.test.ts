import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Operation, applyPatch } from 'rfc6902';
import { parse, stringify } from 'yaml';
import { decideCase } from '../src/casework/decide.ts';
import { readCase } from '../src/casework/read.ts';
import { type Scenario, readScenarios } from '../src/cli/scenarios.ts';
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

/** What `waybill decide --json` says, as its user would get it. */
const told = (file: string): Promise<readonly Told[]> =>
  new Promise((resolve, reject) => {
    execFile(join(root, 'waybill'), ['decide', file, '--json'], (error, stdout, stderr) => {
      if (error && error.code !== 1) reject(new Error(stderr));
      else resolve((JSON.parse(stdout) as { decisions: readonly Told[] }).decisions);
    });
  });

test(
  'each scenario comes out as the law has it: by generated code, interpreter and command line',
  { concurrency: 2 },
  async (t) => {
    await Promise.all(
      scenarios.map((scenario) =>
        t.test(`${scenario.id} ${scenario.about.join(' ')} ${scenario.title}`, async () => {
          const text = caseOf(scenario);
          const file = join(scratch, `${scenario.id}.yaml`);
          writeFileSync(file, text);
          const { decisions } = decideCase(readCase(text, file), openCatalogue());
          const lines = await told(file);
          for (const expected of scenario.expect) {
            const at = decisions.findIndex(
              (one) =>
                one.item === expected.item &&
                one.determination.hop.id === expected.hop &&
                (expected.proposal === undefined || one.proposal === expected.proposal),
            );
            const decision = decisions[at];
            assert.ok(decision, `${scenario.id}: nothing asks for ${expected.hop}`);
            const { determination } = decision;
            assert.deepEqual(
              {
                verdict: determination.verdict,
                failed: determination.failed.map((rule) => rule.id),
                outward: expected.outward && decision.outward?.say,
              },
              { verdict: expected.verdict, failed: expected.failed, outward: expected.outward },
            );
            assert.equal(
              evaluate(determination.hop, decision.facts),
              determination,
              'the interpreter says otherwise',
            );
            const line = lines[at];
            assert.deepEqual(
              {
                verdict: line?.verdict,
                failed: line?.failed.map((one) => one.rule),
                missing: line?.missing.map((one) => one.rule),
                outward: line?.outward?.say,
              },
              {
                verdict: determination.verdict,
                failed: determination.failed.map((rule) => rule.id),
                missing: determination.missing.map((rule) => rule.id),
                outward: decision.outward?.say,
              },
              'the command line says otherwise',
            );
          }
        }),
      ),
    );
  },
);

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
