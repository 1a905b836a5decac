import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Office } from '../../src/custody/entry.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { type Order, people } from '../../src/office/act.ts';
import { draftRequest, sendRequest, signRequest } from '../../src/office/customs.ts';
import { openItem, openLetter } from '../../src/office/look.ts';
import { addOffice, changeDirectory } from '../../src/office/directory.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { sendHead } from '../../src/office/heads.ts';
import { locate, review } from '../../src/office/irs.ts';
import type { Node } from '../../src/office/node.ts';
import { receive } from '../../src/office/receive.ts';
import { release } from '../../src/office/release.ts';
import { formatCard } from '../../src/packet/card.ts';
import type { Receipt } from '../../src/store/types.ts';
import { type Three, exampleDocument, reference, returns, threeOffices } from './three.fixture.ts';

/** A title is held in the calendar of Washington, which is four hours behind UTC in March. */
const LAST_SECOND = Date.UTC(2026, 2, 17, 3, 59, 59);
const MIDNIGHT = Date.UTC(2026, 2, 17, 4);

const ITEM = 'purchases';
const audit = 'TRA-2026-17';
const because = 'The workpapers compare these figures entry by entry.';
const keepers: Readonly<Record<Office, string>> = {
  irs: 'ira-fenn',
  customs: 'nell-quay',
  justice: 'jo-marsh',
};

const headsOf = ({ logs, views }: Node) => Promise.all(logs.map((log) => views.head(log)));

/** Refused for want of a title, with its paragraph, and with no trace in the log. */
const notEntitled = async (node: Node, what: RegExp, attempt: () => Promise<unknown>): Promise<void> => {
  const before = await headsOf(node);
  await assert.rejects(attempt, (error: unknown) => {
    assert.ok(error instanceof ProblemError, String(error));
    const [problem] = error.problems;
    assert.equal(problem.kind, 'not-entitled', problem.what);
    assert.match(problem.what, what);
    assert.ok(problem.next.length > 10);
    return true;
  });
  assert.deepEqual(await headsOf(node), before, 'it was recorded all the same');
};

interface Step {
  readonly office: Office;
  readonly what: string;
  readonly does: (nodes: Three) => Promise<unknown>;
}

const finds = (person: string, name: string, answer: boolean | string): Step => ({
  office: 'irs',
  what: `finds: ${name}`,
  does: ({ irs }) =>
    review(
      irs,
      { person },
      { act: 'finding', case: reference, finds: name, answer, of: [ITEM], reason: 'Looked at.' },
    ),
});

/** A whole case, one act a step. */
const wholeCase = (): readonly Step[] => {
  const sent: Partial<Record<Office, Receipt>> = {};
  const jordan = { person: 'jordan-vale' };
  const casey = { person: 'casey-moor' };
  const look = { case: reference, because, audit };
  const bytesOf = async (nodes: Three, from: Office, to: Office) => {
    const receipt = sent[from];
    assert.ok(receipt !== undefined);
    return (await dispatch(nodes[from], to, receipt)).bytes;
  };
  const step = (office: Office, what: string, does: Step['does']): Step => ({ office, what, does });
  return [
    step('customs', 'enters a person', ({ customs }) =>
      changeDirectory(
        customs,
        { person: 'kit-ames' },
        { act: 'add person', id: 'pat-reed', name: 'Pat Reed' },
      ),
    ),
    step('customs', 'takes in a card', ({ customs, irs }) =>
      addOffice(customs, { person: 'kit-ames' }, formatCard(irs.card)),
    ),
    step('customs', 'drafts', ({ customs }) =>
      draftRequest(customs, jordan, reference, exampleDocument([ITEM])),
    ),
    step('customs', 'signs', ({ customs }) => signRequest(customs, { person: 'robin-alder' }, reference)),
    step('customs', 'sends', async ({ customs }) => {
      sent.customs = await sendRequest(customs, jordan, reference);
    }),
    step('irs', 'receives the request', async (nodes) =>
      receive(nodes.irs, casey, await bytesOf(nodes, 'customs', 'irs')),
    ),
    step('irs', 'locates', ({ irs }) =>
      locate(
        irs,
        { person: 'alex-firth' },
        { case: reference, item: ITEM, source: 'return', file: 'harbor-lamp-2021.xml' },
        returns,
      ),
    ),
    finds('alex-firth', 'necessary to determination', true),
    finds('alex-firth', 'no more than necessary', true),
    finds('alex-firth', 'relates to merchandise', true),
    finds('sam-torr', 'treaty', 'none'),
    finds('lee-carr', 'identifies informant', false),
    finds('lee-carr', 'seriously impairs', false),
    step('irs', 'approves', ({ irs }) =>
      review(irs, { person: 'drew-haven' }, { act: 'approve', case: reference }),
    ),
    step('irs', 'releases', async ({ irs }) => {
      sent.irs = await release(irs, casey, reference, returns);
    }),
    step('customs', 'receives the answer', async (nodes) =>
      receive(nodes.customs, jordan, await bytesOf(nodes, 'irs', 'customs')),
    ),
    step('customs', 'opens an item', ({ customs }) => openItem(customs, jordan, { ...look, item: ITEM })),
    step('customs', 'opens the letter', ({ customs }) => openLetter(customs, jordan, look)),
    step('justice', 'sends its head', ({ justice }) =>
      sendHead(justice, { person: 'toni-brook' }, 'customs'),
    ),
  ];
};

