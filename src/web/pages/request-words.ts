import type { Choice } from '../parts/fields.ts';
import type { OpenDraft } from '../../casework/acts/request.ts';
import { certificates } from '../../letter/request.ts';

/** What a request may say, in words for a page and for the letter. */

export const kindChoices: readonly Choice[] = [
  { value: 'section 509 audit', label: 'An audit under section 509 of the Tariff Act of 1930' },
  {
    value: 'risk analysis and survey',
    label: 'A risk analysis and survey',
    hint: 'No audit under section 509: nothing can be requested for it.',
  },
  {
    value: 'inquiry',
    label: 'An inquiry',
    hint: 'No audit under section 509: nothing can be requested for it.',
  },
  {
    value: 'zone or warehouse quantity check',
    label: 'A quantity check of a zone or warehouse',
    hint: 'No audit under section 509: nothing can be requested for it.',
  },
];

export const stageChoices: readonly Choice[] = [
  { value: 'initiated', label: 'It has been initiated' },
  {
    value: 'intended',
    label: 'It is intended',
    hint: 'Nothing can be asked about related taxpayers yet, (c).',
  },
  { value: 'dropped', label: 'It was dropped', hint: 'Nothing more may be requested for it.' },
];

export const certifiedChoices: readonly Choice[] = [
  { value: 'audit initiated', label: 'Customs has initiated an audit of this taxpayer' },
  { value: 'audit intended', label: 'Customs intends to initiate an audit of this taxpayer' },
  {
    value: 'relationship',
    label: 'This taxpayer has a transactional or ownership relationship with the subject of the audit',
  },
];

export const relationshipChoices: readonly Choice[] = [
  { value: 'transactional', label: 'Transactional: they deal with each other' },
  { value: 'ownership', label: 'Ownership: one owns the other, or both have one owner' },
];

export const purposeChoices: readonly Choice[] = [
  {
    value: 'correctness of an entry',
    label: 'To ascertain the correctness of an entry in the audit, (a)(1)',
  },
  {
    value: 'recovery of what is due',
    label: 'To recover or collect what the audit found due and owing, (a)(2)',
  },
  {
    value: 'other',
    label: 'For something else besides',
    hint: 'A second purpose defeats the item: (a) says “solely”.',
  },
];

export const relatesChoices: readonly Choice[] = [
  { value: 'declared value', label: 'The declared value' },
  { value: 'classification', label: 'The classification' },
  { value: 'rate of duty', label: 'The rate of duty' },
  { value: 'something else', label: 'Something else', hint: 'Nothing else can be requested, (c).' },
];

type Taxpayer = OpenDraft['taxpayers'][number];

export const taxpayerName = ({ taxpayers }: Pick<OpenDraft, 'taxpayers'>, id: string | undefined): string => {
  const taxpayer = taxpayers.find((one) => one.id === id);
  return taxpayer === undefined ? 'nobody named yet' : (taxpayer.name ?? 'a taxpayer not named yet');
};

/** What is certified of a taxpayer, as the letter says it. */
export const certificateWords = ({ certified }: Pick<Taxpayer, 'certified'>): string =>
  certified === undefined ? 'Nothing is certified.' : certificates[certified];

export const taxpayerChoices = (draft: OpenDraft): readonly Choice[] =>
  draft.taxpayers.map(({ id }) => ({ value: id, label: taxpayerName(draft, id) }));

export const periodWords = ({ period, date }: OpenDraft['items'][number]): string =>
  date ?? (period === undefined ? 'not stated' : `${period.from ?? '…'} to ${period.to ?? '…'}`);
