import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseEvent } from '../casework/acts/events.ts';
import { type Step, type World, base, holdingOf, take, worldAt } from '../casework/after/world.fixture.ts';
import { chainOfCase } from './chain-of-case.ts';
import type { Chain, ChainEvent, EventsByOffice, OfficeId } from './chain.ts';
import { custodyTable } from './custody-table.ts';
import { text } from './read.ts';

/** The acts are played without signatures, so that a packet has another digest at each end: here it gets one. */
const packetOf = (office: OfficeId, { kind, packet }: CaseEvent): string | undefined => {
  if (/^(item-referred|referral-received)$/.test(kind) || (office === 'justice' && kind === 'item-received'))
    return 'referral';
  if (kind === 'recall-forwarded' || (office === 'justice' && /recall/.test(kind)))
    return 'recall to Justice';
  return /^(recall-made|recall-received|item-recalled)$/.test(kind) ? 'recall to Customs' : packet;
};

/** The case as the acts themselves make it, from the request on; one act a step. */
const played = (stage: string, more: readonly Step[]): { events: EventsByOffice; world: World } => {
  const events: Record<OfficeId, ChainEvent[]> = { irs: [], customs: [], justice: [] };
  const record = (office: OfficeId, act: (event: CaseEvent) => string, all: readonly CaseEvent[]): void => {
    for (const event of all) {
      const time = (event.data as { at: number }).at;
      const packet = event.packet === undefined ? undefined : packetOf(office, event);
      events[office].push({
        ...event,
        ...(packet === undefined ? {} : { packet }),
        log: office,
        seq: events[office].length,
        act: act(event),
        person: text(event.data, 'by', 'id'),
        title: text(event.data, 'by', 'title'),
        time,
      });
    }
  };
  let world = worldAt('answered');
  const byPacket = ({ kind, packet }: CaseEvent): string => packet ?? kind;
  record('irs', byPacket, world.base.irs);
  record('customs', byPacket, world.base.customs);
  const steps: Step[] = [...more];
  for (let at: string | undefined = stage; at !== undefined; at = base.stages[at]?.after)
    steps.unshift(...(base.stages[at]?.steps ?? []));
  for (const [n, step] of steps.entries()) {
    const { world: next, office, outcome } = take(world, step);
    world = next;
    const id = office === 'IRS' ? 'irs' : office === 'Customs' ? 'customs' : 'justice';
    record(id, () => `step ${n}`, outcome.events);
  }
  return { events, world };
};

const told = (chain: Chain): readonly string[] =>
  chain.hops.map(({ kind, outcome, match }) =>
    [kind, ...(outcome === 'done' ? [] : [outcome]), ...(match === 'within' ? [] : [match])].join(' '),
  );

test('every act after the release, as the acts make them, is a hop or a row', () => {
  const { events } = played('down', []);
  const chain = chainOfCase(events);
  const hops = told(chain);
  for (const one of [
    'request matched',
    'answer matched',
    'use',
    'disclosure',
    'referral matched',
    'recall matched',
    'notice',
  ])
    assert.ok(hops.includes(one), `${one} is not among ${hops.join(', ')}`);
  assert.equal(hops.filter((one) => one === 'recall matched').length, 2, 'to Customs, and on to Justice');
  const all = Object.values(events).flat().length;
  const rows = [
    ...chain.hops.flatMap(({ sent, received }) => [...sent, ...received]),
    ...chain.notes.flatMap(({ entries }) => entries),
  ];
  assert.equal(rows.length, all);
  assert.ok(custodyTable(chain).rows.rows.length > 10);
});

test('whoever the acts say holds an item, holds it in the chain', () => {
  const { events, world } = played('expert', []);
  const { holdings, holders } = chainOfCase(events);
  for (const office of ['Customs', 'Justice'] as const) {
    const column = office === 'Customs' ? 'customs' : 'justice';
    const inChain = holdings.filter(({ holder }) => holders.get(holder)?.column === column);
    assert.deepEqual(
      [...new Set(inChain.map(({ item }) => item))].sort(),
      [...holdingOf(world, office).items.keys()].sort(),
      office,
    );
  }
});