test('who acts, holds the title on that day', async (t) => {
  const nodes = await threeOffices(t);
  await t.test('to the last second of its last day, and not one second longer', (t) => lastDay(t, nodes));
  await t.test('and whoever does not, does nothing', (t) => notHeld(t, nodes));
});

const lastDay = async (t: TestContext, nodes: Three): Promise<void> => {
  const { clock } = nodes;
  for (const office of ['irs', 'customs', 'justice'] as const) {
    const node = nodes[office];
    const keeper = { person: keepers[office] };
    for (const { id, titles } of (await people(node)).values())
      for (const { title } of titles)
        if (id !== keeper.person)
          await changeDirectory(node, keeper, {
            act: 'end title',
            person: id,
            title,
            from: '2026-03-17',
          });
  }
  const nell = { person: 'nell-quay' };
  await changeDirectory(nodes.customs, nell, { act: 'add person', id: 'kit-ames', name: 'Kit Ames' });
  await changeDirectory(nodes.customs, nell, {
    act: 'give title',
    person: 'kit-ames',
    title: 'Deputy Directory Officer',
    from: '2026-03-16',
    to: '2026-03-16',
    duties: ['keeps the directory'],
  });

  for (const { office, what, does } of wholeCase())
    await t.test(`${office}: ${what}`, async () => {
      clock.now = MIDNIGHT;
      await notEntitled(nodes[office], /last held on 2026-03-16, and access ended the day after/, () =>
        does(nodes),
      );
      clock.now = LAST_SECOND;
      const before = await headsOf(nodes[office]);
      await does(nodes);
      assert.notDeepEqual(await headsOf(nodes[office]), before, 'it was not recorded');
    });
};

const notHeld = async (t: TestContext, nodes: Three): Promise<void> => {
  const { customs, irs, clock } = nodes;
  const nell = { person: 'nell-quay' };
  const give = (person: string, title: string, days: { from: string; to?: string }) =>
    changeDirectory(customs, nell, { act: 'give title', person, title, duties: ['sends'], ...days });
  for (const [id, name] of [
    ['noa-lund', 'Noa Lund'],
    ['kay-bell', 'Kay Bell'],
    ['ray-holt', 'Ray Holt'],
    ['una-dell', 'Una Dell'],
  ] as const)
    await changeDirectory(customs, nell, { act: 'add person', id, name });
  await give('noa-lund', 'Courier', { from: '2026-03-17' });
  await give('kay-bell', 'Courier', { from: '2026-03-16' });
  await give('kay-bell', 'Clerk', { from: '2026-03-16' });
  await give('una-dell', 'Courier', { from: '2026-03-16' });
  await changeDirectory(customs, nell, { act: 'end title', person: 'una-dell', title: 'Courier' });

  const cases: readonly (readonly [string, Order, RegExp])[] = [
    ['someone whom the directory does not have', { person: 'no-body' }, /no such person/],
    ['someone of another office', { person: 'casey-moor' }, /no such person/],
    ['someone who holds no title', { person: 'ray-holt' }, /holds no title/],
    ['someone whose title begins tomorrow', { person: 'noa-lund' }, /held only from 2026-03-17/],
    ['someone whose title was ended today', { person: 'una-dell' }, /last held on 2026-03-15/],
    ['someone who names another’s title', { person: 'jordan-vale', title: 'Courier' }, /no such title/],
    ['someone who holds two titles and names none', { person: 'kay-bell' }, /holds several titles/],
    ['someone whose title does not carry the duty', { person: 'robin-alder' }, /carries the duty “sends”/],
  ];
  for (const [who, order, what] of cases)
    await t.test(who, () => notEntitled(customs, what, () => sendHead(customs, order, 'irs')));

  await t.test('only whoever keeps the directory changes it', async () => {
    for (const attempt of [
      () => changeDirectory(customs, { person: 'jordan-vale' }, { act: 'add person', id: 'x', name: 'X' }),
      () => addOffice(customs, { person: 'jordan-vale' }, formatCard(irs.card)),
    ])
      await notEntitled(customs, /keeps the directory/, attempt);
  });

  await t.test('the title named is the one on record', async () => {
    const { first } = await sendHead(customs, { person: 'kay-bell', title: 'Clerk' }, 'irs');
    const event = await customs.views.event('customs', first);
    assert.deepEqual([event?.person, event?.title], ['Kay Bell', 'Clerk']);
    await changeDirectory(customs, nell, { act: 'end title', person: 'kay-bell', title: 'Clerk' });
    await sendHead(customs, { person: 'kay-bell' }, 'irs');
    const later = await customs.views.event('customs', first);
    assert.deepEqual([later?.person, later?.title], ['Kay Bell', 'Clerk'], 'what was done stays done');
  });

  await t.test('a title that begins tomorrow carries its duties tomorrow', async () => {
    clock.now = MIDNIGHT;
    await sendHead(customs, { person: 'noa-lund' }, 'irs');
    await notEntitled(customs, /carries the duty “signs as Commissioner”/, () =>
      signRequest(customs, { person: 'noa-lund' }, reference),
    );
  });
};
