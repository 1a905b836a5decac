import type { Gate, GateState } from '../../../casework/acts/board.ts';
import type { FindingName } from '../../../casework/schema.ts';
import type { Duty } from '../../../casework/acts/duties.ts';

/** Heads of the columns: a word for each gate, and the gate’s whole title beside it for who does not know the word. */
export const short: Readonly<Record<Gate['id'], string>> = {
  information: 'Information',
  chapter: 'Chapter',
  purpose: 'Purpose',
  request: 'Request',
  determination: 'Needed',
  taxpayer: 'Taxpayer',
  agreements: 'Agreements',
  impairment: 'Impairment',
  extent: 'Extent',
};

export const findingWords: Readonly<Partial<Record<FindingName, string>>> = {
  'no more than necessary': 'Is this no more than is necessary?',
  'necessary to determination': 'Is it necessary to a Customs determination of the correctness of an entry?',
  'relates to merchandise':
    'Does it relate to the declared value, classification or rate of duty of merchandise?',
  'relationship holds': 'Does the taxpayer have the relationship that the request certifies?',
  treaty: 'How much of it does a treaty or executive agreement hold back?',
  'identifies informant': 'Would the disclosure identify a confidential informant?',
  'seriously impairs':
    'Would the disclosure seriously impair a civil or criminal tax investigation or proceeding?',
};

/** Who may look at a board at all: whoever has a part in the review. */
export const reviewers: readonly [Duty, ...Duty[]] = [
  'reviews',
  'finds (d)',
  'finds (e)',
  'approves',
  'sends',
  'counsel',
];

/** Answers as they stand on the screen. */
export const answerWords = (answer: boolean | string): string =>
  answer === true ? 'yes' : answer === false ? 'no' : answer;

export const outcomeWords: Readonly<Record<string, string>> = {
  disclosed: 'would be disclosed',
  'not disclosed': 'would not be disclosed',
  'returned for cure': 'would go back for cure',
  'not shown': 'not shown under this title',
};

export const verdictState = {
  permitted: 'met',
  refused: 'not met',
  undetermined: 'not determined',
  'not shown': 'not shown',
} as const satisfies Record<string, GateState>;

export const reviewHref = (reference: string, item?: string): string =>
  `/cases/${encodeURIComponent(reference)}/review${item === undefined ? '' : `/${encodeURIComponent(item)}`}`;
