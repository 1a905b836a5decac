import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { foldPeople, inForce } from '../../src/casework/acts/people.ts';
import type { stamp } from '../../src/casework/acts/events.ts';
import { openCheckpoint } from '../../src/custody/checkpoint.ts';
import { dayAt } from '../../src/ground/dates.ts';
import { type Problem, type ProblemKind, ProblemError } from '../../src/ground/problem.ts';
import type { Order } from '../../src/office/act.ts';
import {
  casePlace,
  customsCase,
  draftRequest,
  sendRequest,
  signRequest,
  withdrawRequest,
} from '../../src/office/customs.ts';
import { openItem, openLetter } from '../../src/office/look.ts';
import { changeDirectory } from '../../src/office/directory.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { sendHead } from '../../src/office/heads.ts';
import { irsPlaces, irsState, locate, review } from '../../src/office/irs.ts';
import type { Node } from '../../src/office/node.ts';
import { receive } from '../../src/office/receive.ts';
import { release } from '../../src/office/release.ts';
import { openPacket } from '../../src/packet/open.ts';
import type { Receipt, StoredEvent } from '../../src/store/types.ts';
import {
  type Three,
  brought,
  cleared,
  exampleDocument,
  reference,
  requested,
  returns,
  standAfter,
} from './three.fixture.ts';

const ITEMS = ['purchases', 'royalties'];
const JORDAN = { person: 'jordan-vale' };
const ROBIN = { person: 'robin-alder' };
const CASEY = { person: 'casey-moor' };
const DREW = { person: 'drew-haven' };
const ALEX = { person: 'alex-firth' };
const LEE = { person: 'lee-carr' };
const NEXT_DAY = Date.UTC(2026, 2, 17, 15);
const look = { case: reference, because: 'The workpapers compare these figures.', audit: 'TRA-2026-17' };

const headsOf = ({ logs, views }: Node) => Promise.all(logs.map((log) => views.head(log)));

type Problems = readonly [Problem, ...Problem[]];

const problemsOf = async (attempt: Promise<unknown>): Promise<Problems> => {
  const error = await attempt.then(
    () => assert.fail('it went through'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProblemError, error instanceof Error ? `${error.stack}` : String(error));
  return error.problems;
};

/** Refused by kind and words, and without a trace in the node's logs. */
const refused = async (
  node: Node,
  kind: ProblemKind,
  what: RegExp,
  attempt: () => Promise<unknown>,
): Promise<Problems> => {
  const before = await headsOf(node);
  const problems = await problemsOf(attempt());
  const [first] = problems;
  assert.equal(first.kind, kind, first.what);
  assert.match(first.what, what);
  assert.deepEqual(await headsOf(node), before, 'it was recorded all the same');
  return problems;
};

const reviewed = ({ irs }: Three, order: Order, act: string, more: object = {}) =>
  review(irs, order, { act, case: reference, ...more });
const finding = (nodes: Three, order: Order, finds: string, answer: boolean | string, more: object = {}) =>
  reviewed(nodes, order, 'finding', { finds, answer, reason: 'Looked at.', ...more });
const approved = (nodes: Three, order: Order = DREW) => reviewed(nodes, order, 'approve');
const released = ({ irs }: Three, order: Order = CASEY) => release(irs, order, reference, returns);

/** Every entry of every log of a node, as its event. */
const eventsOf = async ({ logs, views, signer }: Node): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for (const log of logs) {
    const head = await views.head(log);
    const size = head === undefined ? 0 : openCheckpoint(head, signer(log).verifier).size;
    for (let seq = 0; seq < size; seq++) {
      const event = await views.event(log, seq);
      assert.ok(event !== undefined, `${log} ${seq}`);
      events.push(event);
    }
  }
  return events;
};

