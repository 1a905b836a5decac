/*
 * How fast the first hop is decided, beside other engines given the same rules: `npm ci --prefix bench`, then
 * `node bench/decide.ts`. Every engine names every failed and every missing rule of the same 10,000 seeded fact sets,
 * and is checked for that answer before it is timed. Bounded: under a minute.
 */
import assert from 'node:assert/strict';
import { determine } from '../src/rulebook/determine.ts';
import {
  type FactId,
  type Facts,
  bitOf,
  factIds,
  nothingKnown,
  unknownOf,
  valuesOf,
} from '../src/rulebook/facts.ts';
import { factsOf } from '../src/rulebook/formula.ts';
import { hopOf } from '../src/rulebook/rulebook.ts';
import { conditionsOf } from './condition.ts';
import { type Doc, peersOf } from './peers.ts';

const SETS = 10_000;
const ROUNDS = 5;
const hop = hopOf('irs-to-customs');
const conditions = hop.rules.flatMap(conditionsOf);
const read: readonly FactId[] = factIds.filter((id) =>
  hop.rules.some((rule) => factsOf(rule.when).includes(id)),
);

/** Mulberry32, seeded: the same fact sets on every machine. */
let state = 0x6103;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** From files in which nearly all is in order to files in which nothing is: the share of unknown and bad differs from set to set. */
const answers = (): Doc => {
  const order = random();
  const good = (id: FactId): string => {
    const rule = hop.rules.find(({ when }) => factsOf(when).includes(id));
    const bad = rule?.kind === 'bars' || id === 'purposeOther' || id === 'isAdjustment';
    return valuesOf(id)[id === 'treatyExtent' || !bad ? 0 : 1] ?? '';
  };
  const any = (id: FactId) =>
    ['unknown', ...valuesOf(id)][Math.floor(random() * (valuesOf(id).length + 1))] ?? '';
  return Object.fromEntries(read.map((id) => [id, random() < order ? good(id) : any(id)]));
};

const factsFrom = (doc: Doc): Facts => {
  const facts = nothingKnown();
  for (const id of read) {
    const said = doc[id] ?? 'unknown';
    facts[id] = said === 'unknown' ? unknownOf(id) : bitOf(id, said);
  }
  return facts;
};

const docs = Array.from({ length: SETS }, answers);
const sets = docs.map(factsFrom);

const expected = sets.map((facts) => {
  const { failed, missing } = determine(hop.id, facts);
  return hop.rules.flatMap((rule, n) => [
    ...(failed.includes(rule) ? [2 * n] : []),
    ...(missing.includes(rule) ? [2 * n + 1] : []),
  ]);
});

let kept: unknown;
interface Contender {
  readonly name: string;
  readonly sample: number;
  /** One pass; decisions made. */
  readonly pass: () => number | Promise<number>;
}

const repeat = 20;
const ours: Contender = {
  name: 'waybill, equal determinations shared',
  sample: SETS,
  pass: () => {
    for (let n = 0; n < repeat; n += 1) for (const facts of sets) kept = determine(hop.id, facts);
    return SETS * repeat;
  },
};

/** As a caller would who wants an object of its own for each finding. */
const fresh: Contender = {
  name: 'waybill, a fresh object of all findings',
  sample: SETS,
  pass: () => {
    for (const facts of sets) {
      const { verdict, failed, missing } = determine(hop.id, facts);
      kept = {
        verdict,
        failed: failed.map(({ id, cite, cure }) => ({ id, cite, cure })),
        missing: missing.map(({ id, cite, cure }) => ({ id, cite, cure })),
      };
    }
    return SETS;
  },
};

/** From answers in words, as the peers take them: what the door does once is done here for every decision. */
const inWords: Contender = {
  name: 'waybill, from answers in words',
  sample: SETS,
  pass: () => {
    for (const doc of docs) kept = determine(hop.id, factsFrom(doc));
    return SETS;
  },
};

const peers = peersOf(conditions);
for (const peer of peers)
  for (let n = 0; n < peer.sample; n += 1) {
    const said = peer.holding(await peer.decide(docs[n] ?? {}));
    assert.deepEqual(
      [...new Set(said)].toSorted((a, b) => a - b),
      expected[n],
      `${peer.name} differs on fact set ${n}`,
    );
  }
console.log(
  `All ${peers.length} peers name the same failed and missing rules (slow ones over their sample).\n`,
);

const contenders: readonly Contender[] = [
  ours,
  fresh,
  inWords,
  ...peers.map(({ name, sample, decide }) => ({
    name,
    sample,
    pass: async () => {
      for (let n = 0; n < sample; n += 1) {
        const answer = decide(docs[n] ?? {});
        kept = answer instanceof Promise ? await answer : answer;
      }
      return sample;
    },
  })),
];

const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
for (let round = 0; round <= ROUNDS; round += 1)
  for (const { name, pass } of contenders) {
    const start = performance.now();
    const made = await pass();
    // Round 0 warms up.
    if (round > 0) rates.get(name)?.push((made / (performance.now() - start)) * 1000);
  }
assert.ok(kept);

const median = (name: string) => rates.get(name)?.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
const number = (n: number) => (n < 100 ? n.toFixed(1) : Math.round(n).toLocaleString('en-US'));
console.log(
  `${'engine'.padEnd(42)}${'decisions/s'.padStart(14)}${'ours is'.padStart(12)}${'fresh is'.padStart(12)}   fact sets`,
);
for (const { name, sample } of contenders)
  console.log(
    name.padEnd(42) +
      number(median(name)).padStart(14) +
      `${number(median(ours.name) / median(name))} ×`.padStart(12) +
      `${number(median(fresh.name) / median(name))} ×`.padStart(12) +
      `   ${number(sample)}`,
  );
console.log(
  `\n${hop.rules.length} rules, ${SETS.toLocaleString('en-US')} fact sets, ${new Set(expected.map(String)).size.toLocaleString('en-US')} different outcomes; medians of ${ROUNDS} alternating rounds. Node ${process.version}.`,
);
