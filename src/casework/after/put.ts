import { bareOf } from './events.ts';
import type { askedFindings } from './question.ts';

type Finds = (typeof askedFindings)[number];

/** A question as a door has it, before anything of it is judged: what was not said is undefined. */
export interface Put {
  readonly proposal: Readonly<Record<string, unknown>>;
  /** What whoever asks finds, each with the reason: without a reason nothing is found. */
  readonly reasons: Readonly<Partial<Record<Finds, string | undefined>>>;
  /** What of it is found as counsel. */
  readonly asCounsel?: readonly Finds[];
  readonly do?: Readonly<Record<string, unknown>> | undefined;
  /** Why once more what was done before. */
  readonly again?: string | undefined;
}

/** What `may i` takes, from what was said at a door: the same for the command line and the page. */
export const putQuestion = ({ proposal, reasons, asCounsel = [], do: deed, again }: Put) => ({
  proposal: bareOf(proposal),
  findings: Object.entries(reasons)
    .filter(([, reason]) => reason !== undefined)
    .map(([finds, reason]) => ({
      finds,
      answer: true,
      reason,
      ...(asCounsel.some((one) => one === finds) ? { counsel: true } : {}),
    })),
  ...(deed === undefined ? {} : { do: bareOf(deed) }),
  ...(again === undefined ? {} : { again: true, reason: again }),
});
