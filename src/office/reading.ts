import { type ActName, type ActOf, readAct } from '../casework/acts/act.ts';
import type { Actor } from '../casework/acts/people.ts';
import { type Problem, ProblemError } from '../ground/problem.ts';
import type { NewContent, NewEvent, StoredEvent } from '../store/types.ts';
import type { Order, Place, When } from './act.ts';
import type { AtGate } from './gate.ts';

export type Read = (place: Place) => readonly StoredEvent[];

/** What one kind of packet means to this office: which streams it is decided by, and which events it makes. */
export interface Reading {
  /** What has to be recorded in another log first. */
  readonly before?: (order: Order) => Promise<void>;
  readonly reads: readonly Place[];
  readonly decide: (
    read: Read,
    actor: Actor,
    when: When,
  ) => { events: readonly NewEvent[]; contents?: readonly NewContent[] };
}

/** What a packet says must be an act of its kind, whole; if not, the packet is refused, with every field that is wrong. */
export const readBody = <Name extends ActName>(input: unknown): ActOf<Name> => {
  try {
    return readAct(input) as ActOf<Name>;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [first, ...rest] = error.problems;
    const refused = (problem: Problem): Problem => ({
      ...problem,
      kind: 'packet-refused',
      next: 'Store nothing of it; tell the office which field is wrong.',
    });
    throw new ProblemError(refused(first), ...rest.map(refused));
  }
};

export const common = ({ checked: { payload, digest } }: AtGate) => ({
  case: payload.case ?? '',
  packet: digest,
  body: payload.body,
});
