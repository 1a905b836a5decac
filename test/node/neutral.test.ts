import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { bodyOf } from '../../src/casework/acts/request.ts';
import { stamp } from '../../src/casework/acts/events.ts';
import { act } from '../../src/office/act.ts';
import { casePlace, customsCase, draftRequest, inStream } from '../../src/office/customs.ts';
import { dispatch } from '../../src/office/dispatch.ts';
import { exchangeStream } from '../../src/office/exchange.ts';
import { locate, review } from '../../src/office/irs.ts';
import type { Node } from '../../src/office/node.ts';
import { packetSent, sealedJws, sign } from '../../src/office/outgoing.ts';
import { receive } from '../../src/office/receive.ts';
import { release } from '../../src/office/release.ts';
import { logRoutes } from '../../src/office/serve.ts';
import type { Json, Receipt } from '../../src/store/types.ts';
import { type Sight, headsSight, logSight, packetSight, recordSight } from './sight.fixture.ts';
import {
  type Three,
  brought,
  exampleDocument,
  reference,
  requested,
  returns,
  standAfter,
} from './three.fixture.ts';

/*
 * DESIGN 5.1, over the whole road. The adversary is Customs: it has its own node and its keys, reads the IRS’s log as often
 * as it likes, and compares what comes for one request with what would have come for it otherwise. Every play below
 * starts at the same request, received in the same hour by the same offices, and is released in the same hour.
 */

const period = { from: '2021-01-01', to: '2021-12-31' };
const LINE = 'royalties';
/** By the IRS: no machine takes one out of a return, so it stands for all that is permitted and is not there. */
const ADJUSTMENT = 'adjustment';
const whole = exampleDocument([LINE, 'sister-purchases']);
const sister = whole.items.find(({ id }) => id === 'sister-purchases');
const document = {
  ...whole,
  items: [...whole.items, { ...sister, id: ADJUSTMENT, adjusts: 'sister-purchases' }],
};
const all: readonly string[] = document.items.map(({ id = '' }) => id);

const REVIEW = Date.UTC(2026, 2, 20, 13);
const RELEASE = Date.UTC(2026, 2, 20, 15);

/** What the IRS found on the items that are kept back. */
interface Cause {
  readonly record?: 'none' | 'APA' | 'examination';
  readonly finds?: Readonly<Record<string, boolean | string>>;
  readonly elects?: boolean;
  /** The return in hand does not have the line. */
  readonly lineMissing?: boolean;
}

const causes = {
  'an informant': { finds: { 'identifies informant': true } },
  'an investigation that it would impair': { finds: { 'seriously impairs': true } },
  'an Advance Pricing Agreement': { record: 'APA' },
  'a treaty': { finds: { treaty: 'whole' } },
  'no record': { record: 'none' },
  'an election of the IRS': { elects: true },
  'a line that the return does not have': { lineMissing: true },
  'that it is not necessary': { finds: { 'necessary to determination': false } },
} as const satisfies Record<string, Cause>;

const questions = [
  ['alex-firth', 'necessary to determination', true],
  ['alex-firth', 'no more than necessary', true],
  ['alex-firth', 'relates to merchandise', true],
  ['sam-torr', 'treaty', 'none'],
  ['lee-carr', 'identifies informant', false],
  ['lee-carr', 'seriously impairs', false],
] as const;

const fileOf = (item: string): string =>
  item === LINE ? 'harbor-lamp-2021.xml' : 'lantern-holdings-2021.xml';
const taxpayerOf = (item: string): string => (item === LINE ? 'harbor-lamp' : 'lantern-holdings');

const lines: Readonly<Record<string, string>> = {
  [LINE]: 'PropertyRightsPrchsAmt',
  'sister-purchases': 'StockPurchasesTradeAmt',
};

/** The returns as they would be if nobody had filled in the lines of these items. */
const returnsWithout = (dir: string, items: readonly string[]): string => {
  const made = mkdtempSync(join(dir, 'returns-'));
  cpSync(returns, made, { recursive: true });
  for (const item of items) {
    const file = join(made, fileOf(item));
    const filled = new RegExp(` *<${lines[item] ?? 'none'}>.*\\n`, 'g');
    writeFileSync(file, readFileSync(file, 'utf8').replace(filled, ''));
  }
  return made;
};

/** One act of the review; the log that Customs reads must not move by it. */
type Acts = (
  person: string,
  input: { readonly act: string; readonly [field: string]: unknown },
) => Promise<void>;

