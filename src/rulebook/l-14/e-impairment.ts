import { is } from '../formula.ts';
import { bars } from '../rule.ts';

const reading = [
  'R5',
  'The text bars on the IRS’s determination; that an unasked question also holds the item is our own rule.',
] as const;

export const informant = bars('(e)', 'informant', is('wouldIdentifyInformant'), {
  law: 'if the IRS determines that the disclosure would identify a confidential informant',
  reading,
  cure: 'The officer for paragraph (e) answers, and signs, whether it would; while the answer is yes, nothing goes out.',
});

export const impairment = bars('(e)', 'impairment', is('wouldSeriouslyImpair'), {
  law: 'or seriously impair any civil or criminal tax investigation or proceeding',
  reading,
  cure: 'The officer for paragraph (e) answers, and signs, whether it would; while the answer is yes, nothing goes out.',
});

export const rules = [informant, impairment];
