import { isAscii, isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { Place } from './problems.ts';
import { problemAt } from './problems.ts';

/** How other kinds of file begin, for a message that says what the file is. */
const beginnings = [
  {
    bytes: [0x1f, 0x8b],
    kind: 'not-a-return',
    what: 'This is a gzip file.',
    next: 'Unpack it (gunzip) and name the XML file.',
  },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    kind: 'not-a-return',
    what: 'This is a ZIP file, as MeF sends submissions.',
    next: 'Unpack it (unzip) and name the XML file of the return.',
  },
  {
    bytes: [0x25, 0x50, 0x44, 0x46],
    kind: 'not-a-return',
    what: 'This is a PDF file.',
    next: 'Name the XML file of the return.',
  },
  {
    bytes: [0xff, 0xfe],
    kind: 'encoding-wrong',
    what: 'The file is UTF-16, not UTF-8.',
    next: 'Convert a copy (iconv -f UTF-16 -t UTF-8) and name the copy.',
  },
  {
    bytes: [0xfe, 0xff],
    kind: 'encoding-wrong',
    what: 'The file is UTF-16, not UTF-8.',
    next: 'Convert a copy (iconv -f UTF-16 -t UTF-8) and name the copy.',
  },
  {
    bytes: [0x3c, 0x00],
    kind: 'encoding-wrong',
    what: 'The file is UTF-16 or UTF-32, not UTF-8.',
    next: 'Convert a copy (iconv -f UTF-16LE -t UTF-8) and name the copy.',
  },
  {
    bytes: [0x00],
    kind: 'encoding-wrong',
    what: 'The file is UTF-16, UTF-32 or no text at all.',
    next: 'Convert a copy to UTF-8 (iconv) and name the copy.',
  },
] as const;

/** Throws a ProblemError when the first bytes of a file are those of something that is not UTF-8 XML. */
export const refuseOtherFiles = (file: string, head: Uint8Array): void => {
  const first = { line: 1, column: 1 };
  if (head.length === 0)
    throw problemAt(file, first, 'not-a-return', 'The file is empty.', 'Name the XML file of the return.');
  const other = beginnings.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (other !== undefined) throw problemAt(file, first, other.kind, other.what, other.next);
};

/** Line and column, from 1, of a byte of a file. Reads the file again, for an error that ends the reading anyway. */
const placeOf = async (file: string, byte: number): Promise<Place> => {
  let line = 1;
  let column = 1;
  if (byte === 0) return { line, column };
  const handle = await open(file);
  for await (const chunk of handle.createReadStream({ end: byte - 1 }) as AsyncIterable<Uint8Array>)
    for (const unit of chunk) {
      // A byte 10xxxxxx goes on with a character that was counted at its first byte.
      if (unit === 0x0a) [line, column] = [line + 1, 1];
      else if ((unit & 0xc0) !== 0x80) column += 1;
    }
  return { line, column };
};

const firstBadByte = (bytes: Buffer): number => {
  const repaired = Buffer.from(bytes.toString('utf8'));
  return bytes.findIndex((byte, index) => repaired[index] !== byte);
};

/**
 * Bytes as text, all of them or none: a byte that is not UTF-8 must not become U+FFFD, which would alter what was filed.
 * `at` is the offset of `bytes` in the file. Throws a ProblemError `encoding-wrong`.
 */
export const decode = async (file: string, at: number, bytes: Buffer): Promise<string> => {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw problemAt(
    file,
    await placeOf(file, at + firstBadByte(bytes)),
    'encoding-wrong',
    'A byte here is not UTF-8; the file is in another encoding or damaged.',
    'Ask for the file as it was filed (MeF takes UTF-8 only), or convert a copy, such as iconv -f WINDOWS-1252 -t UTF-8.',
  );
};

/** Throws a ProblemError unless the XML declaration says XML 1.0 in UTF-8 (or ASCII, which is UTF-8), or says nothing. */
export const checkDeclaration = (
  file: string,
  place: Place,
  declared: { readonly version?: string | undefined; readonly encoding?: string | undefined },
): void => {
  if (!/^(utf-?8|us-ascii)$/i.test(declared.encoding ?? 'utf-8'))
    throw problemAt(
      file,
      place,
      'encoding-wrong',
      'The XML declaration names an encoding that is not UTF-8.',
      'Convert a copy to UTF-8 (iconv), declaration included, and name the copy.',
    );
  if ((declared.version ?? '1.0') !== '1.0')
    throw problemAt(
      file,
      place,
      'xml-forbidden',
      'The XML declaration names a version other than 1.0.',
      'Ask for the file as it was filed: MeF takes XML 1.0 only.',
    );
};
