import type { Block, LetterContent } from './block.ts';
import { conditions } from './conditions.ts';
import type { LetterInput, Party } from './input.ts';
import { disclosedTable, notDisclosedTable, returnedTable } from './tables.ts';
import { count, longDate, readable, section } from './words.ts';

/** “Federal Tax Information” is the label that IRS Publication 1075 asks for on what holds it. */
const label = {
  name: 'Federal Tax Information',
  law: 'Inspection and disclosure restricted by law: 26 USC 6103, 7213, 7213A, 7431',
};

/** The letter's content. Throws a RangeError where the lists of items contradict one another. */
export const compose = (input: LetterInput): LetterContent => {
  checkItems(input);
  return {
    title: `Letter of transmittal ${readable(input.reference)}, 26 CFR 301.6103(l)(14)-1`,
    author: 'Internal Revenue Service',
    reference: readable(input.reference),
    date: input.date,
    label,
    notice: input.notice === undefined ? undefined : readable(input.notice),
    digest: readable(input.basis.determination),
    blocks: [...opening(input), ...answer(input), ...closing(input), ...enclosures(input)],
  };
};

/** An item in two lists would be both told and withheld. */
const checkItems = ({ disclosed, returned, notDisclosed, extract }: LetterInput): void => {
  const numbers = [...disclosed, ...returned, ...notDisclosed].map((one) => one.number);
  if (new Set(numbers).size !== numbers.length)
    throw new RangeError('letter: an item number stands twice in the lists of items');
  if (extract === undefined && disclosed.some((one) => 'inExtract' in one.values))
    throw new RangeError('letter: values are said to stand in the extract, but no extract is named');
};

const party = ({ name, title, office, address }: Party): string[] =>
  [name, title, office, ...(address ?? [])].map(readable);

const opening = ({
  sender,
  addressee,
  date,
  reference,
  request,
  audit,
  salutation,
}: LetterInput): Block[] => [
  {
    kind: 'letterhead',
    lines: [
      'Department of the Treasury',
      'Internal Revenue Service',
      [sender.office, ...(sender.address ?? [])].map(readable).join(' · '),
    ],
  },
  {
    kind: 'address',
    lines: party(addressee),
    pairs: [
      ['Date', longDate(date)],
      ['Our reference', readable(reference)],
      ['Your request', readable(request.reference)],
      ['Request dated', longDate(request.date)],
      ['Audit', readable(audit.reference)],
    ],
  },
  { kind: 'heading', level: 1, text: `Return information for the audit of ${readable(audit.importer)}` },
  { kind: 'paragraph', text: readable(salutation) },
];

const answer = (input: LetterInput): Block[] => {
  const { disclosed, returned, notDisclosed, titles, audit } = input;
  const asked = disclosed.length + returned.length + notDisclosed.length;
  const pairs: [string, string][] = [
    ['Disclosed with this letter', `${count(disclosed.length, 'item')} (Enclosure 1)`],
    ['Returned for cure', `${count(returned.length, 'item')} (Enclosure 2)`],
    ['Not disclosed', `${count(notDisclosed.length, 'item')} (Enclosure 3)`],
  ];
  return [
    {
      kind: 'paragraph',
      text: `On ${longDate(input.request.date)} you asked, under section 6103(l)(14) of the Internal Revenue Code and ${section}, for ${count(asked, 'particular item')} of return information, for your audit of ${readable(audit.importer)} under section 509 of the Tariff Act of 1930. This letter answers item by item.`,
    },
    { kind: 'pairs', pairs },
    ...(disclosed.length === 0 ? nothing : received(titles)),
  ];
};

const nothing: readonly Block[] = [
  {
    kind: 'paragraph',
    text: 'No item is disclosed with this letter. The letter itself, and whom it is about, remain confidential under section 6103; keep it as you keep federal tax information.',
  },
];

const received = (titles: readonly string[]): Block[] => [
  {
    kind: 'paragraph',
    text: 'What is disclosed are particular items, not returns. Only officers and employees of Customs who hold one of the titles that your request designated may receive them:',
  },
  { kind: 'list', items: titles.map(readable) },
  {
    kind: 'paragraph',
    text: 'The items are federal tax information and stay confidential under section 6103 in your hands. Enclosure 4 states the conditions of their use, the records you must keep, what to do when use ends, and the penalties. Please see that everyone who receives an item has read it first.',
  },
];

const closing = ({ sender, disclosed }: LetterInput): Block[] => [
  {
    kind: 'signature',
    closing: 'Sincerely,',
    lines: [sender.name, sender.title, sender.office].map(readable),
  },
  {
    kind: 'paragraph',
    lead: 'Enclosures:',
    text: titlesOf(disclosed.length > 0)
      .map((title, index) => `${index + 1} ${title}`)
      .join('; '),
  },
];

const titlesOf = (anything: boolean): string[] => [
  'Items disclosed',
  'Items returned for cure',
  'Items not disclosed',
  ...(anything ? ['Conditions of use'] : []),
  'Basis of this letter',
];

/** Every list stands in every letter, empty or not: a part that comes and goes would itself tell something. */
const enclosures = (input: LetterInput): Block[] => {
  const anything = input.disclosed.length > 0;
  const bodies = [
    disclosedItems(input),
    returnedItems(input),
    withheldItems(input),
    ...(anything ? [conditions] : []),
    basis(input),
  ];
  return titlesOf(anything).flatMap((title, index): Block[] => [
    {
      kind: 'heading',
      level: 2,
      text: `Enclosure ${index + 1}: ${title}`,
      ...(index === 0 ? { newPage: true as const } : {}),
    },
    ...(bodies[index] ?? []),
  ]);
};

const none: readonly Block[] = [{ kind: 'paragraph', text: 'None.' }];

const disclosedItems = ({ disclosed, extract }: LetterInput): readonly Block[] =>
  disclosed.length === 0
    ? none
    : [
        {
          kind: 'paragraph',
          text: `The numbers are those of your request. Values are shown as filed; thousands separators are added to dollar amounts.${
            extract === undefined
              ? ''
              : ` The same values stand, with the place of each in its return, in the file ${readable(extract.file)} (Enclosure 5).`
          }`,
        },
        disclosedTable(disclosed),
      ];

const returnedItems = ({ returned }: LetterInput): readonly Block[] =>
  returned.length === 0
    ? none
    : [
        {
          kind: 'paragraph',
          text: 'As written, the request does not meet the paragraph named for each of these items. Nothing else is said about them here. You may send them again, mended.',
        },
        returnedTable(returned),
      ];

const withheldItems = ({ notDisclosed }: LetterInput): readonly Block[] =>
  notDisclosed.length === 0
    ? none
    : [
        {
          kind: 'paragraph',
          text: 'The same words answer every item that is not disclosed, whatever the cause, also where there is no record to disclose. Nothing can be concluded from them. Paragraph (a) says that the Internal Revenue Service may disclose; it need not.',
        },
        notDisclosedTable(notDisclosed),
      ];

const basis = ({ basis: { edition, rulebook, determination }, extract }: LetterInput): readonly Block[] => [
  {
    kind: 'paragraph',
    text: `Each item was decided under ${section}. The digests are SHA-256: they name the exact rules, and the exact record of the determination that the Internal Revenue Service keeps.`,
  },
  {
    kind: 'pairs',
    pairs: [
      ['Edition', readable(edition)],
      ['Rulebook', readable(rulebook)],
      ['Determination', readable(determination)],
      ...(extract === undefined
        ? []
        : ([
            ['Extract', readable(extract.file)],
            ['Extract digest', readable(extract.sha256)],
          ] as const)),
    ],
  },
];
