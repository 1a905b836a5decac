import { fromBase64, fromDecimal, hashFromBase64, toBase64 } from './base64.ts';
import { proofRefused } from './problems.ts';

/** A proof of C2SP tlog-proof, read but not verified. */
export interface TlogProof {
  /** Opaque, and proven by nothing. */
  readonly extra?: Uint8Array;
  readonly index: number;
  /** The audit path, 32 bytes each, from the leaf's sibling upwards. */
  readonly path: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

const FIRST = 'c2sp.org/tlog-proof@v1';

/** The text of a proof; files of it end in `.tlog-proof`. */
export const formatTlogProof = ({ extra, index, path, checkpoint }: TlogProof): string =>
  [
    FIRST,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...path.map(toBase64),
    '',
    checkpoint,
  ].join('\n');

/** Reads a proof. A ProblemError `proof-refused` if it is malformed. */
export const parseTlogProof = (text: string): TlogProof => {
  const end = text.indexOf('\n\n');
  const [first, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  if (first !== FIRST || end < 0) throw proofRefused('The text is not a tlog-proof of version 1.');
  const extraLine = lines[0]?.startsWith('extra ') === true ? lines.shift() : undefined;
  const extra = extraLine === undefined ? undefined : fromBase64(extraLine.slice('extra '.length));
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? fromDecimal(indexLine.slice('index '.length)) : undefined;
  const path = lines.map(hashFromBase64);
  if ((extraLine !== undefined && extra === undefined) || index === undefined || path.length > 63) {
    throw proofRefused('The lines of the proof before its head are not as tlog-proof has them.');
  }
  const hashes = path.filter((hash) => hash !== undefined);
  if (hashes.length !== path.length) throw proofRefused('A line of the proof is not a hash.');
  return { ...(extra === undefined ? {} : { extra }), index, path: hashes, checkpoint: text.slice(end + 2) };
};
