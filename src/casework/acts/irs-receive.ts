import type { ActOf } from './act.ts';
import { type CaseEvent, type Situation, type Stamp, stamp } from './events.ts';
import { received, itemsOf } from './irs-case.ts';
import { taxpayerOf } from './irs-items.ts';
import { type IrsState, evolveIrsCase } from './irs-state.ts';
import type { Actor } from './people.ts';
import { notInOrder, packetRefused, requireDuty } from './problems.ts';

type Events = readonly [CaseEvent, ...CaseEvent[]];

const checkReference = (act: ActOf<'receive request' | 'receive withdrawal'>, reference: string): void => {
  if (reference !== act.case)
    throw packetRefused({
      what: 'The packet is about another request than the case.',
      where: 'body',
      cite: '(b)',
      next: 'Receive it in the case whose reference it has.',
    });
};

/** One event, and one for each item, in the order of the request: Customs knows as much from having asked. */
export const receiveRequest = (
  state: IrsState,
  act: ActOf<'receive request'>,
  actor: Actor,
  now: Situation,
): Events => {
  requireDuty(actor, now.day, 'receives requests');
  const { packet, jws, body } = act;
  checkReference(act, body.request.reference);
  if (state.request !== undefined)
    throw state.request.packet === packet
      ? notInOrder({ what: 'This request was received before.', next: 'Nothing: its receipt is on file.' })
      : packetRefused({
          what: 'The case has its request, and this is a different one.',
          where: 'packet',
          cite: '(b)',
          next: 'Store nothing of it, and write to Customs: another request needs a reference of its own.',
        });
  const event: CaseEvent = {
    kind: 'request-received',
    cite: '(b)',
    packet,
    data: { ...stamp(actor, now), packet, jws, body },
  };
  const with_ = evolveIrsCase(state, event);
  return [
    event,
    ...itemsOf(with_).map(({ id }) => ({
      kind: 'item-asked',
      cite: '(b)',
      item: id,
      ...taxpayerOf(with_, id),
      packet,
      data: stamp(actor, now),
    })),
  ];
};

const told = ({ by, on, at }: Stamp, packet: string, jws: string): Events => [
  { kind: 'withdrawal-received', cite: '(b)', packet, data: { by, on, at, packet, jws } },
];

/**
 * A withdrawal closes the review, in the review’s own log first: there it meets a release in the making, and one of the two
 * is first. Where the release was, the withdrawal comes too late, and only its receipt is recorded. After a crash between
 * the two logs the same packet, given again, finishes the second.
 */
export const receiveWithdrawal = (
  state: IrsState,
  act: ActOf<'receive withdrawal'>,
  actor: Actor,
  now: Situation,
): { readonly review: readonly CaseEvent[]; readonly case: Events } => {
  requireDuty(actor, now.day, 'receives requests');
  const { packet, jws, body } = act;
  checkReference(act, body.reference);
  received(state);
  if (state.told.withdrawals.includes(packet))
    throw notInOrder({
      what: 'This withdrawal was received before.',
      next: 'Nothing: its receipt is on file.',
    });
  if (state.withdrawal !== undefined && state.withdrawal.packet !== packet)
    throw packetRefused({
      what: 'The request was withdrawn before, by another packet.',
      where: 'packet',
      cite: '(b)',
      next: 'Nothing: the review is closed, and nothing will be disclosed.',
    });
  if (state.withdrawal !== undefined) return { review: [], case: told(state.withdrawal, packet, jws) };
  const now_ = stamp(actor, now);
  return {
    review:
      state.release === undefined
        ? [{ kind: 'review-closed', cite: '(b)', packet, data: { ...now_, packet, jws } }]
        : [],
    case: told(now_, packet, jws),
  };
};
