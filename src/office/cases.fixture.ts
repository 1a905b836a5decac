/*
 * Cases of a fictional Customs office as casework writes them, for tests and benches of the record: a request about two taxpayers,
 * its answer, and an audit that opens and uses each item six times. 44 entries a case, 20 of each taxpayer; every two
 * taxpayers are in two cases, so that each has 40 entries. The events are made once and dressed anew for each case.
 */
import { type Step, base, takeAll, worldAt } from '../casework/after/world.fixture.ts';
import type { CaseEvent } from '../casework/acts/events.ts';
import { canonicalJson } from '../ground/canonical.ts';
import type { ActRecord, NewEvent } from '../store/types.ts';

export const PER_CASE = 44;
export const PER_TAXPAYER = 40;
/** Cases that are worked on at the same time: so far apart in the log do the entries of one case lie. */
const OPEN = 2000;

const ITEMS = ['purchases', 'sister-purchases'] as const;
const AUDIT = 'AUDIT-1';

const answered = worldAt('answered');

const steps: readonly Step[] = Array.from({ length: 6 }, () =>
  ITEMS.flatMap((item): Step[] => [
    {
      by: 'jordan',
      on: 'use',
      act: 'open',
      case: 'CBP-1',
      item,
      because: 'To compare it with the entry.',
      for: { audit: AUDIT },
    },
    {
      by: 'jordan',
      on: 'use',
      ask: 'use',
      change: [{ op: 'replace', path: '/proposal/items/0', value: item }],
    },
  ]),
).flat();

/** The acts of a case, each with its events, before they are dressed. */
const template: readonly (readonly CaseEvent[])[] = (() => {
  const acts: CaseEvent[][] = [];
  for (const event of answered.base.customs)
    if (/^item-/.test(event.kind)) acts.at(-1)?.push(event);
    else acts.push([event]);
  let world = answered;
  for (const step of steps) {
    const { length } = world.base.customs;
    world = takeAll(world, [step]);
    acts.push(world.base.customs.slice(length));
  }
  // The names in the order of RFC 8785, so that the bench does not spend its time on sorting the same bodies.
  return acts.map((events) => events.map((event) => JSON.parse(canonicalJson(event)) as CaseEvent));
})();

/** A question: the use of an item in its audit, which is permitted. */
export const useQuestion = (item: string): Record<string, unknown> => {
  const { do: _do, ...question } = structuredClone(base.questions['use'] ?? {}) as {
    do?: unknown;
    proposal: { items: string[] };
  };
  return { ...question, proposal: { ...question.proposal, items: [item] } };
};

export const tinOf = (pair: number): string => `07-${String(pair).padStart(7, '0')}`;
export const nameOf = (pair: number): string => `Wharf Works ${pair} (fictional)`;

/** The acts of a case about a pair of taxpayers. */
export const dressed = (reference: string, pair: number): NewEvent[][] =>
  template.map((events) =>
    events.map((event): NewEvent => ({
      ...(event.kind === 'request-drafted'
        ? (JSON.parse(
            JSON.stringify(event)
              .replaceAll('CBP-1', reference)
              .replaceAll('07-1234567', tinOf(pair))
              .replaceAll('Wharf Works (fictional)', nameOf(pair)),
          ) as CaseEvent)
        : event),
      ...(event.taxpayer === undefined
        ? {}
        : { taxpayer: event.item === 'purchases' ? tinOf(pair).replace('-', '') : nameOf(pair) }),
      stream: `case/${reference}`,
      case: reference,
    })),
  );

/** The request of a case, as its drafter has it. */
export const documentOf = (reference: string, pair: number): unknown =>
  (dressed(reference, pair)[0]?.[0]?.data as { document: unknown }).document;

/** UUIDv7: the milliseconds, and a number that goes up. */
const millisecond = Date.now().toString(16).padStart(12, '0');
let ids = 0;
export const newId = (): string => {
  const n = (ids++).toString(16).padStart(12, '0');
  return `${millisecond.slice(0, 8)}-${millisecond.slice(8)}-7000-8000-${n}`;
};

/**
 * The acts of so many cases, those that are open at the same time by turns. Pairs of taxpayers come again half way. The acts
 * with the first `skip` entries are left out: they are in the log.
 */
export function* actsOf(cases: number, skip = 0): Generator<ActRecord> {
  let entries = 0;
  const open: { stream: string; acts: NewEvent[][]; at: number; version: number }[] = [];
  let next = 0;
  for (let turn = 0; ; turn++) {
    while (open.length < OPEN && next < cases) {
      const reference = `CBP-${String(next).padStart(7, '0')}`;
      // One that begins later than another is not at the same step.
      open.push({
        stream: `case/${reference}`,
        acts: dressed(reference, next % Math.ceil(cases / 2)),
        at: 0,
        version: 0,
      });
      next++;
    }
    if (open.length === 0) return;
    const place = turn % open.length;
    const one = open[place];
    const events = one?.acts[one.at++];
    const [first, ...rest] = events ?? [];
    if (one === undefined || first === undefined) {
      open.splice(place, 1);
      continue;
    }
    const version = one.version;
    one.version += rest.length + 1;
    entries += rest.length + 1;
    if (entries <= skip) continue;
    yield {
      id: newId(),
      asked: 'a'.repeat(64),
      log: 'customs',
      office: 'customs',
      person: 'Jordan Pike',
      title: 'Auditor',
      time: 1_770_000_000 + ids,
      expect: { [one.stream]: version },
      events: [first, ...rest],
    };
  }
}
