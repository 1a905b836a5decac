import { z } from 'zod';
import { text } from '../acts/fields.ts';

const instant = z.iso.datetime({ offset: true, error: 'write an instant such as 2026-05-04T09:30:00Z' });

/**
 * The eight particulars of a data incident report (IRS, “Reporting Improper Inspections or Disclosures”, and Publication
 * 1075). None of them may hold tax information: what was affected is named by the case and by the kind of data.
 */
export const particulars = {
  agency: text.describe('1. The agency, and whom to reach about it.'),
  occurred: instant.or(z.literal('not known')).describe('2. When it occurred.'),
  discovered: instant.describe('3. When it was discovered.'),
  how: text.describe('4. How it was discovered.'),
  what: text.describe('5. What happened, and what kind of data it touched; no value, no name.'),
  records: text.describe('6. How many records, or from how many to how many.'),
  address: text.describe('7. Where it occurred.'),
  technology: text.describe('8. What equipment was involved.'),
} as const;

export const particularsSchema = z.strictObject(particulars);
export type Particulars = z.infer<typeof particularsSchema>;
