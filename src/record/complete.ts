import { accountKeyCommitment, accountOf, addToRecord, EMPTY_RECORD } from '../custody/account.ts';
import { verifyAccount } from '../custody/account-proof.ts';
import type { VerifiedAccount } from '../custody/account-proof.ts';
import type { Field } from '../custody/entry.ts';
import { exhibitVerifier } from '../custody/exhibit.ts';
import type { VerifiedExhibit } from '../custody/exhibit.ts';
import { sameBytes } from '../custody/hash.ts';
import type { VerifierKey } from '../custody/vkey.ts';
import { canonicalJson } from '../ground/canonical.ts';
import { ProblemError } from '../ground/problem.ts';
import { listAt, textAt, valueAt } from './event.ts';
import { recordJson } from './json.ts';
import type { OfficeRecord } from './record.ts';

/*
 * One taxpayer's record, with what shows that nothing of it is left out. The daily signed map says how many acts the account
 * had at a head of the log, and the hash over them in order; an exhibit proves each of these acts, opens its taxpayer as
 * this account, and opens what its row says. The adversary is the office itself, which may wish that one act had not been:
 * an act left out, put in, or told otherwise does not come to the count, the hash, or what the exhibits open.
 */

/** The fields that an exhibit of the set opens: what the record has of the entry, and that it is this account’s. */
export const openedFields: readonly Field[] = [
  'kind',
  'cite',
  'person',
  'title',
  'case',
  'item',
  'taxpayer',
  'packet',
];

const ACCOUNT = 'account.json';
const PROOF = 'account-proof.json';
const RECORD = 'record.json';
const README = 'README.txt';
const exhibitPath = (seq: number): string => `exhibits/${String(seq).padStart(12, '0')}.tlog-proof`;

const readme = `One taxpayer's record, and what shows that it is complete.

  record.json         the record, a row for each act
  account.json        the account that stands for the taxpayer in this log
  account-proof.json  what the signed map of the day says of that account
  exhibits/           one proof for each act: its place in the log, and the fields it opens

Check it with the log's verifier key, taken from somewhere else than this folder. The
check needs no network and no database. It shows that these acts, in this order, are all
that the log had of the account at the head which the map names.
`;

export interface CompleteInput {
  readonly record: OfficeRecord;
  /** Of `accountOf`, 64 hex digits. */
  readonly account: string;
  /** Of `proveAccount`, for a day at whose head the record was made. */
  readonly proof: string;
  /** By the entry’s number: an exhibit that opens `openedFields`, under the head that the map names. */
  readonly exhibits: ReadonlyMap<number, string>;
}

const accountJson = (account: string): string => `${canonicalJson({ waybill: 'account/1', account })}\n`;

/** Files by path. */
export type FileSet = ReadonlyMap<string, Uint8Array>;

/** The files to hand out. They are not checked here: verify them before they leave. */
export const completeFiles = ({ record, account, proof, exhibits }: CompleteInput): FileSet => {
  const texts: (readonly [string, string])[] = [
    [README, readme],
    [ACCOUNT, accountJson(account)],
    [PROOF, proof],
    [RECORD, recordJson(record)],
    ...[...exhibits].sort(([a], [b]) => a - b).map(([seq, text]) => [exhibitPath(seq), text] as const),
  ];
  return new Map(texts.map(([path, text]) => [path, Buffer.from(text)]));
};

export interface VerifiedRecord {
  /** What the signed map says: day, head of the log, count. */
  readonly account: VerifiedAccount;
  readonly entries: readonly VerifiedExhibit[];
  /** Acts that were made undisclosable: proven to have been, and closed for good. */
  readonly undisclosable: readonly number[];
  /** Entries of rows for which the set has no exhibit: newer than the map, or of several taxpayers at once. */
  readonly unproven: readonly number[];
  /** Whether the account key was shown, and the account is the named taxpayer’s and could be no other’s. */
  readonly taxpayerShown: boolean;
}

const refused = (what: string, where: string): ProblemError =>
  new ProblemError({
    kind: 'proof-refused',
    what: `The record is not shown to be complete: ${what}.`,
    where,
    cite: '6103(p)(4)(A)',
    next: 'Ask the office for the set anew; keep this one, it is evidence.',
  });

const textOf = (files: FileSet, path: string): string => {
  const bytes = files.get(path);
  if (bytes === undefined) throw refused('a file is missing', path);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused('a file is not text', path);
  }
};

const parsed = (files: FileSet, path: string): unknown => {
  const text = textOf(files, path);
  try {
    const value: unknown = JSON.parse(text);
    // One spelling: a name given twice could show one thing to us and another to the next reader.
    if (`${canonicalJson(value)}\n` === text) return value;
  } catch {
    // Not JSON: refused below like any other wrong shape.
  }
  throw refused('a file is not in the form in which it was written', path);
};

