import { sha256 } from '../ground/digest.ts';
import { canonicalJson } from '../ground/canonical.ts';
import type { RequestBody } from '../casework/acts/request.ts';
import { nameOf, periodOf } from '../casework/items.ts';
import type { Catalogue } from '../returns/catalogue/catalogue.ts';
import type { Block, LetterContent, Pair } from './block.ts';
import { draw } from './pdf/draw.ts';
import { count, longDate, periodWords, readable, section } from './words.ts';

type Taxpayer = RequestBody['taxpayers'][number];
type Item = RequestBody['items'][number];

/** What (b)(4) has Customs certify of a taxpayer, in the words of the letter. */
export const certificates: Readonly<Record<NonNullable<Taxpayer['certified']>, string>> = {
  'audit initiated':
    'Customs certifies that it has initiated, under section 509 of the Tariff Act of 1930, an audit of this taxpayer.',
  'audit intended':
    'Customs certifies that it intends to initiate, under section 509 of the Tariff Act of 1930, an audit of this taxpayer.',
  relationship:
    'Customs certifies that this taxpayer has a transactional or ownership relationship with the subject of such an audit.',
};

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const heading = (text: string): Block => ({ kind: 'heading', level: 2, text });
const lined = (...parts: readonly (string | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined)
    .map(readable)
    .join('\n');

const nameIn = ({ taxpayers }: RequestBody, id: string | undefined): string =>
  taxpayers.find((one) => one.id === id)?.name ?? 'not named';

const opening = ({ request, audit }: RequestBody): Block[] => [
  {
    kind: 'letterhead',
    lines: ['U.S. Customs Service', 'Request for return information', '26 USC 6103(l)(14)'],
  },
  {
    kind: 'address',
    lines: ['Internal Revenue Service', 'Governmental Liaison, Disclosure and Safeguards'],
    pairs: [
      ['Date', longDate(request.dated)],
      ['Our reference', readable(request.reference)],
      ...(audit === undefined ? [] : [['Audit', readable(audit.reference)] as const]),
    ],
  },
];

const asks = ({ items }: RequestBody): Block =>
  paragraph(
    `Under section 6103(l)(14) of the Internal Revenue Code and ${section}, the disclosure of ${count(items.length, 'particular item')} of return information is requested, for the audit and for the purposes stated here.`,
  );

const auditBlocks = (body: RequestBody): Block[] => {
  const { audit } = body;
  if (audit === undefined) return [paragraph('Not stated.')];
  const pairs: Pair[] = [
    ['Audit', readable(`${audit.reference}: ${audit.kind}, ${audit.stage}`)],
    ['Of the importer', readable(nameIn(body, audit.subject))],
    ['Entries', audit.entries.length === 0 ? 'not listed' : readable(audit.entries.join(', '))],
    ...(audit.determined === undefined
      ? []
      : [['Amounts determined due and owing on', longDate(audit.determined)] as const]),
  ];
  return [{ kind: 'pairs', pairs }];
};

const relationshipWords = (
  body: RequestBody,
  { relationship }: Pick<Taxpayer, 'relationship'>,
): string | undefined =>
  relationship === undefined
    ? undefined
    : `The relationship is one of ${relationship.kind === 'ownership' ? 'ownership' : 'transactions'} with ${nameIn(body, relationship.with)}.${relationship.statement === undefined ? '' : ` ${relationship.statement}`}`;

const taxpayerTable = (body: RequestBody): Block => ({
  kind: 'table',
  columns: [
    { title: 'Taxpayer', share: 0.3 },
    { title: 'TIN', share: 0.16 },
    { title: 'What is certified', share: 0.54 },
  ],
  rows: body.taxpayers.map((one) => ({
    cells: [
      readable(one.name),
      one.tin === undefined ? 'not stated' : readable(one.tin),
      lined(
        one.certified === undefined ? 'Nothing is certified.' : certificates[one.certified],
        relationshipWords(body, one),
      ),
    ],
  })),
});

const itemCells = (body: RequestBody, item: Item, number: number, catalogue: Catalogue): string[] => {
  const { form, line, caption } = nameOf(catalogue, item);
  const period = periodOf(item);
  return [
    String(number),
    lined(`Form ${form}${line === '' ? '' : `, line ${line}`}`, caption, item.path),
    lined(nameIn(body, item.taxpayer)),
    period === undefined ? 'not stated' : periodWords(period),
    lined(
      item.purposes.length === 0 ? undefined : `For ${item.purposes.join('; ')}.`,
      item.purpose,
      item.necessity,
      item.relatesTo === undefined ? undefined : `Relates to: ${item.relatesTo}.`,
      item.adjusts === undefined ? undefined : `The IRS’s adjustment of ${item.adjusts}.`,
    ),
  ];
};

const itemTable = (body: RequestBody, catalogue: Catalogue): Block => ({
  kind: 'table',
  columns: [
    { title: 'No.', share: 0.065 },
    { title: 'Item', share: 0.235 },
    { title: 'Taxpayer', share: 0.17 },
    { title: 'Taxable period', share: 0.15 },
    { title: 'Purpose, and how it is necessary', share: 0.38 },
  ],
  rows: body.items.map((item, n) => ({ cells: itemCells(body, item, n + 1, catalogue) })),
});

const signed = ({ request: { dated, signature } }: RequestBody): Block =>
  signature === undefined
    ? paragraph('Not signed.')
    : {
        kind: 'signature',
        closing: `Signed on ${longDate(dated)}`,
        lines: [signature.name, signature.title, `as ${signature.capacity} of Customs`].map(readable),
      };

const composed = (body: RequestBody, catalogue: Catalogue): LetterContent => {
  const { request } = body;
  return {
    title: `Request ${readable(request.reference)}, 26 CFR 301.6103(l)(14)-1(b)`,
    author: 'U.S. Customs Service',
    reference: readable(`Request ${request.reference}`),
    date: request.dated,
    label: {
      name: 'For official use',
      law: 'Names taxpayers and what is asked about them, 26 USC 6103(l)(14)',
    },
    notice: body.fictional ? 'Fictional example' : undefined,
    digest: sha256(canonicalJson(body)),
    blocks: [
      ...opening(body),
      { kind: 'heading', level: 1, text: `Request ${readable(request.reference)}` },
      asks(body),
      heading('The audit'),
      ...auditBlocks(body),
      heading('The taxpayers, and what is certified of each, (b)(4)'),
      taxpayerTable(body),
      heading('To whom the disclosure is authorized, by title, (b)(4)'),
      ...(request.titles.length === 0
        ? [paragraph('Not stated.')]
        : [{ kind: 'list' as const, items: request.titles.map(readable) }]),
      heading(`The particular items, ${body.items.length} in all, (b)(1)`),
      itemTable(body, catalogue),
      signed(body),
    ],
  };
};

/**
 * A request as a tagged PDF (PDF 1.7, made to PDF/UA-1, ISO 14289-1), as the Commissioner signed it. Its digest is that of the
 * request’s body in canonical JSON (RFC 8785). Equal input gives equal bytes.
 */
export const requestLetterPdf = (
  body: RequestBody,
  catalogue: Catalogue,
  { compress = true }: { readonly compress?: boolean } = {},
): Promise<Uint8Array> => draw(composed(body, catalogue), { compress });
