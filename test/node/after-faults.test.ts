import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { linkSchema, type Link } from '../../src/casework/after/conditions.ts';
import { foldHolding } from '../../src/casework/after/evolve.ts';
import type { ReferralBody } from '../../src/casework/after/letters.ts';
import type { Office } from '../../src/custody/entry.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { act } from '../../src/office/act.ts';
import { actAfter, holdingOf } from '../../src/office/after.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { eventsOf } from '../../src/office/events.ts';
import { exchangeStream, exchangeWith } from '../../src/office/exchange.ts';
import { irsState } from '../../src/office/irs.ts';
import { type Node, openNode } from '../../src/office/node.ts';
import { answerRecall, forwardRecalls, recallFromIrs, recallOnward } from '../../src/office/onward.ts';
import { packetSent, sealedJws, sign } from '../../src/office/outgoing.ts';
import { receive } from '../../src/office/receive.ts';
import { openPacket } from '../../src/packet/open.ts';
import { readPayload } from '../../src/packet/payload.ts';
import { PacketRefused, type Why } from '../../src/packet/refusal.ts';
import type { Json, Receipt } from '../../src/store/types.ts';
import { anomalies } from '../../src/record/inspect/anomalies.ts';
import {
  CASEY,
  ENTRY,
  ITEMS,
  JORDAN,
  MAX,
  type Problems,
  TONI,
  appearance,
  atJustice,
  caseEvents,
  disclosed,
  engaged,
  hopsAt,
  inAudit,
  logsHold,
  looks,
  necessary,
  problemsOf,
  receivedBy,
  referred,
  shown,
  sizeOf,
  streamOf,
} from './after.fixture.ts';
import { type Three, reference, standAfter } from './three.fixture.ts';

const HOUR = 3600;
const NEXT_DAY = Date.UTC(2026, 2, 17, 15);

/** Everything of the case that must never stand in an answer: the taxpayers, and what the items say. */
const secretsOf = async ({ customs }: Three): Promise<readonly string[]> => {
  const { matter } = await holdingOf(customs, reference);
  const taxpayers = (matter?.taxpayers ?? []).flatMap(({ name, tin }) => [name, tin ?? '']);
  const { bytes } = await looks(customs, 'purchases');
  const told = JSON.parse(Buffer.from(bytes).toString('utf8')) as { value: string; filer: { tin: string } }[];
  const said = told.flatMap(({ value, filer }) => [value, filer.tin]);
  assert.ok(said.length > 1);
  return [...taxpayers, ...said].filter((one) => one !== '');
};

/** A clear answer: what is wrong, by which paragraph, and what a person does next; and it tells nothing. */
const clear = (secrets: readonly string[], cite: RegExp, what: RegExp, problems: Problems): void => {
  const [first] = problems;
  assert.match(first.what, what);
  assert.match(first.cite ?? '', cite);
  assert.match(first.next, /^[A-Z0-9].{10,}\.$/s);
  for (const secret of secrets)
    assert.ok(!JSON.stringify(problems).includes(secret), `it tells what it must not: ${first.what}`);
};

/** The same node by a clock that is so many seconds ahead. */
const ahead = (node: Node, seconds: number): Node => ({
  ...node,
  when: () => {
    const at = node.when().at + seconds;
    return { day: node.when().day, at };
  },
});

const bytesOf = async (node: Node, to: Office, receipt: Receipt) => (await dispatch(node, to, receipt)).bytes;

const refusedAtGate = async (node: Node): Promise<readonly string[]> =>
  (await streamOf(node, 'gate'))
    .filter(({ kind }) => kind === 'packet-refused')
    .map(({ data }) => (data as { why: string }).why);

/** One stand for all tests of the file: the items disclosed to Customs. */
let made: ReturnType<typeof standAfter> | undefined;
const disclosedTo = async (t: TestContext): Promise<Three> => (await made)?.(t) ?? assert.fail('no stand');

/** And two of them at Justice. */
const referredTo = async (t: TestContext): Promise<Three> => {
  const nodes = await disclosedTo(t);
  await atJustice(nodes, ['purchases', 'sister-purchases']);
  return nodes;
};

const recall = ({ irs }: Three, items: readonly string[], reason = 'Disclosed in error.') =>
  recallFromIrs(irs, CASEY, { case: reference, items, reason });