/** Every exhibit of the set, by the log's order, each at the path of its own entry. */
const exhibitsIn = (files: FileSet, log: VerifierKey): VerifiedExhibit[] => {
  const verified = exhibitVerifier(log);
  return [...files.keys()]
    .filter((path) => path.startsWith('exhibits/'))
    .map((path) => {
      const exhibit = verified(textOf(files, path));
      if (path !== exhibitPath(exhibit.index))
        throw refused('an exhibit stands under another entry’s name', path);
      return exhibit;
    })
    .sort((a, b) => a.index - b.index);
};

const checkExhibits = (
  exhibits: readonly VerifiedExhibit[],
  said: VerifiedAccount,
  account: string,
): void => {
  let record = EMPTY_RECORD;
  for (const { head, index, leaf, opened } of exhibits) {
    const where = exhibitPath(index);
    if (head.size !== said.log.size || !sameBytes(head.root, said.log.root))
      throw refused('an exhibit is under another head of the log than the map', where);
    // A key that was destroyed opens nothing any more; the chain below still has the entry.
    if (Object.keys(opened).length > 0 && opened.taxpayer !== account)
      throw refused('an exhibit is not of this account', where);
    record = addToRecord(record, leaf);
  }
  if (record.count !== said.count)
    throw refused(`the map says ${said.count} acts, and the set has ${record.count}`, PROOF);
  if (!sameBytes(record.chain, said.chain))
    throw refused('the acts are not those that the map counts', PROOF);
};

/** The names under which the record has what an exhibit opens. A row that restates tells of an older entry, and is not compared. */
const rowsByEntry = (files: FileSet): Map<number, unknown[]> => {
  const rows = new Map<number, unknown[]>();
  for (const row of listAt(parsed(files, RECORD), 'rows')) {
    const seq = valueAt(row, 'entry', 'seq');
    if (typeof seq !== 'number') throw refused('a row names no entry', RECORD);
    rows.set(seq, [...(rows.get(seq) ?? []), ...(valueAt(row, 'restates') === null ? [row] : [])]);
  }
  return rows;
};

const checkRow = (rows: readonly unknown[] | undefined, { index, opened, entry }: VerifiedExhibit): void => {
  const [row] = rows ?? [];
  if (row === undefined || rows?.length !== 1)
    throw refused(`entry ${index} does not have its one row`, RECORD);
  if (Object.keys(opened).length === 0) return;
  const told: readonly (readonly [string | undefined, string])[] = [
    [opened.kind, textAt(row, 'event')],
    [opened.cite, textAt(row, 'cite')],
    [opened.packet, textAt(row, 'packet')],
    [opened.title, textAt(row, 'by', 'title')],
    [new Date(entry.time * 1000).toISOString(), textAt(row, 'hour')],
  ];
  // An act that names no case has its row under the case of its stream.
  const ofCase = opened.case === '' || opened.case === textAt(row, 'case');
  const items = listAt(row, 'items').map((item) => textAt(item, 'id'));
  if (
    !ofCase ||
    told.some(([proven, said]) => proven !== said) ||
    (opened.item !== '' && (opened.item === undefined || !items.includes(opened.item)))
  )
    throw refused(`the row of entry ${index} does not say what the entry commits to`, RECORD);
};

/**
 * Checks a set of files offline: the map's signature, every exhibit, that they are all acts of the account and no other,
 * and that the record has for each of them the row that its entry commits to. Reasons and names stand only in the record:
 * an exhibit does not open them. With `taxpayer` and `accountKey`, also that the account is that taxpayer's. Throws a
 * ProblemError that says what does not hold.
 */
export const verifyRecord = (
  files: FileSet,
  {
    log,
    taxpayer,
    accountKey,
  }: { readonly log: VerifierKey; readonly taxpayer?: string; readonly accountKey?: Uint8Array },
): VerifiedRecord => {
  const account = textAt(parsed(files, ACCOUNT), 'account');
  if (textOf(files, ACCOUNT) !== accountJson(account))
    throw refused('a file is not in the form in which it was written', ACCOUNT);
  const said = verifyAccount(textOf(files, PROOF), log, account);
  const exhibits = exhibitsIn(files, log);
  checkExhibits(exhibits, said, account);
  const rows = rowsByEntry(files);
  for (const exhibit of exhibits) checkRow(rows.get(exhibit.index), exhibit);
  if (
    accountKey !== undefined &&
    taxpayer !== undefined &&
    (!sameBytes(accountKeyCommitment(accountKey), said.keyCommitment) ||
      accountOf(accountKey, taxpayer) !== account)
  )
    throw refused('the account is not that of the taxpayer named', ACCOUNT);
  const proven = new Set(exhibits.map(({ index }) => index));
  return {
    account: said,
    entries: exhibits,
    undisclosable: exhibits
      .filter(({ opened }) => Object.keys(opened).length === 0)
      .map(({ index }) => index),
    unproven: [...rows.keys()].filter((seq) => !proven.has(seq)).sort((a, b) => a - b),
    taxpayerShown: accountKey !== undefined && taxpayer !== undefined,
  };
};
