import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { Office } from '../../src/custody/entry.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { type Done, actAfter, holdingOf } from '../../src/office/after.ts';
import { irsPlaces } from '../../src/office/irs.ts';
import { answerRecall, forwardRecalls, recallFromIrs, recallOnward } from '../../src/office/onward.ts';
import { hasSent } from '../../src/office/again.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { receive } from '../../src/office/receive.ts';
import {
  CASEY,
  ENTRY,
  ITEMS,
  JORDAN,
  MAX,
  TONI,
  appearance,
  caseEvents,
  disclosed,
  engaged,
  inAudit,
  inSuit,
  logsHold,
  looks,
  necessary,
  referred,
  shown,
} from './after.fixture.ts';
import {
  type Books,
  type Holder,
  bar,
  faults,
  heldNow,
  officeHolds,
  onFile,
  untold,
} from './second-reader.fixture.ts';
import { type Three, reference, standAfter } from './three.fixture.ts';

/* A random walk of acts over three offices, and after each of them the second reader's word on it. */

const booksOf = async ({ irs, customs, justice }: Three): Promise<Books> => ({
  irs: await irs.views.stream('irs', irsPlaces(reference).request.stream),
  customs: await caseEvents(customs),
  justice: await caseEvents(justice),
});

type Did = 'done' | 'refused';

/** A post bag for each way: what was sent lies there until somebody carries it, the oldest first. */
type Bags = Record<`${Office}>${Office}`, { readonly act: string; readonly bytes: Uint8Array }[]>;

interface Walk {
  readonly nodes: Three;
  readonly bags: Bags;
  readonly books: Books;
}

const attempt = async (act: Promise<Partial<Done>>): Promise<Did> => {
  try {
    const { refused } = await act;
    return refused === undefined ? 'done' : 'refused';
  } catch (error) {
    if (error instanceof ProblemError) return 'refused';
    throw error;
  }
};

/** Acts whose packet has left: made again it is the same packet. */
const posted = new Set<string>();

const posting = async (
  { nodes, bags }: Walk,
  from: Office,
  to: Office,
  doing: Promise<Done>,
): Promise<Done> => {
  const done = await doing;
  const bag = bags[`${from}>${to}`];
  const { act } = done.receipt;
  if (!(await hasSent(nodes[from], to, done.receipt)) || posted.has(act)) return done;
  posted.add(act);
  bag.push({ act, bytes: (await dispatch(nodes[from], to, done.receipt)).bytes });
  return done;
};

/** Carries the oldest packet of a bag. One that is refused stays where it is. */
const carried = async (
  { nodes, bags }: Walk,
  from: Office,
  to: Office,
  order: { person: string },
): Promise<Did> => {
  const bag = bags[`${from}>${to}`];
  const [oldest] = bag;
  if (oldest === undefined) return 'refused';
  const { bytes } = oldest;
  const did = await attempt(receive(nodes[to], order, bytes).then(({ receipt }) => ({ receipt })));
  if (did === 'done') bag.shift();
  return did;
};

interface Command {
  /** One of `acts`. */
  readonly kind: string;
  readonly item: string;
  readonly office: Holder;
  readonly way: 'returned' | 'made undisclosable' | 'safeguards continue';
}

const ask = (
  { nodes }: Walk,
  { office, item }: Command,
  proposal: Readonly<Record<string, unknown>>,
  deed: Readonly<Record<string, unknown>>,
) =>
  actAfter(nodes[office], office === 'customs' ? JORDAN : TONI, {
    act: 'may i',
    case: reference,
    proposal: { items: [item], ...proposal },
    findings: necessary,
    do: deed,
  });

const personOf = (office: Holder): string => (office === 'customs' ? JORDAN.person : TONI.person);
const isFree = ({ books }: Walk, { office, item }: Command): boolean =>
  bar(books, office, item, personOf(office)) === undefined;

const shownBefore = ({ books }: Walk, { office, item }: Command): boolean =>
  books[office].some((one) => one.kind === 'item-disclosed' && one.item === item);

