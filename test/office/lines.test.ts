import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { actorOn } from '../../src/casework/acts/people.ts';
import { people } from '../../src/office/act.ts';
import { actAfter } from '../../src/office/after.ts';
import { readCase } from '../../src/office/case-file.ts';
import { draftRequest, sendRequest, signRequest } from '../../src/office/customs.ts';
import { review } from '../../src/office/irs.ts';
import { type CaseLine, lineOf } from '../../src/office/line.ts';
import { caseLines, casesTurnedOn } from '../../src/office/lines.ts';
import { openItem } from '../../src/office/look.ts';
import { type Node, openNode } from '../../src/office/node.ts';
import { PAGE, queueFor, turnOf } from '../../src/office/queue.ts';
import { release } from '../../src/office/release.ts';
import { turnedOf, turnedOn } from '../../src/office/turned.ts';
import { AUDIT, CASEY, JORDAN, disclosed } from '../node/after.fixture.ts';
import {
  type Three,
  brought,
  cleared,
  exampleDocument,
  reference,
  requested,
  returns,
  standAfter,
} from '../node/three.fixture.ts';

const named = (name: string) => {
  const document = exampleDocument(['purchases']);
  return { ...document, request: { ...document.request, reference: name } };
};

/** The slow way: every case read anew. */
const readAnew = async (node: Node): Promise<readonly CaseLine[]> => {
  const lines: CaseLine[] = [];
  for (const { case: one = '' } of await node.views.firsts(node.log, 'case/'))
    lines.push(lineOf(await readCase(node, one)));
  return lines;
};

const known = async (node: Node): Promise<readonly CaseLine[]> =>
  (await caseLines(node)).map(({ line }) => line);

const asActor = async (node: Node, person: string) =>
  actorOn(await people(node), person, undefined, node.when().day);

/** The same office opened once more, as another process has it. */
const another = async (t: TestContext, node: Node): Promise<Node> => {
  const databaseUrl = String(node.database.owner.options.connectionString);
  const opened = await openNode(node.dir, { databaseUrl, now: () => node.when().at * 1000 });
  t.after(() => opened.close());
  return opened;
};

test('the lines of the cases', async (t) => {
  const again = await standAfter(t, (nodes) => disclosed(nodes, ['purchases']));

  await t.test(
    'are those of the slow way, whatever was committed in between, here or elsewhere',
    async (t) => {
      const { customs } = await again(t);
      const other = await another(t, customs);
      const robin = { person: 'robin-alder' };
      const acts = [
        (node: Node, name: string) => draftRequest(node, JORDAN, name, named(name)),
        (node: Node, name: string) => signRequest(node, robin, name),
        (node: Node, name: string) => sendRequest(node, JORDAN, name),
        (node: Node) =>
          actAfter(node, JORDAN, { act: 'audit changed', case: reference, determined: node.when().day }),
      ] as const;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.boolean(), fc.boolean()), {
            minLength: 1,
            maxLength: 8,
          }),
          async (steps) => {
            for (const [what, which, elsewhere, look] of steps) {
              // Some are refused: a request is signed twice, or sent unsigned.
              await acts[what]?.(elsewhere ? other : customs, `CBP-9-${which}`).catch(() => undefined);
              if (look) assert.deepEqual(await known(customs), await readAnew(customs));
            }
            assert.deepEqual(await known(customs), await readAnew(customs));
            assert.deepEqual(await known(other), await known(customs));
          },
        ),
        { numRuns: 8 },
      );
    },
  );

  await t.test(
    'are never older than a commit that came before the question, under many questions',
    async (t) => {
      const { customs } = await again(t);
      const other = await another(t, customs);
      await known(customs);
      for (let n = 0; n < 6; n++) {
        const name = `CBP-8-${n}`;
        const asking = Array.from({ length: 5 }, () => known(customs));
        await draftRequest(other, JORDAN, name, named(name));
        const seen = await Promise.all(Array.from({ length: 5 }, () => known(customs)));
        for (const lines of seen) assert.equal(lines.at(-1)?.reference, name);
        await Promise.all(asking);
      }
    },
  );

  await t.test('of the IRS follow the review’s own log too', async (t) => {
    const { irs } = await again(t);
    assert.equal((await known(irs))[0]?.stage, 'answered');
    const fresh = await standAfter(t, async (nodes) => {
      await brought(
        nodes,
        'customs',
        'irs',
        await requested(nodes, exampleDocument(['purchases'])),
        'casey-moor',
      );
    });
    const nodes = await fresh(t);
    assert.equal((await known(nodes.irs))[0]?.stage, 'in review', 'before the review’s log has an entry');
    await cleared(nodes, ['purchases']);
    await review(nodes.irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
    const [line] = await known(nodes.irs);
    assert.equal(line?.stage, 'approved');
    assert.deepEqual(line?.next, { what: 'another person releases', by: ['sends'] });
    assert.deepEqual(await known(nodes.irs), await readAnew(nodes.irs));
  });
});

