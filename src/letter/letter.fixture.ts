import { day } from '../ground/dates.ts';
import type { DisclosedItem, LetterInput, LetterItem } from './letter.ts';

/** Fictional: no such companies, people or numbers exist, and the IRS never issued an EIN that begins with 89 or 96. */
const lamp = { name: 'Harbor Lamp Imports, Inc.', tin: '89-0000117' };
const works = { name: 'Lampworks Ostrava s.r.o. (US branch)', tin: '960000242' };
const year = { from: day('2021-01-01'), to: day('2021-12-31') };

export const costOfGoods: DisclosedItem = {
  number: 1,
  taxpayer: lamp,
  form: '1125-A',
  line: '2',
  caption: 'Purchases during the year',
  period: year,
  unit: 'usd',
  values: [{ value: '48210977' }],
};

export const withheld: LetterItem = {
  number: 5,
  taxpayer: works,
  form: '5472',
  line: 'Part IV, line 13',
  caption: 'Commissions received from the related party',
  period: year,
};

/** A whole letter with an item of every kind. */
export const sample: LetterInput = {
  reference: 'IRS-GLDS-2026-0413',
  date: day('2026-11-24'),
  notice: 'Fictional example. Not a letter of the Internal Revenue Service.',
  sender: {
    name: 'Miriam Okafor-Lindqvist',
    title: 'Disclosure Manager',
    office: 'Governmental Liaison, Disclosure and Safeguards',
    address: ['100 Example Avenue NW', 'Washington, DC 20000'],
  },
  addressee: {
    name: 'The Honorable Teodor Ballestero',
    title: 'Commissioner',
    office: 'U.S. Customs and Border Protection',
    address: ['200 Example Avenue NW', 'Washington, DC 20000'],
  },
  salutation: 'Dear Commissioner Ballestero:',
  request: { reference: 'CBP-RA-2026-118/R2', date: day('2026-10-19') },
  audit: { reference: 'RA-2026-118', importer: lamp.name },
  titles: [
    'Field Director, Regulatory Audit, Long Beach',
    'Senior Auditor, Regulatory Audit',
    'Import Specialist',
  ],
  disclosed: [
    costOfGoods,
    {
      number: 2,
      taxpayer: lamp,
      form: '1125-A',
      line: '4',
      caption: 'Additional section 263A costs',
      period: year,
      unit: 'usd',
      values: [{ value: '-118204' }],
    },
    {
      number: 3,
      taxpayer: works,
      form: '5472',
      line: 'Part IV, line 9',
      caption: 'Purchases of stock in trade from the foreign related party',
      period: year,
      unit: 'usd',
      values: [
        { value: '31044100', document: 'Form 5472, document 1' },
        { value: '907212', document: 'Form 5472, document 2' },
        { value: '12040', document: 'Form 5472, document 3' },
      ],
    },
    {
      number: 4,
      taxpayer: lamp,
      form: '1125-A',
      line: '9a',
      caption: 'Method used for valuing closing inventory',
      period: year,
      values: [{ value: 'Lower of cost or market' }],
    },
  ],
  returned: [
    {
      number: 6,
      taxpayer: lamp,
      form: '1120',
      line: '26',
      caption: 'Other deductions',
      period: year,
      reasons: [
        {
          cite: '(b)(4)',
          reason: 'The request does not say how this item is necessary to its purpose.',
          cure: 'State the entry whose value, classification or rate of duty the item bears on, and how.',
        },
      ],
    },
  ],
  notDisclosed: [withheld],
  extract: {
    file: 'extract-IRS-GLDS-2026-0413.json',
    sha256: '9b1f0c5e4d8a7f36b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f001',
  },
  basis: {
    edition: 'T.D. 8694, in force from December 17, 1996',
    rulebook: '41c7a5d2b36e9f80c1d4e7f2a5b8c3d6e9f0a1b2c3d4e5f60718293a4b5c6d7e',
    determination: 'd2e94c7b1a0f8e6d5c4b3a29180f7e6d5c4b3a2918070605040302010f0e0d0c',
  },
};

/** The sample with one item of so many values, as repeated Forms 5472 give. */
export const longSample = (values: number): LetterInput => {
  const [first, ...rest] = Array.from({ length: values }, (_, at) => ({
    value: String(1000 + ((at * 7919) % 99991) * 37),
    document: `Form 5472, document ${at + 1}`,
  }));
  if (first === undefined) throw new RangeError('longSample: at least one value');
  return {
    ...sample,
    disclosed: sample.disclosed.map((one) => (one.number === 3 ? { ...one, values: [first, ...rest] } : one)),
  };
};