const OAKE = ['engagement-oake', 'safeguards-oake', 'memo-oake'];

interface Act {
  /** What the law says of it, by the second reader; undefined where the office's order of business decides. */
  readonly law: (walk: Walk, command: Command) => boolean | undefined;
  readonly do: (walk: Walk, command: Command) => Promise<Did>;
}

const acts: Readonly<Record<string, Act>> = {
  look: {
    law: isFree,
    do: ({ nodes }, { office, item }) => attempt(looks(nodes[office], item)),
  },
  use: {
    law: (walk, command) => isFree(walk, { ...command, office: 'customs' }),
    do: (walk, command) =>
      attempt(
        ask(
          walk,
          { ...command, office: 'customs' },
          { act: 'look or use', for: inAudit },
          { workpaper: 'WP-1', entries: [ENTRY] },
        ),
      ),
  },
  'show the importer': {
    law: (walk, command) => {
      const at = { ...command, office: 'customs' } as const;
      return isFree(walk, at) && onFile(walk.books, 'customs', 'appearance-pell') && !shownBefore(walk, at);
    },
    do: ({ nodes }, { item }) => attempt(shown(nodes, item)),
  },
  'show an expert': {
    law: (walk, command) => {
      const at = { ...command, office: 'justice' } as const;
      const papers = OAKE.every((paper) => onFile(walk.books, 'justice', paper));
      return isFree(walk, at) && papers && !shownBefore(walk, at);
    },
    do: (walk, command) =>
      attempt(
        ask(
          walk,
          { ...command, office: 'justice' },
          { act: 'disclose', to: { is: 'expert', name: 'Marin Oake' }, for: inSuit, papers: OAKE },
          { shown: 'the line and its caption' },
        ),
      ),
  },
  'show a broker': {
    law: () => false,
    do: (walk, command) =>
      attempt(
        ask(
          walk,
          { ...command, office: 'customs' },
          { act: 'disclose', to: { is: 'broker', name: 'Bay Freight (fictional)' }, for: inAudit },
          { shown: 'the line and its caption' },
        ),
      ),
  },
  refer: {
    law: (walk, command) => isFree(walk, { ...command, office: 'customs' }),
    do: (walk, { item }) => attempt(posting(walk, 'customs', 'justice', referred(walk.nodes, [item]))),
  },
  'carry to Justice': {
    law: () => undefined,
    do: (walk) => carried(walk, 'customs', 'justice', TONI),
  },
  'withdraw the appearance': {
    law: ({ books }) => onFile(books, 'customs', 'appearance-pell'),
    do: ({ nodes }) =>
      attempt(
        actAfter(nodes.customs, JORDAN, {
          ...{
            act: 'withdraw paper',
            case: reference,
            paper: 'appearance-pell',
            reason: 'She left the case.',
          },
        }),
      ),
  },
  disengage: {
    law: () => undefined,
    do: ({ nodes }) =>
      attempt(
        actAfter(nodes.justice, MAX, {
          ...{ act: 'disengage', case: reference, person: 'toni-brook', reason: 'Another matter.' },
        }),
      ),
  },
  engage: {
    law: () => undefined,
    do: ({ nodes }) => attempt(engaged(nodes).then(() => ({}))),
  },
  'ask in a criminal matter': {
    law: () => false,
    do: (walk, command) =>
      attempt(
        ask(
          walk,
          command,
          {
            act: 'look or use',
            for: { matter: 'criminal', audit: inAudit.audit, aim: ['other'] },
            criminal: { toComply: false, userAgency: 'Department of Justice', filedByTaxpayer: true },
          },
          {},
        ),
      ),
  },
  'drop the audit': {
    law: () => undefined,
    do: ({ nodes }) =>
      attempt(
        actAfter(nodes.customs, JORDAN, {
          ...{ act: 'audit changed', case: reference, stage: 'dropped', reason: 'Dropped.' },
        }),
      ),
  },
  'recall by the IRS': {
    law: () => true,
    do: (walk, { item }) => {
      const recalled = { case: reference, items: [item], reason: 'Disclosed in error.' };
      const act = recallFromIrs(walk.nodes.irs, CASEY, recalled).then((receipt) => ({
        receipt,
        warnings: [],
      }));
      return attempt(posting(walk, 'irs', 'customs', act));
    },
  },
  'carry to Customs': {
    law: ({ bags }) => bags['irs>customs'].length > 0,
    do: (walk) => carried(walk, 'irs', 'customs', JORDAN),
  },
  'forward recalls': {
    law: () => true,
    do: async (walk) => {
      for (const done of await forwardRecalls(walk.nodes.customs, JORDAN, reference))
        await posting(walk, 'customs', 'justice', Promise.resolve(done));
      return 'done';
    },
  },
  'recall what was shown': {
    law: () => undefined,
    do: (walk, { office, item }) => {
      const recalled = { case: reference, items: [item], reason: 'Shown in error.' };
      const order = office === 'customs' ? JORDAN : TONI;
      const act = recallOnward(walk.nodes[office], order, recalled);
      return attempt(office === 'customs' ? posting(walk, 'customs', 'justice', act) : act);
    },
  },
  'answer a recall': {
    law: () => undefined,
    do: async (walk, { office, item }) => {
      const node = walk.nodes[office];
      const { recalls, items } = await holdingOf(node, reference);
      const recall = [...recalls.values()].find((one) => one.items.includes(item))?.recall ?? '';
      const ended = items.get(item)?.ended?.way;
      const how = ended === undefined || ended === 'safeguards continue' ? 'cannot be got back' : ended;
      const holder = office === 'customs' ? 'Customs' : 'Justice';
      const answer = { case: reference, recall, item, holder, how, reason: 'As it is.' };
      return recall === ''
        ? 'refused'
        : attempt(answerRecall(node, office === 'customs' ? JORDAN : TONI, answer));
    },
  },
  'end use': {
    law: ({ books }, { office, item, way }) => {
      const ended = books[office].filter((one) => one.kind === 'use-ended' && one.item === item);
      const safe = ended.every(
        ({ data }) =>
          (data as { way: string }).way === 'safeguards continue' && way !== 'safeguards continue',
      );
      return books[office].some((one) => one.kind === 'item-received' && one.item === item) && safe;
    },
    do: ({ nodes }, { office, item, way }) =>
      attempt(
        actAfter(nodes[office], office === 'customs' ? JORDAN : TONI, {
          ...{ act: 'end use', case: reference, items: [item], way, reason: 'No more use.' },
        }),
      ),
  },
};