test('a queue', async (t) => {
  const line = (n: number, next?: CaseLine['next']): CaseLine => ({
    reference: `C-${n}`,
    title: n % 2 === 0 ? 'Even and lamp' : 'Odd',
    stage: 'drafted',
    steps: 1,
    ...(next === undefined ? {} : { next }),
  });
  const nexts: readonly CaseLine['next'][] = [
    undefined,
    { what: 'send it', by: ['sends'] },
    { what: 'sign', by: ['signs as Commissioner'] },
    { what: 'answer', by: 'IRS' },
  ];
  const entries = (all: readonly CaseLine[]) =>
    all.map((one) => ({
      line: one,
      words: `${one.reference}\n${one.title}`.toLowerCase(),
      turned: { open: new Set<string>(), inside: new Set<string>() },
    }));
  const sends = { duties: ['sends'] } as const;

  await t.test('has every case once over its pages, this title’s own first, in the order they began', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 160 }), (which) => {
        const all = entries(which.map((one, n) => line(n, nexts[one])));
        const { pages, found, counts } = queueFor(all, sends);
        const rows = Array.from(
          { length: pages },
          (_, n) => queueFor(all, sends, { page: n + 1 }).rows,
        ).flat();
        assert.equal(found, all.length);
        assert.equal(new Set(rows.map((one) => one.line.reference)).size, all.length);
        assert.ok(rows.slice(0, counts.yours).every(({ turn }) => turn === 'yours'));
        const own = rows
          .filter(({ turn }) => turn === 'yours')
          .map((one) => Number(one.line.reference.slice(2)));
        assert.deepEqual(
          own,
          own.toSorted((a, b) => a - b),
        );
        assert.ok(rows.every((one) => one.turn === turnOf(one.line, sends)));
      }),
    );
  });

  await t.test('a search has all words, in any order and case; a page that is not there is the last', () => {
    const all = entries(Array.from({ length: 3 * PAGE }, (_, n) => line(n)));
    assert.equal(
      queueFor(all, sends, { search: 'LAMP c-1' }).found,
      all.filter(({ words }) => words.includes('c-1') && words.includes('lamp')).length,
    );
    assert.equal(queueFor(all, sends, { search: 'lantern' }).found, 0);
    assert.equal(queueFor(all, sends, { page: 99 }).page, 3);
    assert.equal(queueFor(all, sends, { search: 'lantern', page: 7 }).page, 1);
  });
});

test('the cases that turned on a paragraph', async (t) => {
  await t.test('at Customs: what was asked, what came back for cure, and looks refused', async (t) => {
    const { customs } = await (await standAfter(t, (nodes) => disclosed(nodes, ['purchases'])))(t);
    const jordan = await asActor(customs, 'jordan-vale');
    const turned = async (cite: string) =>
      (await casesTurnedOn(customs, cite, jordan)).map((one) => one.reference);
    assert.deepEqual(await turned('(j)'), []);
    const look = { case: reference, item: 'purchases', because: 'It saves a request.', audit: 'TRA-2026-31' };
    await assert.rejects(openItem(customs, JORDAN, look));
    assert.deepEqual(await turned('(j)'), [reference]);
    await actAfter(customs, JORDAN, {
      act: 'may i',
      case: reference,
      proposal: {
        act: 'look or use',
        items: ['purchases'],
        for: { matter: 'the audit', audit: AUDIT, aim: ['correctness'] },
      },
      findings: [{ finds: 'use is necessary', answer: true, reason: 'It is compared there.' }],
    });
    assert.deepEqual(await turned('(f)'), [reference]);
    assert.deepEqual(await turned('(h)'), []);
  });

  await t.test(
    'at the IRS: (d) and (e) only to who sees them, and nothing that would tell the others',
    async (t) => {
      const barred = async (nodes: Three) => {
        await brought(
          nodes,
          'customs',
          'irs',
          await requested(nodes, exampleDocument(['purchases'])),
          'casey-moor',
        );
        await cleared(nodes, ['purchases']);
        const about = { case: reference, finds: 'seriously impairs', of: ['purchases'], reason: 'As found.' };
        await review(nodes.irs, { person: 'lee-carr' }, { act: 'withdraw finding', ...about });
        await review(nodes.irs, { person: 'lee-carr' }, { act: 'finding', answer: true, ...about });
        await review(nodes.irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
        await release(nodes.irs, CASEY, reference, returns);
      };
      const { irs } = await (await standAfter(t, barred))(t);
      const turned = turnedOf(await readCase(irs, reference));
      assert.deepEqual([...turned.inside], ['(e)']);
      assert.deepEqual([...turned.open], []);
      for (const [person, told] of [
        ['lee-carr', true],
        ['drew-haven', true],
        ['casey-moor', true],
        ['alex-firth', false],
        ['sam-torr', false],
        ['ira-fenn', false],
      ] as const) {
        const actor = await asActor(irs, person);
        assert.equal(turnedOn(turned, '(e)', actor), told, person);
        assert.equal((await casesTurnedOn(irs, '(e)', actor)).length, told ? 1 : 0, person);
        for (const cite of ['(a)', '(b)', '(c)', '(d)']) assert.equal(turnedOn(turned, cite, actor), false);
      }
    },
  );
});
