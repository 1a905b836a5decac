import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import type { stamp } from '../../src/casework/acts/events.ts';
import { bodyOf } from '../../src/casework/acts/request.ts';
import { openCheckpoint } from '../../src/custody/checkpoint.ts';
import type { Office } from '../../src/custody/entry.ts';
import { sha256 } from '../../src/ground/digest.ts';
import { type Problem, ProblemError } from '../../src/ground/problem.ts';
import { type Order, act } from '../../src/office/act.ts';
import { casePlace, customsCase, draftRequest, withdrawRequest } from '../../src/office/customs.ts';
import { openItem } from '../../src/office/look.ts';
import { changeDirectory } from '../../src/office/directory.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { exchangeStream } from '../../src/office/exchange.ts';
import { offices } from '../../src/office/gate.ts';
import { sendHead } from '../../src/office/heads.ts';
import type { Node } from '../../src/office/node.ts';
import { packetSent, sealedJws, sign } from '../../src/office/outgoing.ts';
import { receive } from '../../src/office/receive.ts';
import { release } from '../../src/office/release.ts';
import { review } from '../../src/office/irs.ts';
import type { PacketPayload } from '../../src/packet/payload.ts';
import { PacketRefused } from '../../src/packet/refusal.ts';
import type { Json, Receipt } from '../../src/store/types.ts';
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
const senders: Readonly<Record<Office, Order>> = {
  irs: { person: 'casey-moor' },
  customs: { person: 'jordan-vale' },
  justice: { person: 'toni-brook' },
};

/** Letters, fields and numbers of another office's system: it signs and records what it likes, and does not check it first. */
interface Unchecked {
  readonly to: Office;
  readonly kind: PacketPayload['kind'];
  readonly case?: string;
  readonly body: Json;
  readonly by?: Order;
}

const sendUnchecked = (node: Node, { to, kind, body, by, ...more }: Unchecked): Promise<Receipt> => {
  const place = { log: node.log, stream: exchangeStream(to) } as const;
  const letter = { kind, to, body, ...more };
  return act(node, by ?? senders[node.office], {
    log: node.log,
    asked: { unchecked: randomUUIDv7() },
    reads: [place],
    decide: async (_stream, actor, when) => {
      const packet = await sign(node, letter, actor, when);
      const content = sealedJws(packet, packet.id);
      return {
        events: [packetSent({ ...packet, content: content.id }, letter, actor, when)],
        contents: [content],
      };
    },
  });
};

const dispatched = async (node: Node, to: Office, receipt: Receipt): Promise<Uint8Array> =>
  (await dispatch(node, to, receipt)).bytes;

const unchecked = async (node: Node, sent: Unchecked): Promise<Uint8Array> =>
  dispatched(node, sent.to, await sendUnchecked(node, sent));

const sizes = ({ logs, views, signer }: Node) =>
  Promise.all(
    logs.map(async (log) => {
      const head = await views.head(log);
      return head === undefined ? 0 : openCheckpoint(head, signer(log).verifier).size;
    }),
  );

/** Everything that the node has: the events of each stream, and what lies in the vault. */
const holdings = async ({ database }: Node): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await database.owner.query<{ what: string; count: number }>(
    `select log_id || ' ' || encode(stream, 'hex') as what, count(*)::int from waybill.event group by 1
      union all select 'vault', count(*)::int from waybill.content`,
  );
  return new Map(rows.map(({ what, count }) => [what, count]));
};

/** What has come to it since: only the gate may have. */
const grown = async (node: Node, before: ReadonlyMap<string, number>): Promise<readonly number[]> =>
  [...(await holdings(node))]
    .map(([what, count]) => count - (before.get(what) ?? 0))
    .filter((more) => more !== 0);