const every = Object.keys(acts);
const actOf = (kind: string): Act => acts[kind] ?? assert.fail(kind);

/** Every kind once, and what gives more often than what takes away, so that there is something to take; in any order. */
const DROP = 'drop the audit';
const giving = ['refer', 'carry to Justice', 'show the importer', 'recall by the IRS', 'carry to Customs'];
const mixed = [...every.filter((one) => one !== DROP), ...giving];
const order = fc
  .tuple(fc.shuffledSubarray(mixed, { minLength: mixed.length }), fc.nat(3 * mixed.length))
  // In one walk of three the audit is dropped on the way, and little goes after it.
  .map(([kinds, at]) => (at < kinds.length ? kinds.toSpliced(at, 0, DROP) : kinds));
// Mostly the same two items, so that what one act has made is there for the next.
const item = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('purchases', 'royalties') },
  { weight: 1, arbitrary: fc.constantFrom(...ITEMS) },
);
const rest = fc.record({
  item,
  office: fc.constantFrom<Holder>('customs', 'justice'),
  way: fc.constantFrom<Command['way']>('returned', 'made undisclosable', 'safeguards continue'),
});
const length = mixed.length + 1;
const walk: fc.Arbitrary<readonly Command[]> = fc
  .tuple(order, fc.array(rest, { minLength: length, maxLength: length }))
  .map(([kinds, rests]) => rests.slice(0, kinds.length).map((one, n) => ({ ...one, kind: kinds[n] ?? '' })));