const recallIdAt = async ({ irs }: Three): Promise<string> =>
  [...(await irsState(irs, reference)).given.recalls.keys()].at(-1) ?? '';

const badInput = async (t: TestContext) => {
  const again = referredTo;

  await t.test('a representative without authority, or with one that has ended', async (t) => {
    const nodes = await again(t);
    const { customs } = nodes;
    const secrets = await secretsOf(nodes);
    const refusedTo = async (what: RegExp, more: Parameters<typeof shown>[2]) => {
      const before = await sizeOf(customs);
      clear(secrets, /^\(f\)$/, what, await problemsOf(shown(nodes, 'royalties', more)));
      // The question is on record with its answer, and nothing else is.
      assert.equal(await sizeOf(customs), before + 1);
      assert.equal((await caseEvents(customs)).at(-1)?.kind, 'may-i-answered');
    };
    await refusedTo(/without authority on file/, { papers: [] });
    await refusedTo(/without authority on file/, { papers: ['no-such-paper'] });
    await appearance(nodes, { to: customs.when().day });
    await refusedTo(/without authority on file/, { name: 'Somebody Else' });
    await shown(nodes, 'royalties');
    nodes.clock.now = NEXT_DAY;
    await refusedTo(/No paper in force on 2026-03-17/, { papers: ['appearance-pell'] });
    const disclosures = (await caseEvents(customs)).filter(({ kind }) => kind === 'item-disclosed');
    assert.equal(disclosures.length, 1);
  });

  await t.test('an engagement that ended yesterday: no look, no packet, no disclosure', async (t) => {
    const nodes = await again(t);
    const { customs, justice } = nodes;
    const secrets = await secretsOf(nodes);
    const { receipt } = await referred(nodes, ['related-purchases']);
    nodes.clock.now = NEXT_DAY;
    await actAfter(justice, MAX, {
      ...{ act: 'disengage', case: reference, person: 'toni-brook', reason: 'Another matter.' },
    });
    clear(
      secrets,
      /^\(g\)$/,
      /engagement of whoever asks ended on 2026-03-16/,
      await problemsOf(looks(justice, 'purchases')),
    );
    const packet = await bytesOf(customs, 'justice', receipt);
    clear(secrets, /^\(g\)$/, /not on today’s list/, await problemsOf(receive(justice, TONI, packet)));
    assert.equal((await holdingOf(justice, reference)).items.has('related-purchases'), false);
    // Nothing is lost: whoever is engaged today receives it.
    await engaged(nodes, 'max-ferris');
    await receive(justice, MAX, packet);
    assert.ok((await holdingOf(justice, reference)).items.has('related-purchases'));
  });

  await t.test('an entry number with a wrong check digit', async (t) => {
    const nodes = await again(t);
    const { customs } = nodes;
    const secrets = await secretsOf(nodes);
    const used = (entry: string) =>
      actAfter(customs, JORDAN, {
        act: 'may i',
        case: reference,
        proposal: { act: 'look or use', items: ['royalties'], for: inAudit },
        findings: necessary,
        do: { workpaper: 'WP-12', entries: [entry] },
      });
    const before = await sizeOf(customs);
    for (const wrong of ['B76-0324527-9', 'B76-0324572-8', 'B76-324527-8', 'B77-0324527-8']) {
      const problems = await problemsOf(used(wrong));
      clear([...secrets, wrong], /^\(f\)$/, /entry number/, problems);
    }
    assert.equal(await sizeOf(customs), before);
    await used(ENTRY);
    assert.equal((await caseEvents(customs)).at(-1)?.kind, 'item-used');
  });

  await t.test('the same disclosure twice, to a person and to Justice', async (t) => {
    const nodes = await again(t);
    const { customs, justice } = nodes;
    const secrets = await secretsOf(nodes);
    await appearance(nodes);
    await shown(nodes, 'royalties');
    clear(secrets, /^\(f\)$/, /same was done on 2026-03-16/, await problemsOf(shown(nodes, 'royalties')));
    clear(
      secrets,
      /^\(f\)$/,
      /same was done/,
      await problemsOf(shown(nodes, 'royalties', { name: ' dana PELL' })),
    );
    const to = (await caseEvents(customs)).filter(({ kind }) => kind === 'item-disclosed');
    assert.equal(to.length, 1);

    const one = await referred(nodes, ['royalties', 'related-purchases']);
    const [before, sent] = [await sizeOf(customs), (await exchangeWith(customs, 'justice')).sent.length];
    const two = await referred(nodes, ['related-purchases', 'royalties']);
    assert.deepEqual(two.receipt, { ...one.receipt, repeated: true });
    assert.equal(await sizeOf(customs), before, 'it was recorded twice, or looked at twice');
    // Other items to the same officer are another referral; of one that was there before, it is refused and sends nothing.
    const other = await referred(nodes, ['royalties']).catch((error: unknown) => error);
    assert.ok(!(other instanceof Error) && (other as { refused?: ProblemError }).refused !== undefined);
    clear(secrets, /^\(g\)$/, /same was done/, (other as { refused: ProblemError }).refused.problems);
    assert.equal(
      (await exchangeWith(customs, 'justice')).sent.length,
      sent,
      'a refused referral has a packet',
    );
    const packet = await bytesOf(customs, 'justice', two.receipt);
    const first = await receive(justice, TONI, packet);
    const second = await receive(justice, TONI, await bytesOf(customs, 'justice', one.receipt));
    assert.deepEqual(second.receipt, { ...first.receipt, repeated: true });
  });

  await t.test('a recall of something never disclosed, at every office', async (t) => {
    const nodes = await again(t);
    const { irs, customs, justice } = nodes;
    const secrets = await secretsOf(nodes);
    const before = await Promise.all([irs, customs].map(sizeOf));
    for (const item of ['sister-sales', 'no-such-item'])
      clear(secrets, /^\(j\)$/, /never disclosed/, await problemsOf(recall(nodes, [item])));
    clear(
      secrets,
      /^\(j\)$/,
      /never disclosed/,
      await problemsOf(
        recallOnward(customs, JORDAN, { case: reference, items: ['royalties'], reason: 'An error.' }),
      ),
    );
    assert.deepEqual(await Promise.all([irs, customs].map(sizeOf)), before);
    // A packet that says so all the same.
    const forged = await sent(customs, 'justice', 'recall', {
      waybill: 'recall/1',
      reference,
      recall: '018f0000-0000-7000-8000-000000000001',
      by: 'IRS',
      items: ['royalties'],
      reason: 'An error.',
      on: customs.when().day,
    });
    clear(
      secrets,
      /^\(j\)$/,
      /never disclosed to this office/,
      await problemsOf(receive(justice, TONI, await bytesOf(customs, 'justice', forged))),
    );
    assert.deepEqual(await refusedAtGate(justice), ['packet-refused']);
    assert.equal((await holdingOf(justice, reference)).recalls.size, 0);
  });

  await t.test('packets from Justice back to Customs out of order, early, and twice', async (t) => {
    const nodes = await again(t);
    const { customs, justice } = nodes;
    const secrets = await secretsOf(nodes);
    await receivedBy(nodes, 'irs', 'customs', await recall(nodes, ['purchases', 'sister-purchases']));
    const id = await recallIdAt(nodes);
    const answer = (item: string) =>
      answerRecall(justice, TONI, {
        case: reference,
        recall: id,
        item,
        holder: 'Justice',
        how: 'cannot be got back',
        reason: 'It stands in a filing.',
      });
    const early = await sent(justice, 'customs', 'recall answer', {
      waybill: 'recall-answer/1',
      reference,
      recall: id,
      answers: [{ item: 'purchases', holder: 'Justice', how: 'returned', on: justice.when().day }],
      on: justice.when().day,
    });
    clear(
      secrets,
      /^6103\(p\)\(4\)\(F\)$/,
      /a recall that this office has not sent/,
      await problemsOf(receive(customs, JORDAN, await bytesOf(justice, 'customs', early))),
    );
    const [forwarded] = await forwardRecalls(customs, JORDAN, reference);
    assert.ok(forwarded !== undefined);
    await receivedBy(nodes, 'customs', 'justice', forwarded.receipt);
    const one = await answer('purchases');
    const older = await bytesOf(justice, 'customs', one.receipt);
    const newer = await bytesOf(justice, 'customs', (await answer('sister-purchases')).receipt);
    await receive(customs, JORDAN, newer);
    // The second says all that was known by then; the first, made before it, shows a shorter log.
    clear(
      secrets,
      /^6103\(p\)\(4\)\(A\)$/,
      /has \d+ entries|shorter/,
      await problemsOf(receive(customs, JORDAN, older)),
    );
    clear(
      secrets,
      /^6103\(p\)\(4\)\(F\)$/,
      /on record already/,
      await problemsOf(receive(customs, JORDAN, await bytesOf(justice, 'customs', one.receipt))),
    );
    const { answers = [] } = (await holdingOf(customs, reference)).recalls.get(id) ?? {};
    assert.deepEqual(answers.map(({ item }) => item).sort(), ['purchases', 'sister-purchases']);
    const repeated = await receive(customs, JORDAN, newer);
    assert.equal(repeated.receipt.repeated, true);
    await logsHold(nodes);
  });

  await t.test('destruction asked for twice, alone and at the same time', async (t) => {
    const nodes = await again(t);
    const { customs } = nodes;
    const secrets = await secretsOf(nodes);
    const end = (items: readonly string[], way = 'made undisclosable') =>
      actAfter(customs, JORDAN, { act: 'end use', case: reference, items, way, reason: 'Done with it.' });
    const { receipt } = await looks(customs, 'royalties');
    const [content = ''] = (await holdingOf(customs, reference)).items.get('royalties')?.contents ?? [];
    await end(['royalties']);
    await assert.rejects(customs.vault.open(receipt, content), /key was destroyed/);
    const before = await sizeOf(customs);
    for (const way of ['made undisclosable', 'returned', 'safeguards continue'])
      clear(
        secrets,
        /^6103\(p\)\(4\)\(F\)$/,
        /made undisclosable on 2026-03-16/,
        await problemsOf(end(['royalties'], way)),
      );
    clear(
      secrets,
      /^6103\(p\)\(4\)\(F\)$/,
      /made undisclosable/,
      await problemsOf(end(['purchases', 'royalties'])),
    );
    assert.equal(await sizeOf(customs), before, 'of several items all are ended or none');
    const ends = await Promise.allSettled([1, 2, 3].map(() => end(['sister-purchases'])));
    assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
    await logsHold(nodes);
  });

  await t.test('a clock an hour off: what is ahead is refused, what is behind is taken', async (t) => {
    const nodes = await again(t);
    const { irs, customs, justice } = nodes;
    const secrets = await secretsOf(nodes);
    const allEvents = async () => (await Promise.all([irs, customs, justice].map(eventsOf))).flat();
    const apart = async () =>
      anomalies(await allEvents(), { at: customs.when().at + HOUR })
        .filter(({ rule }) => rule === 'clocks apart')
        .map(({ words }) => words);
    assert.deepEqual(await apart(), []);

    await t.test(
      'the sender an hour ahead, down and up: refused with its reason, and taken once the hour has come',
      async () => {
        const down = await recallFromIrs(ahead(irs, HOUR), CASEY, {
          case: reference,
          items: ['purchases'],
          reason: 'Disclosed in error.',
        });
        const bytes = await bytesOf(irs, 'customs', down);
        clear(
          secrets,
          /^6103\(p\)\(4\)\(A\)$/,
          /more than five minutes ahead/,
          await problemsOf(receive(customs, JORDAN, bytes)),
        );
        assert.equal((await holdingOf(customs, reference)).recalls.size, 0);
        assert.deepEqual((await refusedAtGate(customs)).at(-1), 'from-the-future');
        // The same by a receiver whose clock is behind: it is the same hour that they are apart.
        await problemsOf(receive(ahead(customs, HOUR - 301), JORDAN, await bytesOf(irs, 'customs', down)));
        await receive(ahead(customs, HOUR), JORDAN, bytes);
        assert.equal((await holdingOf(customs, reference)).recalls.size, 1);
      },
    );

    await t.test(
      'four minutes ahead are taken, and an inspector sees that the clocks are apart',
      async () => {
        const told = await recallFromIrs(ahead(irs, HOUR + 240), CASEY, {
          case: reference,
          items: ['royalties'],
          reason: 'Disclosed in error.',
        });
        await receive(ahead(customs, HOUR), JORDAN, await bytesOf(irs, 'customs', told));
        const [words = '', ...more] = await apart();
        assert.deepEqual(more, []);
        assert.match(words, /received 4 minutes before entry irs\/\d+ sent/);
      },
    );

    await t.test(
      'the sender an hour behind, down and up: taken, for a packet may take its time',
      async () => {
        const late = await forwardRecalls(customs, JORDAN, reference);
        assert.equal(late.length, 1);
        for (const { receipt } of late)
          await receive(ahead(justice, 2 * HOUR), TONI, await bytesOf(customs, 'justice', receipt));
        const answered = await answerRecall(justice, TONI, {
          case: reference,
          recall: [...(await holdingOf(justice, reference)).recalls.keys()].at(-1) ?? '',
          item: 'purchases',
          holder: 'Justice',
          how: 'cannot be got back',
          reason: 'It stands in a filing.',
        });
        await receive(ahead(customs, HOUR), JORDAN, await bytesOf(justice, 'customs', answered.receipt));
        assert.equal((await apart()).length, 1, 'no more than before');
      },
    );
    await logsHold(nodes);
  });
};

