import type { Cite } from '../../rulebook/rule.ts';

export const offices = ['IRS', 'Customs', 'Justice'] as const;
export type OfficeName = (typeof offices)[number];

export const duties = [
  'keeps the directory',
  'drafts requests',
  'signs as Commissioner',
  'sends',
  'receives',
  'receives requests',
  'reviews',
  'finds (d)',
  'finds (e)',
  'approves',
  'counsel',
  'inspects',
] as const;
export type Duty = (typeof duties)[number];

interface DutyWords {
  readonly sentence: string;
  readonly cite: Cite | '26 USC 6103(p)(4)';
}

const keeps: DutyWords = {
  sentence: 'Enters people, and the titles that they hold from one day to another.',
  cite: '(b)(4)',
};

const inspects: DutyWords = {
  sentence: 'Reads the record, verifies it and takes it away; enters nothing but that it was taken.',
  cite: '26 USC 6103(p)(4)',
};

/** What a title may carry in each office. A list that is closed: a duty that no paragraph asks for is not in it. */
export const dutiesOf: Readonly<Record<OfficeName, Readonly<Partial<Record<Duty, DutyWords>>>>> = {
  Customs: {
    'keeps the directory': keeps,
    'drafts requests': { sentence: 'Drafts requests, and has them checked.', cite: '(b)' },
    'signs as Commissioner': {
      sentence: 'Signs requests, as Commissioner or acting Commissioner.',
      cite: '(b)',
    },
    sends: { sentence: 'Sends to the IRS what the Commissioner has signed.', cite: '(b)' },
    receives: {
      sentence: 'Receives answers and opens their items, where the request designates the title.',
      cite: '(b)(4)',
    },
    counsel: { sentence: 'Makes the findings that are counsel’s.', cite: '(f)' },
    inspects,
  },
  IRS: {
    'keeps the directory': keeps,
    'receives requests': { sentence: 'Receives requests and their withdrawals.', cite: '(b)' },
    reviews: {
      sentence:
        'Locates records, finds need, extent and relationship, returns for cure, elects not to disclose.',
      cite: '(c)',
    },
    'finds (d)': {
      sentence: 'Finds what lies in an Advance Pricing Agreement file, and what a treaty holds back.',
      cite: '(d)',
    },
    'finds (e)': {
      sentence:
        'Finds whether a disclosure would identify an informant or seriously impair an investigation.',
      cite: '(e)',
    },
    approves: {
      sentence: 'Approves what the review has determined; never sends what it approved.',
      cite: '(a)',
    },
    sends: { sentence: 'Releases what another person has approved.', cite: '(a)' },
    counsel: { sentence: 'Makes the findings that are counsel’s.', cite: '(j)' },
    inspects,
  },
  Justice: {
    'keeps the directory': keeps,
    sends: { sentence: 'Sends this office’s packets.', cite: '(g)' },
    receives: { sentence: 'Receives packets, as one personally and directly engaged.', cite: '(g)' },
    counsel: { sentence: 'Makes the findings that are an attorney’s.', cite: '(h)' },
    inspects,
  },
};

export const dutyOf = (office: OfficeName, duty: Duty): DutyWords | undefined => dutiesOf[office][duty];