const kindsIn = (events: readonly StoredEvent[]) => events.map(({ kind }) => kind);
const reviewEvents = ({ irs }: Three) => {
  const { log, stream } = irsPlaces(reference).review;
  return irs.views.stream(log, stream);
};
const requestEvents = ({ irs }: Three) => {
  const { log, stream } = irsPlaces(reference).request;
  return irs.views.stream(log, stream);
};
const customsEvents = ({ customs }: Three) => customs.views.stream('customs', casePlace(reference).stream);

const give = ({ irs }: Three, person: string, title: string, ...duties: string[]) =>
  changeDirectory(
    irs,
    { person: 'ira-fenn' },
    { act: 'give title', person, title, from: irs.when().day, duties },
  );

const enter = async (nodes: Three, id: string, name: string, title: string, ...duties: string[]) => {
  await changeDirectory(nodes.irs, { person: 'ira-fenn' }, { act: 'add person', id, name });
  await give(nodes, id, title, ...duties);
};

/** The node as it is if the process ends before anything reaches that log. */
const crashingAt = (node: Node, log: string): Node => ({
  ...node,
  ledger: (one) => (one === log ? Promise.reject(new Error('the process ends here')) : node.ledger(one)),
});

const stand = (t: TestContext) =>
  standAfter(t, async (nodes) => {
    await brought(nodes, 'customs', 'irs', await requested(nodes, exampleDocument(ITEMS)), 'casey-moor');
    await cleared(nodes, ITEMS);
  });