const find = async (acts: Acts, items: readonly string[], { finds = {} }: Cause): Promise<void> => {
  if (items.length === 0) return;
  for (const [person, name, answer] of questions)
    await acts(person, {
      act: 'finding',
      finds: name,
      answer: finds[name] ?? answer,
      of: items,
      reason: 'Looked at.',
    });
  const related = items.filter((item) => taxpayerOf(item) !== 'harbor-lamp');
  if (related.length > 0)
    await acts('alex-firth', {
      act: 'finding',
      finds: 'relationship holds',
      answer: true,
      of: related,
      reason: 'One parent.',
    });
};

const look = async (irs: Node, acts: Acts, item: string, cause: Cause, folder: string): Promise<void> => {
  const record = cause.record ?? (item === ADJUSTMENT ? 'examination' : 'return');
  if (record === 'none') return acts('alex-firth', { act: 'locate', item, record });
  const person = record === 'APA' ? 'sam-torr' : 'alex-firth';
  const where = record === 'return' ? { file: fileOf(item) } : { taxpayer: taxpayerOf(item), period };
  await locate(irs, { person }, { case: reference, item, source: record, ...where }, folder);
};

/** Reviews with a cause for each item that is kept back; all others are cleared. */
const reviewWith = async (irs: Node, acts: Acts, kept: ReadonlyMap<string, Cause>, folder: string) => {
  const plain = all.filter((item) => !kept.has(item));
  for (const item of plain) await look(irs, acts, item, {}, folder);
  await find(acts, plain, {});
  for (const cause of new Set(kept.values())) {
    const items = [...kept].filter(([, one]) => one === cause).map(([item]) => item);
    // Nobody looks any further at what the IRS elects to keep back, or has no record of.
    if (cause.elects === true) await acts('drew-haven', { act: 'elect', items, reason: 'Enough is known.' });
    else for (const item of items) await look(irs, acts, item, cause, folder);
    if (cause.elects !== true && cause.record !== 'none') await find(acts, items, cause);
  }
};

type Play = (nodes: Three, acts: Acts, folder: string) => Promise<void>;

const keptBack =
  (items: readonly string[], cause: Cause): Play =>
  ({ irs }, acts, folder) =>
    reviewWith(irs, acts, new Map(items.map((item) => [item, cause])), folder);

interface Played extends Sight {
  /** Acts of the review, its release included. */
  readonly acts: number;
  /** Entries that Customs sees come into the IRS’s log meanwhile. */
  readonly added: number;
}

/** Plays a review to its end, and gives all that Customs then has and sees. */
const play = async (nodes: Three, reviewed: Play, missing: readonly string[] = []): Promise<Played> => {
  const { irs, customs, clock } = nodes;
  const folder = missing.length === 0 ? returns : returnsWithout(nodes.dir, missing);
  clock.now = REVIEW;
  const before = await irs.views.head('irs');
  const { size } = await logSight(irs);
  let count = 0;
  const acts: Acts = async (person, input) => {
    count++;
    await review(irs, { person }, { case: reference, ...input });
    assert.equal(await irs.views.head('irs'), before, 'the log that Customs reads stands still in a review');
  };
  await reviewed(nodes, acts, folder);
  await acts('drew-haven', { act: 'approve' });
  assert.equal(await irs.views.head('irs'), before);
  clock.now = RELEASE;
  const receipt = await release(irs, { person: 'casey-moor' }, reference, folder);
  const { bytes } = await dispatch(irs, 'customs', receipt);
  const { letter, sight } = await packetSight(customs, bytes);
  await receive(customs, { person: 'jordan-vale' }, bytes);
  const log = await logSight(irs);
  return {
    acts: count + 1,
    added: log.size - size,
    letter,
    packet: sight,
    log,
    heads: await headsSight(irs, customs),
    record: await recordSight(customs),
  };
};

type Stand = Awaited<ReturnType<typeof standAfter>>;

/**
 * Two f in a digest are drawn as one glyph, which the letter’s font then needs to have: by the salt, and so by chance, one
 * letter in five has it. Such a one is played again.
 */
const seen = async (t: TestContext, stand: Stand, ...what: [Play, (readonly string[])?]) => {
  for (;;) {
    const sight = await play(await stand(t), ...what);
    if (!sight.letter.digest.includes('ff')) return sight;
  }
};

/** Says where, for a whole letter would be no message. */
const sameText = (one: string, other: string, what: string): void => {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, n) => line !== others[n]);
  if (at >= 0) assert.equal(lines[at], others[at], `${what}, line ${at + 1}`);
  assert.equal(lines.length, others.length, what);
};