/** Whether the vault still gives out what an office has had of an item, to the receipt of a look of before. */
const opensTo = async (nodes: Three, office: Holder, item: string): Promise<boolean | undefined> => {
  const node = nodes[office];
  const look = (await caseEvents(node)).find((one) => one.kind === 'item-opened' && one.item === item);
  if (look === undefined) return undefined;
  const receipt = await node.views.receipt(node.log, look.act);
  const { content } = look.data as { content?: string };
  if (receipt === undefined || content === undefined) return undefined;
  return node.vault.open(receipt, content).then(
    () => true,
    () => false,
  );
};

/** The last word: what is in the bags is carried, recalls are told, and then each office and item is tried at the real door. */
const settled = async (walk: Omit<Walk, 'books'>): Promise<void> => {
  const { nodes, bags } = walk;
  await engaged(nodes).catch(() => undefined);
  const now = async (): Promise<Walk> => ({ ...walk, books: await booksOf(nodes) });
  const empty = async (from: Office, to: Office, order: { person: string }) => {
    for (let n = bags[`${from}>${to}`].length; n > 0; n--) await carried(await now(), from, to, order);
  };
  await empty('irs', 'customs', JORDAN);
  await actOf('forward recalls').do(await now(), { kind: '', item: '', office: 'customs', way: 'returned' });
  await empty('customs', 'justice', TONI);
  const books = await booksOf(nodes);
  assert.deepEqual(faults(books), []);
  assert.deepEqual(untold(books), [], 'Justice has what was recalled, and does not know it');

  for (const office of ['customs', 'justice'] as const) {
    const held = await holdingOf(nodes[office], reference);
    for (const item of ITEMS) {
      const where = `${office} ${item}`;
      const { ended } = held.items.get(item) ?? {};
      const holds = held.items.has(item) && (ended === undefined || ended.way === 'safeguards continue');
      assert.equal(holds, officeHolds(books, office, item), where);
      const opens = await opensTo(nodes, office, item);
      if (opens !== undefined) assert.equal(opens, officeHolds(books, office, item), `${where}: the vault`);
      const may = bar(books, office, item, personOf(office)) === undefined;
      assert.equal(await attempt(looks(nodes[office], item)), may ? 'done' : 'refused', `${where}: a look`);
    }
  }
  for (const { item, holder, cite } of heldNow(books, ITEMS)) {
    const office = cite === '(a)' || cite === '(f)' ? 'customs' : 'justice';
    const { items } = await holdingOf(nodes[office], reference);
    assert.ok(items.has(item), `${holder} has ${item} by ${cite}, and ${office} never had it`);
  }
  await logsHold(nodes);
};

const walked = async (
  t: TestContext,
  again: (t: TestContext) => Promise<Three>,
  commands: readonly Command[],
) => {
  const nodes = await again(t);
  const bags = Object.fromEntries(
    ['irs>customs', 'customs>justice', 'justice>customs', 'customs>irs'].map((way) => [way, []]),
  ) as unknown as Bags;
  const told: string[] = [];
  let books = await booksOf(nodes);
  for (const one of commands) {
    const walk = { nodes, bags, books };
    const act = actOf(one.kind);
    const law = act.law(walk, one);
    const did = await act.do(walk, one);
    told.push(`${one.kind} ${one.office} ${one.item} ${one.way}: ${did}`);
    books = await booksOf(nodes);
    if (law !== undefined) assert.equal(did, law ? 'done' : 'refused', told.join('\n'));
    assert.deepEqual(faults(books), [], told.join('\n'));
  }
  await settled({ nodes, bags });
  return told
    .filter((line) => line.endsWith('done'))
    .map((line) => line.split(/ (?:customs|justice) /)[0] ?? '');
};

const WALKS = 10;