/** A packet that Customs or Justice really signs, seals and records, and that says whatever it likes. */
const sent = (
  node: Node,
  to: Office,
  kind: 'referral' | 'recall' | 'recall answer',
  body: Json,
): Promise<Receipt> => {
  const place = { log: node.log, stream: exchangeStream(to) };
  return act(node, node.office === 'justice' ? TONI : JORDAN, {
    log: node.log,
    asked: { forged: true },
    reads: [place],
    decide: async (_read, actor, when) => {
      const letter = { kind, to, case: reference, body };
      const packet = await sign(node, letter, actor, when);
      const kept = sealedJws(packet, packet.id);
      return { events: [packetSent({ ...packet, content: kept.id }, letter, actor, when)], contents: [kept] };
    },
  });
};

const chains = async (t: TestContext) => {
  const again = async (one: TestContext): Promise<Three> => {
    const nodes = await disclosedTo(one);
    await engaged(nodes);
    return nodes;
  };

  await t.test('each hop has the receipts of both logs, and is shown as verified where it is', async (t) => {
    const nodes = await again(t);
    const { receipt } = await referred(nodes, ['purchases']);
    await receivedBy(nodes, 'customs', 'justice', receipt);
    const hops = await hopsAt(nodes.justice);
    assert.deepEqual(
      hops.map(({ link, why, by, cosigned }) => [link.kind, why, by, cosigned]),
      [
        ['request', undefined, ['customs'], ['irs']],
        ['answer', undefined, ['irs', 'customs'], ['customs']],
        ['referral', undefined, ['customs', 'justice'], ['justice']],
      ],
    );
    assert.deepEqual(
      (await hopsAt(nodes.customs)).map(({ link, why }) => [link.kind, why]),
      [
        ['request', undefined],
        ['answer', undefined],
      ],
    );
    // The mark is made anew each time: by a card that has another key, it is none.
    const stranger = { ...nodes.justice.card, vkey: nodes.customs.card.vkey };
    const doubted = await hopsAt({ ...nodes.justice, card: stranger });
    assert.deepEqual(doubted.map(({ why }) => why).slice(2), ['chain-broken']);
  });

  await t.test(
    'whatever byte of it is changed: refused by name, recorded at the gate, nothing stored',
    async (t) => {
      const nodes = await again(t);
      const { customs, justice } = nodes;
      const { receipt } = await referred(nodes, ['purchases']);
      const { jws } = await openPacket(
        await bytesOf(customs, 'justice', receipt),
        justice.secrets.keys.sealing,
      );
      const body = readPayload(jws.payload).payload.body as unknown as ReferralBody;
      const held = async () => foldHolding('Justice', await caseEvents(justice)).items.size;

      const refusedWith = async (why: Why | 'packet-refused' | undefined, changed: Json): Promise<string> => {
        const forged = await sent(customs, 'justice', 'referral', changed);
        const error = await receive(justice, TONI, await bytesOf(customs, 'justice', forged)).catch(
          (caught: unknown) => caught,
        );
        assert.ok(error instanceof ProblemError, String(error));
        const found = error instanceof PacketRefused ? error.why : error.problems[0].kind;
        if (why !== undefined) assert.equal(found, why);
        assert.equal((await refusedAtGate(justice)).at(-1), found);
        assert.equal(await held(), 0);
        return found;
      };
      const whole = JSON.parse(JSON.stringify(body)) as ReferralBody & { [key: string]: Json };
      const [asked, answered] = whole.chain as [Link, Link];
      const withChain = (...chain: readonly unknown[]): Json => ({ ...whole, chain }) as unknown as Json;

      await refusedWith('chain-incomplete', withChain({ ...asked, receipt: undefined }, answered));
      await refusedWith('chain-incomplete', withChain(asked, { ...answered, received: undefined }));
      await refusedWith('chain-broken', withChain({ ...asked, receipt: answered.receipt }, answered));
      await refusedWith('chain-of-another', withChain({ ...asked, packet: answered.packet }, answered));
      await refusedWith('chain-of-another', withChain(asked, { ...answered, on: '2026-03-15' }));
      await refusedWith('packet-refused', withChain(answered, asked));
      await refusedWith('packet-refused', withChain(asked, answered, answered));
      await refusedWith('not-a-packet', withChain(asked));
      await refusedWith('not-a-packet', withChain(asked, { ...answered, more: 1 }));

      // Bytes all over the two hops; every one of them is tried in src/packet/chain.test.ts.
      const text = JSON.stringify([asked, answered]);
      const named: string[] = [];
      for (let at = 7; at < text.length; at += Math.floor(text.length / 30)) {
        const byte = String.fromCharCode(text.charCodeAt(at) ^ (1 << (at % 6)));
        let chain: unknown;
        try {
          chain = JSON.parse(text.slice(0, at) + byte + text.slice(at + 1));
        } catch {
          continue;
        }
        if (!(chain as unknown[]).every((one) => linkSchema.safeParse(one).success)) continue;
        named.push(await refusedWith(undefined, withChain(...(chain as unknown[]))));
      }
      assert.ok(named.length > 18, `${named.length} of 30`);
      assert.deepEqual(
        [...new Set(named)].filter((why) => !why.startsWith('chain-')),
        [],
      );

      // And as it was, it is received, after all of those.
      await receivedBy(nodes, 'customs', 'justice', receipt);
      assert.equal(await held(), 1);
    },
  );

  await t.test('the chain of another case of the same offices is not the chain of this one', async (t) => {
    const nodes = await again(t);
    const { customs, justice } = nodes;
    const { receipt } = await referred(nodes, ['purchases']);
    const { jws } = await openPacket(
      await bytesOf(customs, 'justice', receipt),
      justice.secrets.keys.sealing,
    );
    const { payload } = readPayload(jws.payload);
    const body = payload.body as unknown as ReferralBody;
    const other = 'CBP-2026-0999';
    const forged = await act(customs, JORDAN, {
      log: 'customs',
      asked: { forged: true },
      reads: [{ log: 'customs', stream: exchangeStream('justice') }],
      decide: async (_read, actor, when) => {
        const moved = { ...body, reference: other, request: { ...body.request, reference: other } };
        const letter = {
          ...({ kind: 'referral', to: 'justice', case: other } as const),
          body: moved as unknown as Json,
        };
        const packet = await sign(customs, letter, actor, when);
        const kept = sealedJws(packet, packet.id);
        return {
          events: [packetSent({ ...packet, content: kept.id }, letter, actor, when)],
          contents: [kept],
        };
      },
    });
    await actAfter(justice, MAX, {
      ...{ act: 'engage', case: other, person: 'toni-brook', from: justice.when().day, document: 'the list' },
    });
    const error = await receive(justice, TONI, await bytesOf(customs, 'justice', forged)).catch(
      (caught: unknown) => caught,
    );
    assert.ok(error instanceof PacketRefused);
    assert.equal(error.why, 'chain-of-another');
  });
};