const same = (one: Sight, other: Sight): void => {
  assert.equal(one.packet.payload, other.packet.payload, 'the answer, byte for byte');
  sameText(one.letter.text, other.letter.text, 'the words of the letter');
  sameText(one.letter.file, other.letter.file, 'the bytes of the letter');
  assert.deepEqual(one.packet, other.packet, 'the packet, sealed and opened');
  assert.deepEqual(one.log, other.log, 'the log of the IRS');
  assert.deepEqual(one.heads, other.heads, 'the heads that each has of the other');
  assert.deepEqual(one.record, other.record, 'the record of Customs');
};

/** Which items are disclosed, in the answer as Customs opens it. */
const outcomes = (sight: Sight): Readonly<Record<string, string>> => {
  const { body } = JSON.parse(sight.packet.payload) as { body: { items: { id: string; outcome: string }[] } };
  return Object.fromEntries(body.items.map(({ id, outcome }) => [id, outcome]));
};

const neutral = 'not disclosed';
const kept = [LINE, ADJUSTMENT];

test('whatever keeps an item back, Customs receives and sees the same', async (t) => {
  const stand = await standAfter(t, async (nodes) => {
    await brought(nodes, 'customs', 'irs', await requested(nodes, document), 'casey-moor');
  });

  let first: Sight | undefined;
  for (const [name, cause] of Object.entries<Cause>(causes))
    await t.test(`two items: ${name}`, async (t) => {
      const sight = await seen(t, stand, keptBack(kept, cause), cause.lineMissing === true ? kept : []);
      assert.deepEqual(outcomes(sight), {
        'sister-purchases': 'disclosed',
        [LINE]: neutral,
        [ADJUSTMENT]: neutral,
      });
      // One entry for the packet, one for the answer, and one for each item.
      assert.equal(sight.added, 2 + all.length);
      same(sight, (first ??= sight));
    });

  await t.test('two items: each for a cause of its own', async (t) => {
    const each = new Map<string, Cause>([
      [LINE, causes['an investigation that it would impair']],
      [ADJUSTMENT, causes['no record']],
    ]);
    const sight = await seen(t, stand, ({ irs }, acts, folder) => reviewWith(irs, acts, each, folder));
    assert.ok(first !== undefined);
    same(sight, first);
  });

  let none: Sight | undefined;
  for (const [name, cause] of Object.entries<Cause>(causes))
    await t.test(`every item: ${name}`, async (t) => {
      const sight = await seen(t, stand, keptBack(all, cause), cause.lineMissing === true ? all : []);
      assert.deepEqual(Object.values(outcomes(sight)), [neutral, neutral, neutral]);
      same(sight, (none ??= sight));
    });

  await t.test('every item: the IRS declines, after a review of three acts or of thirty', async (t) => {
    const decline = { act: 'decline', reason: 'The IRS elects not to.' } as const;
    const short = await seen(t, stand, (_nodes, acts) => acts('alex-firth', decline));
    const long = await seen(t, stand, async (nodes, acts, folder) => {
      for (let day = 17; day <= 19; day++) {
        nodes.clock.now = Date.UTC(2026, 2, day, 14);
        await reviewWith(nodes.irs, acts, new Map(), folder);
      }
      nodes.clock.now = REVIEW;
      await acts('lee-carr', { act: 'withdraw finding', finds: 'identifies informant', reason: 'News.' });
      await acts('lee-carr', {
        act: 'finding',
        finds: 'identifies informant',
        answer: true,
        reason: 'News.',
      });
      await acts('drew-haven', { act: 'approve' });
      await acts('drew-haven', { act: 'withdraw approval', reason: 'Wait.' });
      await acts('alex-firth', { act: 'elect', items: [LINE], reason: 'Perhaps.' });
      await acts('alex-firth', { act: 'withdraw election', items: [LINE], reason: 'No.' });
      await acts('alex-firth', decline);
    });
    // The release is the third.
    assert.equal(short.acts, 3);
    assert.ok(long.acts >= 30, String(long.acts));
    same(long, short);
    assert.ok(none !== undefined);
    same(short, none);
  });

  await t.test('and if an item is disclosed, Customs does see it: the comparison can fail', async (t) => {
    const sight = await seen(t, stand, keptBack([ADJUSTMENT], causes['an informant']));
    assert.equal(outcomes(sight)[LINE], 'disclosed');
    assert.ok(first !== undefined);
    assert.notEqual(sight.packet.payload, first.packet.payload);
    assert.notEqual(sight.letter.text, first.letter.text);
    assert.notEqual(sight.letter.file, first.letter.file);
    assert.notDeepEqual(sight.record, first.record);
    // The log tells not even this: it has the same entries for what is disclosed and for what is not.
    assert.deepEqual(sight.log, first.log);
  });

  await t.test('the review’s own log is served under no path', async (t) => {
    const nodes = await stand(t);
    await play(nodes, keptBack(kept, causes['an informant']));
    const { irs } = nodes;
    const app = logRoutes(irs);
    const others = ['irs-review', 'review', '../irs-review', '%2e%2e/irs-review', '../../review', '2'];
    const files = ['checkpoint', 'vkey', 'tile/0/000', 'tile/entries/000', 'tile/2/000'];
    for (let width = 1; width <= 80; width++)
      files.push(`tile/0/000.p/${width}`, `tile/entries/000.p/${width}`);
    const paths = files.flatMap((file) => [
      `/log/${file}`,
      ...others.flatMap((other) => [
        `/log/${other}/${file}`,
        `/${other}/log/${file}`,
        `/log/${file}?log=${other}`,
      ]),
    ]);
    let answered = 0;
    for (const path of paths) {
      const answer = await app.request(path);
      if (answer.status !== 200) continue;
      answered++;
      const asked = new URL(path, 'https://irs.example').pathname.slice('/log/'.length);
      const own = asked === 'vkey' ? Buffer.from(`${irs.card.vkey}\n`) : await irs.views.file('irs', asked);
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(own ?? []), path);
    }
    assert.ok(answered > 0);
    const reviewHead = (await irs.views.head('irs-review')) ?? '';
    const origin = reviewHead.split('\n')[0] ?? '';
    assert.notEqual(origin, '');
    assert.ok(!(await irs.views.head('irs'))?.includes(origin));
    assert.ok(!JSON.stringify(irs.card).includes(origin), 'nor does its card name it');
  });
});