test('what three offices record, read a second time from the law', async (t) => {
  const again = await standAfter(t, async (nodes) => {
    await disclosed(nodes);
    await engaged(nodes);
    await appearance(nodes);
    const papers = [
      { paper: 'engagement-oake', kind: 'engagement letter' },
      { paper: 'safeguards-oake', kind: 'safeguards certification' },
      {
        ...{ paper: 'memo-oake', kind: 'last-resort memorandum', attorney: true },
        signed: { name: 'Max Ferris', title: 'Assistant Director', office: 'Justice' },
      },
    ];
    for (const paper of papers)
      await actAfter(nodes.justice, TONI, {
        ...{ act: 'file paper', case: reference, of: 'Marin Oake', document: 'on paper' },
        from: nodes.justice.when().day,
        ...paper,
      });
  });

  await t.test('a whole road that one can follow by hand', async (t) => {
    const one = (kind: string, item = 'purchases', more: Partial<Command> = {}): Command => ({
      ...{ kind, item, office: 'customs', way: 'made undisclosable' },
      ...more,
    });
    const done = await walked(t, again, [
      one('look'),
      one('show the importer'),
      one('refer'),
      one('carry to Justice'),
      one('look', 'purchases', { office: 'justice' }),
      one('show an expert'),
      one('recall by the IRS'),
      one('carry to Customs'),
      one('look'),
      one('forward recalls'),
      one('carry to Justice'),
      one('end use', 'purchases', { office: 'justice' }),
      one('answer a recall', 'purchases', { office: 'justice' }),
      one('end use'),
    ]);
    assert.equal(done.length, 13);
  });

  const walks = fc.sample(walk, { numRuns: WALKS, seed: 6103 });
  const done = new Set<string>();
  for (const [n, commands] of walks.entries())
    await t.test(`walk ${n + 1} of ${WALKS}, of ${commands.length} acts`, async (t) => {
      for (const kind of await walked(t, again, commands)) done.add(kind);
    });
  // A walk in which nothing happens would agree with anything.
  const law = every.filter((kind) => !['show a broker', 'ask in a criminal matter'].includes(kind));
  assert.deepEqual(
    law.filter((kind) => !done.has(kind)),
    [],
  );
});

test('the second reader finds what it is there to find', () => {
  const event = (log: 'irs' | 'customs' | 'justice', kind: string, data: object, item?: string) => ({
    ...{ log, kind, seq: 0, version: 1, act: '', stream: '', cite: '', person: '', title: '', time: 0 },
    ...(item === undefined ? {} : { item }),
    data: { by: { id: 'jordan-vale' }, ...data },
  });
  const answered = [event('irs', 'item-answered', { outcome: 'disclosed' }, 'purchases')];
  const received = event('customs', 'item-received', { content: 'c' }, 'purchases');
  const to = { to: { name: 'Dana Pell' } };
  const disclosedTo = event('customs', 'item-disclosed', to, 'purchases');
  const ended = event('customs', 'use-ended', { way: 'returned' }, 'purchases');
  const recalled = event('customs', 'recall-received', { recall: 'r', items: ['purchases'] });
  const books = (
    customs: readonly ReturnType<typeof event>[],
    justice: readonly ReturnType<typeof event>[] = [],
  ) => faults({ irs: answered, customs, justice });
  assert.deepEqual(books([received, disclosedTo]), []);
  assert.match(books([disclosedTo]).join(), /gave on purchases, which it was not given/);
  assert.match(books([received, ended, disclosedTo]).join(), /against 6103\(p\)\(4\)\(F\)/);
  assert.match(books([received, disclosedTo, recalled]).join(), /no notice of its recall/);
  assert.match(
    books([received], [event('justice', 'item-received', { content: 'c' }, 'purchases')]).join(),
    /which Customs has not referred/,
  );
  assert.match(
    faults({ irs: [], customs: [received], justice: [] }).join(),
    /which the IRS has not disclosed/,
  );
});
