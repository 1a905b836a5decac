import type { Day } from '../../ground/dates.ts';
import { canonicalJson } from '../../ground/canonical.ts';
import { ProblemError } from '../../ground/problem.ts';
import { fieldsOf, type OfficeId, officeOfLog } from '../event.ts';

/*
 * The folder that an inspector takes away. Nothing in it is of a form of its own but the list of its files:
 *
 *   manifest.json            what it is of, and the SHA-256 of every other file
 *   index.html               the same to be read; it proves nothing
 *   <office>/log/…           the office's log as C2SP tlog-tiles, with its verifier key in `vkey`
 *   <office>/cosigner        the verifier key of the office's cosignatures (signed note)
 *   <office>/events/….json   an event in canonical JSON (RFC 8785)
 *   <office>/exhibits/….tlog-proof
 *                            that the event is the entry of this number (C2SP tlog-proof), all fields opened
 *   <office>/account.json, account-proof.json
 *                            of one taxpayer: what the signed map of a day says of the account
 *
 * An entry commits to its event as a whole, so an event is given whole. Of one kind alone a part is taken out: the entry of an
 * answer commits to the head of the IRS's review log, whose size would tell how many steps the review took, and that is for
 * nobody outside. Its exhibit opens every field but `event`, and the list of files names it.
 */

export const MANIFEST = 'manifest.json';
export const PAGE = 'index.html';

export const logPath = (office: OfficeId, path: string): string => `${office}/log/${path}`;
export const cosignerPath = (office: OfficeId): string => `${office}/cosigner`;
export const accountPath = (office: OfficeId): string => `${office}/account.json`;
export const accountProofPath = (office: OfficeId): string => `${office}/account-proof.json`;

const numbered = (seq: number): string => String(seq).padStart(12, '0');
export const eventPath = (office: OfficeId, seq: number): string => `${office}/events/${numbered(seq)}.json`;
export const exhibitPath = (office: OfficeId, seq: number): string =>
  `${office}/exhibits/${numbered(seq)}.tlog-proof`;

export const accountFile = (account: string): string =>
  `${canonicalJson({ waybill: 'account/1', account })}\n`;

/** What the folder is limited to. A case is in it whole; the taxpayer’s account stands in `account.json`. */
export interface FolderScope {
  readonly case?: string;
  readonly taxpayer: boolean;
  readonly from?: Day;
  readonly to?: Day;
}

/** Whether the folder has every entry of its logs. */
export const isWhole = ({ case: reference, taxpayer, from, to }: FolderScope): boolean =>
  reference === undefined && !taxpayer && from === undefined && to === undefined;

/** An event whose key was destroyed, as the office says: its entry proves only that there was one. */
export interface Undisclosable extends EntryOf {
  readonly act: string;
  readonly stream: string;
  readonly version: number;
}

export interface EntryOf {
  readonly office: OfficeId;
  readonly seq: number;
}

export interface Manifest {
  readonly waybill: 'inspection/1';
  /** Of the program that wrote the page. */
  readonly version: string;
  /** POSIX seconds: the hour of the export, and of what was found in it. */
  readonly at: number;
  readonly offices: readonly OfficeId[];
  readonly scope: FolderScope;
  /** By which the sample in the page was drawn. */
  readonly sample?: { readonly n: number; readonly seed: string };
  readonly undisclosable: readonly Undisclosable[];
  /** Answers whose event is without the head of the review's log: what is left of its body is the office’s word. */
  readonly withheld: readonly EntryOf[];
  /** SHA-256 (hex) by path, of every file but this one. */
  readonly files: Readonly<Record<string, string>>;
}

export const manifestText = (manifest: Manifest): string => `${canonicalJson(manifest)}\n`;

/** Each place where the folder is not what it says. Thrown or listed; never with a value of it. */
export const refusal = (what: string, where: string, next = NEXT) =>
  ({ kind: 'inspection-altered', what, where, cite: '6103(p)(4)(A)', next }) as const;
const NEXT = 'Keep the folder, it is evidence; ask the office for it anew, and compare the two.';

const hasShape = (value: unknown): value is Manifest => {
  const { waybill, version, at, offices, scope, undisclosable, withheld, files } = fieldsOf(value);
  return (
    waybill === 'inspection/1' &&
    typeof version === 'string' &&
    Number.isSafeInteger(at) &&
    Array.isArray(offices) &&
    offices.length > 0 &&
    new Set(offices).size === offices.length &&
    offices.every((one) => typeof one === 'string' && officeOfLog(one) !== undefined) &&
    typeof fieldsOf(scope)['taxpayer'] === 'boolean' &&
    Array.isArray(undisclosable) &&
    Array.isArray(withheld) &&
    Object.values(fieldsOf(files)).every((digest) => typeof digest === 'string')
  );
};

/** Reads the list of a folder’s files. A ProblemError `inspection-altered` if it is none. */
export const readManifest = (text: string): Manifest => {
  try {
    const value: unknown = JSON.parse(text);
    // One spelling: a path given twice could show one digest to us and another to the next reader.
    if (hasShape(value) && manifestText(value) === text) return value;
  } catch {
    // Not JSON: refused below like any other wrong shape.
  }
  throw new ProblemError(refusal('The list of files is not one of an inspector’s folder.', MANIFEST));
};