test('a case from its request on', async (t) => {
  const again = await stand(t);

  await t.test('every event of a whole case names a person, and a title held that day', async (t) => {
    const nodes = await again(t);
    const { irs, customs } = nodes;
    await approved(nodes);
    const receipt = await released(nodes);
    await brought(nodes, 'irs', 'customs', receipt, 'jordan-vale');
    await openLetter(customs, JORDAN, look);
    await openItem(customs, JORDAN, { ...look, item: 'royalties' });
    for (const node of [irs, customs]) {
      const people = foldPeople(await node.views.stream(node.log, 'people'));
      const events = await eventsOf(node);
      assert.ok(events.length > 20);
      for (const { kind, person, title, time, data } of events) {
        const { by, on, at } = data as unknown as ReturnType<typeof stamp>;
        assert.deepEqual([by.name, by.title, at], [person, title, time], kind);
        const known = people.get(by.id);
        assert.equal(known?.name, person, kind);
        assert.equal(known.office, by.office, kind);
        assert.ok(
          known.titles.some((one) => one.title === title && inForce(one, dayAt(time))),
          `${kind}: ${title}`,
        );
        assert.equal(on, dayAt(time));
      }
    }
    const by = new Map<string, Set<string>>();
    for (const { kind, person } of [...(await eventsOf(irs)), ...(await eventsOf(customs))])
      by.set(kind, (by.get(kind) ?? new Set()).add(person));
    for (const [kind, who] of [
      ['request-drafted', 'Jordan Vale'],
      ['request-signed', 'Robin Alder'],
      ['request-sent', 'Jordan Vale'],
      ['item-requested', 'Jordan Vale'],
      ['request-received', 'Casey Moor'],
      ['record-located', 'Alex Firth'],
      ['review-approved', 'Drew Haven'],
      ['release-decided', 'Casey Moor'],
      ['answered', 'Casey Moor'],
      ['item-answered', 'Casey Moor'],
      ['answer-received', 'Jordan Vale'],
      ['letter-opened', 'Jordan Vale'],
      ['item-opened', 'Jordan Vale'],
    ] as const)
      assert.deepEqual([...(by.get(kind) ?? [])], [who], kind);
    assert.deepEqual([...(by.get('finding-made') ?? [])].sort(), ['Alex Firth', 'Lee Carr', 'Sam Torr']);

    await t.test('released again, by whomever: the first receipt, and the same packet', async () => {
      const packet = async (one: Receipt) => {
        const { bytes } = await dispatch(irs, 'customs', one);
        return (await openPacket(bytes, customs.secrets.keys.sealing)).jws;
      };
      const before = await headsOf(irs);
      for (const order of [CASEY, { ...CASEY, id: randomUUIDv7() }, DREW]) {
        const second = await released(nodes, order);
        assert.deepEqual(second, { ...receipt, repeated: true });
        assert.deepEqual(await packet(second), await packet(receipt));
      }
      assert.deepEqual(await headsOf(irs), before);
    });

    await t.test('after the release, the review is closed to every act', async () => {
      for (const [act, order, more] of [
        ['approve', DREW, {}],
        ['withdraw approval', DREW, { reason: 'Wait.' }],
        ['decline', ALEX, { reason: 'No.' }],
        ['elect', ALEX, { items: ITEMS, reason: 'No.' }],
        ['locate', ALEX, { item: 'royalties', record: 'none' }],
        ['finding', LEE, { finds: 'seriously impairs', answer: false, reason: 'Again.' }],
        ['withdraw finding', LEE, { finds: 'seriously impairs', reason: 'News.' }],
        ['return for cure', ALEX, {}],
      ] as const)
        await refused(irs, 'not-in-order', /has been released, and the review is closed/, () =>
          reviewed(nodes, order, act, more),
        );
    });

    await t.test('Customs withdraws nothing that has its answer', async () => {
      await refused(customs, 'not-in-order', /answered before/, () =>
        withdrawRequest(customs, JORDAN, reference, 'Too late.'),
      );
    });

    await t.test(
      'a look is recorded before the vault opens, and stands even if it opens nothing',
      async () => {
        let seen: readonly StoredEvent[] = [];
        const vault: Node['vault'] = {
          open: async () => {
            seen = await customsEvents(nodes);
            throw new Error('the disk is gone');
          },
        };
        const before = (await customsEvents(nodes)).length;
        await assert.rejects(openItem({ ...customs, vault }, JORDAN, { ...look, item: 'royalties' }), /disk/);
        assert.deepEqual(kindsIn(seen.slice(before)), ['item-opened']);
        await assert.rejects(openLetter({ ...customs, vault }, JORDAN, look), /disk/);
        assert.deepEqual(kindsIn(seen.slice(before)), [
          'item-opened',
          'letter-opened',
          'item-opened',
          'item-opened',
        ]);
      },
    );

    await t.test('the vault opens to the receipt of a look, and to no other', async () => {
      const opened = await openItem(customs, JORDAN, { ...look, item: 'purchases' });
      const { items, answer } = await customsCase(customs, reference);
      const content = items.get('purchases')?.content ?? '';
      assert.deepEqual(await customs.vault.open(opened.receipt, content), opened.bytes);
      const sent = await sendRequest(customs, JORDAN, reference);
      for (const [what, receipt, id] of [
        ['the receipt of another act', sent, content],
        ['a look at another item', opened.receipt, items.get('royalties')?.content ?? ''],
        ['a look at an item, for the letter', opened.receipt, answer?.letter ?? ''],
        ['a receipt made up', { ...opened.receipt, act: randomUUIDv7() }, content],
      ] as const)
        await assert.rejects(customs.vault.open(receipt, id), Error, what);
    });

    await t.test('nobody looks under a title that the request does not designate', async () => {
      const nell = { person: 'nell-quay' };
      await changeDirectory(customs, nell, { act: 'add person', id: 'kit-ames', name: 'Kit Ames' });
      for (const [title, duties] of [
        ['Import Specialist', ['receives']],
        ['Auditor, Trade Regulatory Audit', []],
      ] as const)
        await changeDirectory(customs, nell, {
          act: 'give title',
          person: 'kit-ames',
          title,
          from: customs.when().day,
          duties,
        });
      const gate = async () => (await customs.views.stream('customs', 'gate')).slice(-1)[0];
      /** Refused; the attempt is recorded, and the case stays as it was. */
      const refusedLook = async (order: Order, open: () => Promise<unknown>): Promise<void> => {
        const before = await customsEvents(nodes);
        const [problem] = await problemsOf(open());
        assert.equal(problem.kind, 'not-entitled', problem.what);
        assert.match(problem.cite ?? '', /^\([bfj]\)/);
        assert.deepEqual(await customsEvents(nodes), before);
        const attempt = await gate();
        const { by } = attempt?.data as unknown as ReturnType<typeof stamp>;
        assert.deepEqual([attempt?.kind, attempt?.case, by.id], ['look-refused', reference, order.person]);
        assert.equal(attempt?.title, order.title ?? by.title);
      };
      for (const order of [
        ROBIN,
        { person: 'kit-ames', title: 'Import Specialist' },
        { person: 'kit-ames', title: 'Auditor, Trade Regulatory Audit' },
      ]) {
        await refusedLook(order, () => openItem(customs, order, { ...look, item: 'purchases' }));
        await refusedLook(order, () => openLetter(customs, order, look));
      }
      await refusedLook(JORDAN, () =>
        openItem(customs, JORDAN, { ...look, item: 'purchases', audit: 'TRA-2026-31' }),
      );
    });
  });

  await t.test('who approved does not send, under whatever title', async (t) => {
    const nodes = await again(t);
    const { irs } = nodes;
    await approved(nodes);
    await refused(irs, 'not-entitled', /Whoever approved the release does not send it/, () =>
      released(nodes, DREW),
    );
    await give(nodes, 'drew-haven', 'Disclosure Manager', 'sends');
    await refused(irs, 'not-entitled', /Whoever approved the release does not send it/, () =>
      released(nodes, { ...DREW, title: 'Disclosure Manager' }),
    );
    // The other way: the sender would approve, and so could send nothing.
    await reviewed(nodes, { ...DREW, title: 'Director, Disclosure and Safeguards' }, 'withdraw approval', {
      reason: 'Another should.',
    });
    await give(nodes, 'casey-moor', 'Acting Director', 'approves');
    await approved(nodes, { ...CASEY, title: 'Acting Director' });
    for (const title of ['Acting Director', 'Disclosure Manager'])
      await refused(irs, 'not-entitled', /does not send it|carries the duty “sends”/, () =>
        released(nodes, { ...CASEY, title }),
      );
    const own = { ...CASEY, title: 'Acting Director' };
    await reviewed(nodes, own, 'withdraw approval', { reason: 'Back.' });
    await approved(nodes, { ...DREW, title: 'Director, Disclosure and Safeguards' });

    await t.test('nor finishes a release that a crash has cut in two', async () => {
      const sender = { ...CASEY, title: 'Disclosure Manager' };
      await assert.rejects(release(crashingAt(irs, 'irs'), sender, reference, returns), /ends here/);
      assert.equal((await irsState(irs, reference)).release?.by.name, 'Casey Moor');
      for (const title of ['Disclosure Manager', 'Director, Disclosure and Safeguards'])
        await refused(irs, 'not-entitled', /Whoever approved the release does not send it/, () =>
          released(nodes, { ...DREW, title }),
        );
      await refused(irs, 'not-entitled', /carries the duty “sends”/, () => released(nodes, ALEX));
      const receipt = await released(nodes, sender);
      await brought(nodes, 'irs', 'customs', receipt, 'jordan-vale');
    });
  });

  await t.test('(e) answered yesterday is asked again today, both questions of every item', async (t) => {
    const nodes = await again(t);
    const { irs, clock } = nodes;
    await approved(nodes);
    clock.now = NEXT_DAY;
    const openQuestions = async () =>
      (await refused(irs, 'not-in-order', /\(e\) is asked again/, () => released(nodes))).map(
        ({ where, cite, what }) => {
          assert.equal(cite, '(e)');
          return `${where} ${/“(.*)”/.exec(what)?.[1]}`;
        },
      );
    assert.deepEqual(await openQuestions(), [
      'items/purchases identifies informant',
      'items/purchases seriously impairs',
      'items/royalties identifies informant',
      'items/royalties seriously impairs',
    ]);
    await finding(nodes, LEE, 'identifies informant', false);
    assert.deepEqual(await openQuestions(), [
      'items/purchases seriously impairs',
      'items/royalties seriously impairs',
    ]);
    await finding(nodes, LEE, 'seriously impairs', false, { of: ['purchases'] });
    assert.deepEqual(await openQuestions(), ['items/royalties seriously impairs']);
    await finding(nodes, LEE, 'seriously impairs', false, { of: ['royalties'] });
    await released(nodes);
  });

  await t.test('what is found after the approval needs a new one', async (t) => {
    const nodes = await again(t);
    const { irs } = nodes;
    const stale = () =>
      refused(irs, 'not-in-order', /What was approved is not what the facts/, () => released(nodes));
    await refused(irs, 'not-in-order', /Nobody has approved/, () => released(nodes));
    await approved(nodes);
    await refused(irs, 'not-in-order', /another answer on this item/, () =>
      finding(nodes, LEE, 'seriously impairs', true, { of: ['royalties'] }),
    );
    await reviewed(nodes, LEE, 'withdraw finding', {
      finds: 'seriously impairs',
      of: ['royalties'],
      reason: 'An investigation was opened.',
    });
    await stale();
    await finding(nodes, LEE, 'seriously impairs', true, { of: ['royalties'] });
    await stale();
    await approved(nodes);
    await locate(
      irs,
      ALEX,
      { case: reference, item: 'royalties', source: 'return', file: 'harbor-lamp-2021.xml' },
      returns,
    );
    await reviewed(nodes, ALEX, 'elect', { items: ['purchases'], reason: 'Not these.' });
    await stale();
    await reviewed(nodes, ALEX, 'withdraw election', { items: ['purchases'], reason: 'These too.' });
    await reviewed(nodes, DREW, 'withdraw approval', { reason: 'Wait.' });
    await refused(irs, 'not-in-order', /Nobody has approved/, () => released(nodes));
    await approved(nodes);
    const { customs } = nodes;
    await brought(nodes, 'irs', 'customs', await released(nodes), 'jordan-vale');
    const { items } = await customsCase(customs, reference);
    assert.deepEqual(
      [...items].map(([id, { outcome }]) => [id, outcome]),
      [
        ['purchases', 'disclosed'],
        ['royalties', 'not disclosed'],
      ],
    );
    await refused(customs, 'not-in-order', /Nothing was disclosed for this item/, () =>
      openItem(customs, JORDAN, { ...look, item: 'royalties' }),
    );
  });

  await t.test('an act on a step that is past is refused, not redone', async (t) => {
    const nodes = await again(t);
    const { irs, customs } = nodes;
    const [step, sent] = [(await reviewEvents(nodes)).length, (await customsEvents(nodes)).length];
    const finds = (expect: number) => finding(nodes, { ...LEE, expect }, 'seriously impairs', false);
    const withdraws = (expect: number) =>
      withdrawRequest(customs, { ...JORDAN, expect }, reference, 'Not needed.');
    for (const expect of [0, step - 1, step + 1]) {
      const words = new RegExp(`it was at step ${expect}, and is at step ${step}\\.`);
      await refused(irs, 'moved-on', words, () => finds(expect));
      await refused(irs, 'moved-on', words, () => reviewed(nodes, { ...DREW, expect }, 'approve'));
      await refused(irs, 'moved-on', words, () => released(nodes, { ...CASEY, expect }));
    }
    await refused(customs, 'moved-on', /is at step/, () => withdraws(sent - 1));
    await finds(step);
    await refused(irs, 'moved-on', new RegExp(`it was at step ${step}, `), () => finds(step));
    await reviewed(nodes, { ...DREW, expect: step + ITEMS.length }, 'approve');
    await released(nodes, { ...CASEY, expect: step + ITEMS.length + 1 });
    await withdraws(sent);
  });

  await t.test('an act given twice is done once, and its id serves for no other', async (t) => {
    const nodes = await again(t);
    const { irs, customs } = nodes;
    const nell = { person: 'nell-quay' };
    const impairs = (order: Order, answer = false) => finding(nodes, order, 'seriously impairs', answer);
    const draft = (order: Order, items: readonly string[]) =>
      draftRequest(customs, order, 'CBP-2026-0148', {
        ...exampleDocument(items),
        request: { ...exampleDocument().request, reference: 'CBP-2026-0148' },
      });
    const add = (order: Order, name: string) =>
      changeDirectory(customs, order, { act: 'add person', id: 'kit-ames', name });
    type Given = (order: Order) => Promise<Receipt>;
    const acts: readonly (readonly [string, Node, Order, Given, ...Given[]])[] = [
      [
        'a finding',
        irs,
        LEE,
        impairs,
        (order) => impairs(order, true),
        (order) => finding(nodes, order, 'identifies informant', false),
        (order) => impairs({ ...order, person: 'alex-firth' }),
      ],
      [
        'a draft',
        customs,
        JORDAN,
        (order) => draft(order, ITEMS),
        (order) => draft(order, ['purchases']),
        (order) => withdrawRequest(customs, order, 'CBP-2026-0148', 'No.'),
        (order) => sendHead(customs, order, 'irs'),
      ],
      [
        'a signature',
        customs,
        ROBIN,
        (order) => signRequest(customs, order, 'CBP-2026-0148'),
        (order) => signRequest(customs, order, reference),
      ],
      [
        'a sending',
        customs,
        JORDAN,
        (order) => sendRequest(customs, order, 'CBP-2026-0148'),
        (order) => sendRequest(customs, order, reference),
      ],
      [
        'a head',
        customs,
        JORDAN,
        (order) => sendHead(customs, order, 'irs'),
        (order) => sendHead(customs, order, 'justice'),
      ],
      ['a person', customs, nell, (order) => add(order, 'Kit Ames'), (order) => add(order, 'Kit Ayres')],
      ['an approval', irs, DREW, (order) => approved(nodes, order), (order) => released(nodes, order)],
    ];
    for (const [what, node, who, given, ...others] of acts)
      await t.test(what, async () => {
        const order = { ...who, id: randomUUIDv7() };
        const first = await given(order);
        assert.deepEqual([first.act, first.repeated], [order.id, false]);
        const before = await headsOf(node);
        assert.deepEqual(await given(order), { ...first, repeated: true });
        for (const other of others)
          await refused(node, 'act-repeated', /used for another act/, () => other(order));
        assert.deepEqual(await given(order), { ...first, repeated: true });
        assert.deepEqual(await headsOf(node), before);
      });
    await t.test('the same order given twice at once', async () => {
      const order = { ...LEE, id: randomUUIDv7() };
      const before = (await reviewEvents(nodes)).length;
      const [one, two, three] = await Promise.all([impairs(order), impairs(order), impairs(order)]);
      assert.deepEqual([one.first, two.first, three.first], [one.first, one.first, one.first]);
      assert.equal((await reviewEvents(nodes)).length, before + ITEMS.length);
    });
  });

  await t.test('acts at the same time: recorded, or refused in words; never lost', async (t) => {
    const nodes = await again(t);
    const { irs, customs } = nodes;
    await t.test('two that can both stand', async () => {
      const [one, two] = await Promise.all([
        finding(nodes, LEE, 'seriously impairs', false),
        finding(nodes, { person: 'sam-torr' }, 'treaty', 'none'),
      ]);
      const acts = (await reviewEvents(nodes)).map(({ act }) => act);
      for (const { act, count } of [one, two])
        assert.equal(acts.filter((known) => known === act).length, count);
    });

    await t.test('twelve on one case', async () => {
      const before = await reviewEvents(nodes);
      const done = await Promise.allSettled(
        Array.from({ length: 12 }, () => finding(nodes, LEE, 'identifies informant', false)),
      );
      const after = (await reviewEvents(nodes)).slice(before.length);
      const receipts = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      assert.ok(receipts.length >= 1);
      assert.deepEqual(
        new Set(after.map(({ act }) => act)),
        new Set(receipts.map(({ act }) => act)),
        'what has a receipt is on record, and nothing else',
      );
      assert.equal(after.length, receipts.length * ITEMS.length);
      for (const one of done)
        if (one.status === 'rejected') {
          assert.ok(one.reason instanceof ProblemError, String(one.reason));
          assert.equal(one.reason.problems[0].kind, 'moved-on');
        }
    });

    await t.test('two on the same step expected: the first', async () => {
      const expect = (await reviewEvents(nodes)).length;
      const done = await Promise.allSettled([
        finding(nodes, { ...LEE, expect }, 'identifies informant', false),
        finding(nodes, { ...LEE, expect }, 'seriously impairs', false),
      ]);
      assert.deepEqual(done.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      const [problem] = await problemsOf(Promise.all(done.map((one) => unwrapped(one))));
      assert.equal(problem?.kind, 'moved-on');
      assert.equal((await reviewEvents(nodes)).length, expect + ITEMS.length);
    });

    await t.test('two approvals: one, and the other is told so', async () => {
      const before = (await reviewEvents(nodes)).length;
      const done = await Promise.allSettled([approved(nodes), approved(nodes)]);
      assert.deepEqual(done.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      const [problem] = await problemsOf(Promise.all(done.map((one) => unwrapped(one))));
      assert.match(problem?.what ?? '', /approved already/);
      assert.equal((await reviewEvents(nodes)).length, before + 1);
    });

    await t.test('two releases by two people: one answer, one receipt', async () => {
      await enter(nodes, 'kit-ames', 'Kit Ames', 'Deputy Disclosure Manager', 'sends');
      const done = await Promise.allSettled([
        released(nodes),
        released(nodes, { person: 'kit-ames' }),
        released(nodes),
      ]);
      const receipts = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value.first] : []));
      assert.ok(receipts.length >= 1);
      for (const one of done)
        if (one.status === 'rejected') assert.ok(one.reason instanceof ProblemError, String(one.reason));
      const receipt = await released(nodes);
      assert.deepEqual(new Set(receipts), new Set([receipt.first]));
      const kinds = kindsIn([...(await requestEvents(nodes)), ...(await reviewEvents(nodes))]);
      assert.equal(kinds.filter((kind) => kind === 'answered').length, 1);
      assert.equal(kinds.filter((kind) => kind === 'release-decided').length, 1);

      const { bytes } = await dispatch(irs, 'customs', receipt);
      const received = await Promise.all([receive(customs, JORDAN, bytes), receive(customs, JORDAN, bytes)]);
      assert.equal(received[0].receipt.first, received[1].receipt.first);
      assert.equal(
        kindsIn(await customsEvents(nodes)).filter((kind) => kind === 'answer-received').length,
        1,
      );
    });
  });

  await t.test('a packet that was lost is made again, and received', async (t) => {
    const nodes = await again(t);
    const { irs, customs } = nodes;
    await approved(nodes);
    const receipt = await released(nodes);
    const lost = await dispatch(irs, 'customs', receipt);
    // Others come after it, and arrive.
    for (let n = 0; n < 3; n++)
      await brought(nodes, 'irs', 'customs', await sendHead(irs, CASEY, 'customs'), 'jordan-vale');
    const [problem] = await problemsOf(receive(customs, JORDAN, lost.bytes));
    assert.match(problem?.next ?? '', /send the packet again/);
    const anew = await dispatch(irs, 'customs', receipt);
    assert.equal(anew.id, lost.id);
    const { kind, receipt: received } = await receive(customs, JORDAN, anew.bytes);
    assert.equal(kind, 'answer');
    assert.equal(received.repeated, false);
    await openItem(customs, JORDAN, { ...look, item: 'purchases' });
  });

  await t.test('a withdrawal before the release closes the review', async (t) => {
    const nodes = await again(t);
    const { irs, customs } = nodes;
    await approved(nodes);
    const withdrawn = await withdrawRequest(customs, JORDAN, reference, 'The audit is closed.');
    const before = (await reviewEvents(nodes)).length;
    await brought(nodes, 'customs', 'irs', withdrawn, 'casey-moor');
    assert.deepEqual(kindsIn((await reviewEvents(nodes)).slice(before)), ['review-closed']);
    assert.equal(kindsIn(await requestEvents(nodes)).at(-1), 'withdrawal-received');
    for (const attempt of [
      () => released(nodes),
      () => approved(nodes),
      () => finding(nodes, LEE, 'seriously impairs', false),
    ])
      await refused(irs, 'not-in-order', /withdrawn the request, and the review is closed/, attempt);
    assert.deepEqual(await withdrawRequest(customs, JORDAN, reference, 'The audit is closed.'), {
      ...withdrawn,
      repeated: true,
    });
  });

  await t.test('a withdrawal after the release is too late, and recorded', async (t) => {
    const nodes = await again(t);
    const { irs, customs } = nodes;
    await approved(nodes);
    await assert.rejects(release(crashingAt(irs, 'irs'), CASEY, reference, returns), /ends here/);
    const closed = kindsIn(await reviewEvents(nodes));
    const withdrawn = await withdrawRequest(customs, JORDAN, reference, 'The audit is closed.');
    await brought(nodes, 'customs', 'irs', withdrawn, 'casey-moor');
    assert.deepEqual(kindsIn(await reviewEvents(nodes)), closed, 'the release was first');
    assert.equal(kindsIn(await requestEvents(nodes)).at(-1), 'withdrawal-received');
    const receipt = await released(nodes);
    assert.deepEqual(kindsIn(await requestEvents(nodes)).slice(-3), [
      'answered',
      'item-answered',
      'item-answered',
    ]);
    await brought(nodes, 'irs', 'customs', receipt, 'jordan-vale');
    for (const open of [
      () => openItem(customs, JORDAN, { ...look, item: 'purchases' }),
      () => openLetter(customs, JORDAN, look),
    ]) {
      const [problem] = await refused(customs, 'not-in-order', /withdrawn before its answer came/, open);
      assert.ok(problem?.cite !== undefined);
    }
  });

  await t.test('where nothing is disclosed there is still a letter, and it opens', async (t) => {
    const nodes = await again(t);
    const { customs } = nodes;
    await reviewed(nodes, ALEX, 'decline', { reason: 'The IRS elects not to.' });
    await approved(nodes);
    await brought(nodes, 'irs', 'customs', await released(nodes), 'jordan-vale');
    const before = (await customsEvents(nodes)).length;
    const { bytes } = await openLetter(customs, JORDAN, look);
    assert.match(Buffer.from(bytes).toString('latin1'), /^%PDF-[^]*%%EOF\s*$/);
    assert.deepEqual(kindsIn((await customsEvents(nodes)).slice(before)), ['letter-opened']);
    for (const item of ITEMS)
      await refused(customs, 'not-in-order', /Nothing was disclosed for this item/, () =>
        openItem(customs, JORDAN, { ...look, item }),
      );
  });
});

const unwrapped = (one: PromiseSettledResult<unknown>): Promise<unknown> =>
  one.status === 'fulfilled' ? Promise.resolve(one.value) : Promise.reject(one.reason as Error);
