import { customsStage } from '../casework/acts/customs.ts';
import type { Duty, OfficeName } from '../casework/acts/duties.ts';
import { irsStage } from '../casework/acts/irs.ts';
import { type Holding, isFlagged, unanswered } from '../casework/after/holding.ts';
import { unforwarded } from '../casework/after/recall.ts';
import type { CaseFile } from './case-file.ts';

/** What has to be done next on a case, and whose it is to do: titles of this office with one of these duties, or another office. */
export interface Next {
  readonly what: string;
  readonly by: readonly Duty[] | OfficeName;
}

export interface CaseLine {
  readonly reference: string;
  readonly title: string;
  readonly stage: string;
  /** Undefined where nothing is open. */
  readonly next?: Next;
  /** The version that an act at this stage is expected to find. */
  readonly steps: number;
}

const holds: readonly Duty[] = ['receives', 'counsel'];

const ofRequest: Readonly<Record<string, Next>> = {
  drafted: {
    what: 'finish the draft; the Commissioner signs it',
    by: ['signs as Commissioner', 'drafts requests'],
  },
  signed: { what: 'send it', by: ['sends'] },
  sent: { what: 'the IRS answers', by: 'IRS' },
};

/** The same words whatever the review has found: who may not read it learns nothing of it here. */
const ofReview: Readonly<Record<string, Next>> = {
  'in review': { what: 'review and approve', by: ['reviews', 'finds (d)', 'finds (e)', 'approves'] },
  approved: { what: 'another person releases', by: ['sends'] },
  'release decided': { what: 'release again, to finish it', by: ['sends'] },
};

const ofRecalls = (holding: Holding): Next | undefined => {
  const open = unanswered(holding).length;
  if (unforwarded(holding).length > 0)
    return { what: 'tell Justice of a recall', by: ['receives', 'counsel', 'sends'] };
  return open === 0
    ? undefined
    : {
        what: open === 1 ? 'an answer to a recall is open' : `${open} answers to recalls are open`,
        by: holds,
      };
};

const ofHolding = (holding: Holding): Next | undefined => {
  const ended = [...holding.items.values()].every((one) => one.ended !== undefined);
  return (
    ofRecalls(holding) ??
    (isFlagged(holding) && !ended ? { what: 'the audit is dropped: end the use', by: holds } : undefined)
  );
};

const withNext = (line: CaseLine, next: Next | undefined): CaseLine =>
  next === undefined ? line : { ...line, next };

/** Where a case stands, in one line. */
export const lineOf = (file: CaseFile): CaseLine => {
  const { reference, events } = file;
  if (file.office === 'irs') {
    const stage = irsStage(file.state);
    const title = file.state.request?.body.title ?? '';
    return withNext({ reference, title, stage, steps: file.review.length }, ofReview[stage]);
  }
  const { holding } = file;
  if (file.office === 'customs') {
    const stage = customsStage(file.state);
    const title = file.state.draft?.title ?? '';
    return withNext(
      { reference, title, stage, steps: events.length },
      ofHolding(holding) ?? ofRequest[stage],
    );
  }
  const stage =
    holding.matter === undefined
      ? 'nothing referred yet'
      : `holds ${holding.items.size} item${holding.items.size === 1 ? '' : 's'}${isFlagged(holding) ? ', audit dropped' : ''}`;
  const title = holding.matter?.title ?? '';
  return withNext({ reference, title, stage, steps: events.length }, ofHolding(holding));
};