const notMadeAgain = async (t: TestContext) => {
  const nodes = await disclosedTo(t);
  const { customs } = nodes;
  await engaged(nodes);
  const id = '018f0000-0000-7000-8000-0000000000aa';
  const named = { ...JORDAN, id };
  await referred(nodes, ['purchases'], named);
  await receivedBy(nodes, 'irs', 'customs', await recall(nodes, ['purchases']));
  for (const order of [JORDAN, named]) {
    const [first] = await problemsOf(referred(nodes, ['purchases'], order));
    assert.match(first.what, /not made again.*recalled/s);
    assert.equal(first.cite, '(f)');
  }
  assert.equal((await exchangeWith(customs, 'justice')).sent.length, 1);
};

const incidents = async (t: TestContext) => {
  const nodes = await disclosedTo(t);
  const { customs } = nodes;
  const { incident } = await import('../../src/cli/incident.ts');
  const { incidentsWithoutCase, reportWithoutCase } = await import('../../src/office/incident.ts');
  const at = customs.when().at;
  const instant = (seconds: number) => new Date(seconds * 1000).toISOString();
  const particulars = {
    discovered: instant(at - HOUR),
    occurred: 'not known',
    agency: 'Customs, Trade Regulatory Audit, duty desk',
    how: 'The lock was found open.',
    what: 'A cabinet with return information of several cases stood open overnight.',
    records: 'not known yet; at most 40',
    address: 'the field office',
    technology: 'paper',
  };

  await t.test('is recorded once, with its deadline, and refused where it cannot be', async () => {
    const receipt = await reportWithoutCase(customs, JORDAN, { incident: 'cabinet-1', ...particulars });
    assert.equal(receipt.count, 1);
    const [told, ...more] = await incidentsWithoutCase(customs);
    assert.deepEqual(more, []);
    assert.equal(told?.deadline, instant(at + 23 * HOUR).replace('.000', ''));
    for (const [input, what] of [
      [{ incident: 'cabinet-1', ...particulars }, /reported before/],
      [{ incident: 'a', ...particulars, discovered: instant(at + 60) }, /has not come yet/],
      [{ incident: 'a', ...particulars, occurred: instant(at) }, /discovered before it occurred/],
      [{ incident: 'a', ...particulars, items: ['purchases'] }, /no case that they are of/],
      [{ incident: 'a', ...particulars, technology: undefined }, /technology: missing/],
    ] as const) {
      const before = await sizeOf(customs);
      const [first] = await problemsOf((async () => reportWithoutCase(customs, JORDAN, input))());
      assert.match(first.what, what);
      assert.equal(await sizeOf(customs), before);
    }
    const late = { ...particulars, discovered: instant(at - 25 * HOUR) };
    await reportWithoutCase(customs, JORDAN, { incident: 'cabinet-2', ...late });
    const events = await streamOf(customs, 'incidents');
    assert.deepEqual(
      events.map(({ data }) => (data as { late: boolean }).late),
      [false, true],
    );
  });

  await t.test('from the command line: the clock and the eight fields', async (t) => {
    const lines: string[] = [];
    t.mock.method(process.stdout, 'write', (text: string) => lines.push(text) > 0);
    const clock = customs.when().at * 1000;
    t.mock.timers.enable({ apis: ['Date'], now: clock });
    process.env['DATABASE_URL'] = String(customs.database.owner.options.connectionString);
    t.after(() => delete process.env['DATABASE_URL']);
    const code = await incident(['cabinet-3'], { ...particulars, data: customs.dir, as: 'jordan-vale' });
    const text = lines.join('');
    assert.equal(code, 0);
    assert.match(text, /23 h 0 min left/);
    for (let n = 1; n <= 8; n++) assert.match(text, new RegExp(`^\\s*${n}\\. `, 'm'));
    assert.match(text, /concerns no single case/);
    assert.doesNotMatch(text, new RegExp(reference));
    await assert.rejects(
      incident([reference, 'x', 'y'], { ...particulars, data: customs.dir, as: 'jordan-vale' }),
      /more than a case and an incident/,
    );
  });
};

