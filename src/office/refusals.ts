import { stamp } from '../casework/acts/events.ts';
import { ProblemError } from '../ground/problem.ts';
import { type Order, act } from './act.ts';
import { GATE } from './gate.ts';
import type { Node } from './node.ts';

/** What somebody tried: a look at an item, or anything else at a door. */
export interface Attempt {
  readonly kind: 'look-refused' | 'door-refused';
  /** What was asked for, in this house's own words: an act's name, or a page's pattern. Never what somebody typed. */
  readonly asked: string;
  readonly case?: string;
}

/** An error passes several doors on its way out; it is put on record at the first. */
const onRecord = new WeakSet<ProblemError>();

/** The IRS's refused attempts tell of its review: they go where no other office reads. */
const logOf = (node: Node) => (node.office === 'irs' ? 'irs-review' : node.log);

/**
 * Looking without right is an offence (26 USC 7213A), and so an attempt is recorded: who, at what, and by which paragraph
 * refused. Only what was refused for want of right is; a mistake in a form is not an attempt. Who is nobody here, or holds no
 * title today, has no act to be recorded under: the door's own log tells of that.
 */
export const recordRefused = async (
  node: Node,
  { person, title }: Order,
  { kind, asked, case: reference }: Attempt,
  error: unknown,
): Promise<void> => {
  if (!(error instanceof ProblemError) || onRecord.has(error)) return;
  const refused = error.problems.filter((one) => one.kind === 'not-entitled');
  if (refused.length === 0) return;
  onRecord.add(error);
  const place = { log: logOf(node), stream: GATE } as const;
  await act(node, title === undefined ? { person } : { person, title }, {
    log: place.log,
    asked: {
      refused: kind === 'look-refused' ? 'look' : asked,
      ...(reference === undefined ? {} : { case: reference }),
    },
    reads: [place],
    decide: (_read, actor, when) => ({
      events: [
        {
          stream: place.stream,
          kind,
          cite: refused[0]?.cite ?? '',
          ...(reference === undefined ? {} : { case: reference }),
          data: { ...stamp(actor, when), asked, cites: refused.flatMap(({ cite }) => cite ?? []) },
        },
      ],
    }),
  }).catch((caught: unknown) => {
    if (!(caught instanceof ProblemError)) throw caught;
  });
};