/** Gives a packet in that must be refused: one entry more, in the gate, with the reason; and nothing else, anywhere. */
const refused = async (
  node: Node,
  bytes: Uint8Array,
  { why, says, via, order }: { why: string; says?: RegExp; via?: Office; order?: Order },
): Promise<readonly Problem[]> => {
  const [before, held, gate] = [
    await sizes(node),
    await holdings(node),
    (await node.views.stream(node.log, 'gate')).length,
  ];
  const error = await receive(node, order ?? senders[node.office], bytes, via).then(
    () => assert.fail('it was taken'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProblemError, error instanceof Error ? `${error.stack}` : String(error));
  assert.equal(error instanceof PacketRefused ? error.why : error.problems[0].kind, why, error.message);
  if (says !== undefined) assert.match(error.problems.map(words).join('\n'), says);
  for (const { next } of error.problems) assert.ok(next.length > 10);

  const events = (await node.views.stream(node.log, 'gate')).slice(gate);
  assert.deepEqual(
    events.map(({ kind, packet, data }) => [kind, packet, (data as { why?: string }).why]),
    [['packet-refused', sha256(bytes), why]],
  );
  const { person } = order ?? senders[node.office];
  const { by } = events[0]?.data as unknown as ReturnType<typeof stamp>;
  assert.equal(by.id, person);
  assert.deepEqual(
    await sizes(node),
    [(before[0] ?? 0) + 1, ...before.slice(1)],
    'one entry, in the one log',
  );
  assert.deepEqual(await grown(node, held), [1], 'something of it was stored');
  return error.problems;
};

const words = ({ what, where, cite }: Problem) => [where, what, cite].join(' ');

interface Body {
  readonly [field: string]: Json;
  readonly request: {
    readonly [field: string]: Json;
    readonly signature: { readonly [field: string]: Json };
  };
  readonly items: readonly { readonly [field: string]: Json }[];
}

/** The example's request as it would travel, signed by the Acting Commissioner. */
const requestBody = async ({ customs }: Three): Promise<Body> => {
  const { draft } = await customsCase(customs, reference);
  assert.ok(draft !== undefined);
  const signature = {
    name: 'Robin Alder',
    title: 'Acting Commissioner',
    office: 'Customs',
    capacity: 'acting Commissioner',
  } as const;
  return JSON.parse(JSON.stringify(bodyOf(draft, { dated: customs.when().day, signature }))) as Body;
};

const ROBIN = { person: 'robin-alder' };

/** What the IRS might answer, and by whatever mistake. */
const answerTo = (case_: string, items: readonly Json[], more: object = {}) =>
  ({
    to: 'customs',
    kind: 'answer',
    case: case_,
    body: { waybill: 'answer/1', reference: case_, items, ...more },
  }) as const;
const none = (id: string) => ({ id, outcome: 'not disclosed' });

/** The request goes its right way, and everything is ready for the release. */
const approved = async (nodes: Three): Promise<void> => {
  await brought(nodes, 'customs', 'irs', await requested(nodes, exampleDocument(ITEMS)), 'casey-moor');
  await cleared(nodes, ITEMS);
  await review(nodes.irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
};

test('packets that this office does not take are refused by name, recorded in the gate, and not stored', async (t) => {
  const drafted = await standAfter(t, async ({ customs }) => {
    await draftRequest(customs, senders.customs, reference, exampleDocument(ITEMS));
  });

  await t.test('a request that is not what it should be', async (t) => {
    const nodes = await drafted(t);
    const { customs, irs } = nodes;
    const good = await requestBody(nodes);
    const signed = (more: Readonly<Record<string, Json>>): Json => ({
      ...good,
      request: { ...good.request, signature: { ...good.request.signature, ...more } },
    });
    const [first] = good.items;
    const requests: readonly (readonly [string, Json, RegExp, Order?])[] = [
      ['signed by another than its body says', good, /another person has signed it.*\(b\)/, senders.customs],
      ['whose body names another signer', signed({ name: 'Jordan Vale' }), /another person.*\(b\)/],
      ['whose body names another title', signed({ title: 'Commissioner' }), /another person.*\(b\)/],
      ['whose body names another capacity', signed({ capacity: 'Commissioner' }), /another person.*\(b\)/],
      ['with a field that there is not', { ...good, urgent: true }, /“urgent”/],
      ['with an item of the wrong shape', { ...good, items: [{ ...first, period: '2021' }] }, /period/],
      ['with no item', { ...good, items: [] }, /body\.items/],
      ['of a version to come', { ...good, waybill: 'request/2' }, /body\.waybill/],
      [
        'of another reference than its packet',
        { ...good, request: { ...good.request, reference: 'CBP-2026-9999' } },
        /another request than the case/,
      ],
      ['with two faults, both named', { ...good, items: [], title: 7 }, /title[^]*items|items[^]*title/],
    ];
    for (const [what, body, says, by = ROBIN] of requests)
      await t.test(what, async () => {
        const bytes = await unchecked(customs, { to: 'irs', kind: 'request', case: reference, body, by });
        await refused(irs, bytes, { why: 'packet-refused', says });
        // The sender's head was shown, and not taken: a head that is good has its own packet.
        await brought(nodes, 'customs', 'irs', await sendHead(customs, senders.customs, 'irs'), 'casey-moor');
      });

    await t.test('for another office, from another office, and to a person who may not receive', async () => {
      const sent = { to: 'irs', kind: 'request', case: reference, body: good, by: ROBIN } as const;
      const bytes = await unchecked(customs, sent);
      await refused(nodes.justice, bytes, { why: 'not-for-us' });
      await refused(irs, bytes, { why: 'another-sender', via: 'justice' });
      // This is no fault of the packet: nothing is recorded of it, and another person receives it.
      const before = await sizes(irs);
      await assert.rejects(receive(irs, { person: 'alex-firth' }, bytes), /receives requests/);
      assert.deepEqual(await sizes(irs), before);
      const received = await receive(irs, senders.irs, bytes);

      const held = [await sizes(irs), await holdings(irs)];
      const again = await receive(irs, senders.irs, bytes);
      assert.deepEqual(again, { ...received, receipt: { ...received.receipt, repeated: true } });
      assert.deepEqual([await sizes(irs), await holdings(irs)], held, 'a replay stores nothing');

      await refused(irs, await unchecked(customs, sent), {
        why: 'packet-refused',
        says: /has its request, and this is a different one/,
      });
    });
  });

  await t.test('a refusal is recorded whatever step of a case the order expects', async (t) => {
    const { customs, irs } = await drafted(t);
    const bytes = await unchecked(customs, { to: 'irs', kind: 'request', case: 'X', body: {} });
    await refused(irs, bytes, { why: 'packet-refused', order: { ...senders.irs, expect: 7 } });
  });

  await t.test('a kind of packet that does not go from that office to this', async (t) => {
    const nodes = await drafted(t);
    const kinds = ['request', 'answer', 'withdrawal', 'referral', 'recall', 'recall answer'] as const;
    const ways = [
      'request customs irs',
      'withdrawal customs irs',
      'answer irs customs',
      'referral customs justice',
      'recall irs customs',
      'recall customs justice',
      'recall answer customs irs',
      'recall answer justice customs',
    ];
    const body = await requestBody(nodes);
    for (const from of offices)
      for (const to of offices.filter((one) => one !== from)) {
        const not = kinds.filter((kind) => !ways.includes([kind, from, to].join(' ')));
        await t.test(`from ${from} to ${to}: ${not.join(', ')}`, async () => {
          for (const kind of not)
            await refused(nodes[to], await unchecked(nodes[from], { to, kind, case: reference, body }), {
              why: 'packet-refused',
              says: /takes no packet of that kind from that office/,
            });
          // And after all of them, one that does go.
          const head = await sendHead(nodes[from], senders[from], to);
          const { kind } = await brought(nodes, from, to, head, senders[to].person);
          assert.equal(kind, 'head');
        });
      }
  });

  await t.test('however many packets were lost on the way, the next is taken', async (t) => {
    const nodes = await drafted(t);
    const { customs, irs } = nodes;
    const head = () => sendHead(customs, senders.customs, 'irs');
    await brought(nodes, 'customs', 'irs', await head(), 'casey-moor');
    const lost: Receipt[] = [];
    for (let n = 0; n < 12; n++) lost.push(await head());
    const { receipt } = await brought(nodes, 'customs', 'irs', await head(), 'casey-moor');
    assert.equal(receipt.repeated, false);
    const [earliest] = lost;
    assert.ok(earliest !== undefined);
    await receive(irs, senders.irs, await dispatched(customs, 'irs', earliest));
  });

  await t.test('answers', async (t) => {
    const nodes = await drafted(t);
    const { irs, customs } = nodes;
    await approved(nodes);
    const both = ITEMS.map(none);
    const answers: readonly (readonly [string, Unchecked, string, RegExp])[] = [
      [
        'to a request never sent',
        answerTo('CBP-2026-9999', both),
        'packet-refused',
        /a request that this office has not sent/,
      ],
      [
        'to another request than its packet names',
        { ...answerTo('CBP-2026-9999', both), case: reference },
        'packet-refused',
        /another request than the case/,
      ],
      [
        'that leaves out an item',
        answerTo(reference, [none('royalties')]),
        'packet-refused',
        /items\/purchases.*leaves out/,
      ],
      [
        'with an item twice',
        answerTo(reference, [...both, none('royalties')]),
        'packet-refused',
        /items\/royalties.*twice/,
      ],
      [
        'with an item that nobody asked for',
        answerTo(reference, [...both, { id: 'wages', outcome: 'disclosed', content: [] }]),
        'packet-refused',
        /items\/wages.*not asked for/,
      ],
      [
        'that tells why an item is not disclosed',
        answerTo(reference, [none('purchases'), { ...none('royalties'), reason: '(e)' }]),
        'not-a-packet',
        /not a packet/,
      ],
      ['with no items', answerTo(reference, []), 'not-a-packet', /not a packet/],
    ];
    for (const [what, answer, why, says] of answers)
      await t.test(what, async () => {
        await refused(customs, await unchecked(irs, answer), { why, says });
      });

    const answered = await release(irs, senders.irs, reference, returns);
    const bytes = await dispatched(irs, 'customs', answered);
    await t.test('to a person whose title the request does not designate', async () => {
      const nell = { person: 'nell-quay' };
      await changeDirectory(customs, nell, { act: 'add person', id: 'kit-ames', name: 'Kit Ames' });
      await changeDirectory(customs, nell, {
        act: 'give title',
        person: 'kit-ames',
        title: 'Import Specialist',
        from: customs.when().day,
        duties: ['receives'],
      });
      const before = [await sizes(customs), await holdings(customs)];
      await assert.rejects(
        receive(customs, { person: 'kit-ames' }, bytes),
        /does not designate the title acted under/,
      );
      assert.deepEqual([await sizes(customs), await holdings(customs)], before);
    });
    await t.test('the answer itself, once', async () => {
      const { receipt } = await receive(customs, senders.customs, bytes);
      const again = await receive(customs, senders.customs, bytes);
      assert.deepEqual(again.receipt, { ...receipt, repeated: true });
      await refused(nodes.justice, bytes, { why: 'not-for-us' });
    });
    await t.test('a second one that says something else', async () => {
      const second = answerTo(reference, [
        none('purchases'),
        { id: 'royalties', outcome: 'disclosed', content: [{ value: '1' }] },
      ]);
      await refused(customs, await unchecked(irs, second), {
        why: 'packet-refused',
        says: /has its answer, and this is a different one/,
      });
      const look = { case: reference, because: 'To compare.', audit: 'TRA-2026-17', item: 'purchases' };
      await openItem(customs, senders.customs, look);
    });
  });

  await t.test('withdrawals', async (t) => {
    const nodes = await drafted(t);
    const { irs, customs } = nodes;
    await approved(nodes);
    const withdrawal = (named: string, more: object = {}): Unchecked => ({
      to: 'irs',
      kind: 'withdrawal',
      case: named,
      body: {
        waybill: 'withdrawal/1',
        reference: named,
        reason: 'Not needed.',
        on: customs.when().day,
        ...more,
      },
    });
    for (const [what, sent, says, why = 'packet-refused'] of [
      ['of a request never received', withdrawal('CBP-2026-9999'), /./, 'not-in-order'],
      [
        'that names another request',
        withdrawal(reference, { reference: 'CBP-2026-9999' }),
        /another request/,
      ],
      ['without a reason', withdrawal(reference, { reason: ' ' }), /reason/],
    ] as const)
      await t.test(what, async () => {
        await refused(irs, await unchecked(customs, sent), { why, says });
        assert.equal(
          (await irs.views.stream('irs-review', `review/${reference}`)).at(-1)?.kind,
          'review-approved',
        );
      });
    await t.test('a second one', async () => {
      const first = await withdrawRequest(customs, senders.customs, reference, 'Not needed.');
      await brought(nodes, 'customs', 'irs', first, 'casey-moor');
      assert.ok((await customs.views.stream('customs', casePlace(reference).stream)).length > 0);
      await refused(irs, await unchecked(customs, withdrawal(reference)), {
        why: 'packet-refused',
        says: /withdrawn before, by another packet/,
      });
    });
  });
});