const unreadable = async (t: TestContext) => {
  const { customs, dir } = await disclosedTo(t);
  const url = String(customs.database.owner.options.connectionString);
  const around = { databaseUrl: url, now: () => Date.UTC(2026, 2, 16, 15) };
  const whole = await openNode(join(dir, 'customs'), around);
  assert.equal(whole.undestroyed, undefined);
  await whole.close();
  await actAfter(customs, JORDAN, {
    ...{ act: 'end use', case: reference, items: [ITEMS[0] ?? ''] },
    ...{ way: 'made undisclosable', reason: 'Done with it.' },
  });
  // Who owns the database exchanges two sealed bodies.
  await customs.database.owner.query(
    `UPDATE waybill.event SET nth = nth + 1 WHERE log_id = 3 AND seq = (SELECT max(seq) FROM waybill.event WHERE log_id = 3)`,
  );
  const altered = await openNode(join(dir, 'customs'), around);
  assert.equal(altered.undestroyed?.problems[0].kind, 'log-altered');
  await altered.close();
};

test('after the release', async (t) => {
  made = standAfter(t, disclosed);
  await made;
  await t.test('bad input and faults', badInput);
  await t.test('Justice verifies the chain that it receives', chains);
  await t.test('what was recalled does not leave in a packet that is made again', notMadeAgain);
  await t.test('an incident that concerns no single case', incidents);
  await t.test('a node whose log cannot be read opens, and says what may still be there', unreadable);
});
