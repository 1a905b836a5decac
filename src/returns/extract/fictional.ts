import { efile } from './namespaces.ts';

/**
 * Returns of people who do not exist, for examples, tests and measurements: section 6103 forbids that a real Form 5472 be
 * public. Employer numbers have prefixes the IRS never issued (07, 08, 09 …).
 */

/** Content of an element: text, a number, elements by name (`@name` for an attribute), or several of one name. */
export type Content = string | number | readonly Content[] | { readonly [name: string]: Content };

export interface FictionalReturn {
  readonly type: string;
  readonly schemaVersion: string;
  readonly ein: string;
  readonly name: string;
  readonly nameControl: string;
  readonly from: string;
  readonly to: string;
  readonly documentCount: number;
  /** In the order of the return; may be endless enough to be streamed. */
  readonly documents: Iterable<readonly [name: string, content: Content]>;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string | number): string => String(text).replace(/[&<>"]/g, (c) => escapes[c] ?? c);

const isMany = (content: Content): content is readonly Content[] => Array.isArray(content);

/** One element as pretty-printed XML, as IRS prints returns. */
export const element = (name: string, content: Content, indent: string): string => {
  if (isMany(content)) return content.map((one) => element(name, one, indent)).join('');
  if (typeof content !== 'object') return `${indent}<${name}>${escaped(content)}</${name}>\n`;
  const entries = Object.entries(content);
  const attributes = entries
    .filter(([key]) => key.startsWith('@'))
    .map(([key, value]) => ` ${key.slice(1)}="${typeof value === 'object' ? '' : escaped(value)}"`)
    .join('');
  const inside = entries
    .filter(([key]) => !key.startsWith('@'))
    .map(([key, value]) => element(key, value, `${indent}  `))
    .join('');
  return `${indent}<${name}${attributes}>\n${inside}${indent}</${name}>\n`;
};

/** The return as XML, a document at a time. */
export function* returnXml(filed: FictionalReturn): Generator<string, void, undefined> {
  const { type, schemaVersion, ein, name, nameControl, from, to, documentCount } = filed;
  yield `<?xml version="1.0" encoding="utf-8"?>\n<Return xmlns="${efile}" returnVersion="${schemaVersion}">\n`;
  yield element(
    'ReturnHeader',
    {
      '@binaryAttachmentCnt': 0,
      ReturnTs: `${Number(to.slice(0, 4)) + 1}-04-15T12:00:00-04:00`,
      TaxPeriodEndDt: to,
      ReturnTypeCd: type,
      TaxPeriodBeginDt: from,
      Filer: {
        EIN: ein,
        BusinessName: { BusinessNameLine1Txt: name },
        BusinessNameControlTxt: nameControl,
        USAddress: {
          AddressLine1Txt: '1 FICTION ROAD',
          CityNm: 'NOWHERE',
          StateAbbreviationCd: 'NY',
          ZIPCd: '10000',
        },
      },
      TaxYr: from.slice(0, 4),
    },
    '  ',
  );
  yield `  <ReturnData documentCnt="${documentCount}">\n`;
  for (const [document, content] of filed.documents) yield element(document, content, '    ');
  yield '  </ReturnData>\n</Return>\n';
}

/** Numbers that look random and are the same for the same seed (the mulberry32 generator); from 0 up to `below`. */
export const numbers = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

export const documentId = (n: number): string => `RetDoc${String(n).padStart(10, '0')}`;
