import type { BookTaxpayer } from './book.ts';
import { bookOf, caseIn } from './book.ts';
import type { EntryName, RecordedEvent } from './event.ts';
import { inOrder, ofOffices, officeNames } from './event.ts';
import { type Party, partyWords } from './party.ts';
import { type RecordRow, stands } from './row.ts';
import { rowsOf } from './rows.ts';

/**
 * One line of the accounting of disclosures under the Privacy Act, 5 USC 552a(c)(1): date, nature and purpose, and name and
 * address of the person or agency. Kept five years or for the life of the record, whichever is longer, 552a(c)(2).
 */
export interface AccountingRow {
  readonly entry: EntryName;
  readonly date: string;
  readonly nature: string;
  readonly purpose: string;
  readonly recipient: string;
  /** `not on record` where the act has none: a correcting entry adds it. */
  readonly address: string;
  /** The individual’s name. */
  readonly individual: string;
  /** `not stated` where the request does not tell whether the taxpayer is an individual: accounted for all the same. */
  readonly isIndividual: 'yes' | 'not stated';
}

/** An SSN is written 123-45-6789 and an EIN 12-3456789; nine digits alone, or no number, do not tell which. */
const individual = ({ tin }: Pick<BookTaxpayer, 'tin'>): 'yes' | 'no' | 'not stated' =>
  /^\d{3}-\d{2}-\d{4}$/.test(tin) ? 'yes' : /^\d{2}-\d{7}$/.test(tin) ? 'no' : 'not stated';

/** Where the two agencies are reached; of persons the act has the address, or a correcting entry. */
const addresses: Readonly<Record<string, string>> = {
  [officeNames.irs]: '1111 Constitution Avenue NW, Washington, DC 20224',
  [officeNames.justice]: '950 Pennsylvania Avenue NW, Washington, DC 20530',
};

const addressOf = ({ address, office }: Party): string => address || (addresses[office] ?? 'not on record');

/** The request itself tells the IRS of the individual out of Customs’ own files, so it is accounted for like a disclosure. */
const natureOf = (row: RecordRow, what: string): string | undefined => {
  if (row.direction !== 'by this office' || !stands(row)) return undefined;
  if (row.kind === 'request') return `Request for return information that names the individual: ${what}`;
  return row.kind === 'disclosure' ? `Return information ${row.act}: ${what}` : undefined;
};

/**
 * Customs’ accounting: what went out of its files about individuals, to any person or other agency. Looks and uses inside of
 * Customs are not accounted for, 552a(b)(1) and (c)(1). A line for each individual and item.
 */
export const accountingOf = (
  events: readonly RecordedEvent[],
  context: readonly RecordedEvent[] = [],
): readonly AccountingRow[] => {
  const own = inOrder(ofOffices(events, 'customs'));
  const book = bookOf(inOrder([...context, ...own]));
  return rowsOf(own, context).flatMap((row) =>
    row.items.flatMap((item): AccountingRow[] => {
      const nature = natureOf(row, [item.what, item.period].filter((text) => text !== '').join(', '));
      const taxpayer = caseIn(book, row.case).taxpayers.get(item.taxpayer);
      const is = taxpayer === undefined ? 'not stated' : individual(taxpayer);
      if (nature === undefined || is === 'no') return [];
      return [
        {
          entry: row.entry,
          date: row.date,
          nature,
          purpose: row.why,
          recipient: partyWords(row.to),
          address: addressOf(row.to),
          individual: item.taxpayerName || item.taxpayer,
          isIndividual: is,
        },
      ];
    }),
  );
};