/** Sends a request as it is: as a system would that does not check it first. */
const sentUnchecked = async ({ customs }: Three, asked: unknown): Promise<Receipt> => {
  await draftRequest(customs, { person: 'jordan-vale' }, reference, asked);
  const { draft } = await customsCase(customs, reference);
  assert.ok(draft !== undefined);
  const place = casePlace(reference);
  const exchange = { log: 'customs', stream: exchangeStream('irs') } as const;
  return act(
    customs,
    { person: 'robin-alder' },
    {
      log: 'customs',
      asked: 'sent unchecked',
      reads: [place, exchange],
      decide: async (_stream, actor, when) => {
        const { name, title, capacity = 'Commissioner' } = actor;
        const signature = { name, title, office: 'Customs', capacity } as const;
        const body = bodyOf(draft, { dated: when.day, signature }) as unknown as Json;
        const letter = { kind: 'request', to: 'irs', case: reference, body } as const;
        const packet = await sign(customs, letter, actor, when);
        const content = sealedJws(packet, packet.id);
        const by = stamp(actor, when);
        const events = inStream(place, reference, [
          { kind: 'request-signed', cite: '(b)', data: { ...by, dated: when.day, signature, document: '' } },
          { kind: 'request-sent', cite: '(b)', data: { ...by, packet: packet.digest, jws: content.id } },
        ]);
        return {
          events: [packetSent({ ...packet, content: content.id }, letter, actor, when), ...events],
          contents: [content],
        };
      },
    },
  );
};

test('an item that fails on the request’s own words goes back with its reason, and with no other', async (t) => {
  const incomplete = {
    ...document,
    items: document.items.map(({ necessity, ...item }) =>
      item.id === LINE || necessity === undefined ? item : { ...item, necessity },
    ),
  };
  const stand = await standAfter(t, async (nodes) => {
    await brought(nodes, 'customs', 'irs', await sentUnchecked(nodes, incomplete), 'casey-moor');
  });
  const returning =
    (cause: Cause): Play =>
    async (nodes, acts, folder) => {
      await keptBack([LINE], cause)(nodes, acts, folder);
      await acts('alex-firth', { act: 'return for cure' });
    };

  let first: Sight | undefined;
  for (const name of [
    'a line that the return does not have',
    'an informant',
    'no record',
    'an election of the IRS',
  ] as const)
    await t.test(`the same whatever else is known: ${name}`, async (t) => {
      const sight = await seen(t, stand, returning(causes[name]));
      assert.equal(outcomes(sight)[LINE], 'returned for cure');
      assert.equal(outcomes(sight)[ADJUSTMENT], neutral);
      same(sight, (first ??= sight));
    });

  await t.test('and Customs can tell it from “not disclosed”: the comparison can fail', () => {
    assert.ok(first !== undefined);
    assert.match(first.packet.payload, /"reasons":\[\{"cite":"\(b\)\(4\)"/);
    assert.match(first.letter.text, /Returned for cure1 item/);
    assert.match(JSON.stringify(first.record), /"outcome":"returned for cure","reasons"/);
  });
});
