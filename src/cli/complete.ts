import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { accountOf } from '../custody/account.ts';
import type { VerifierKey } from '../custody/vkey.ts';
import { ProblemError } from '../ground/problem.ts';
import { eventsOfTaxpayer } from '../office/events.ts';
import type { Node } from '../office/node.ts';
import { type FileSet, completeFiles, openedFields, verifyRecord } from '../record/complete.ts';
import { accountText, recordOf } from '../record/record.ts';
import { openAccountMaps } from '../store/accounts-map.ts';

/** What of a node a complete record is made from. */
export type RecordSource = Pick<
  Node,
  'office' | 'log' | 'views' | 'database' | 'secrets' | 'signer' | 'when'
>;

const noMap = () =>
  new ProblemError({
    kind: 'proof-refused',
    what: 'There is no map of this day to prove the record by.',
    next: 'Ask again after the first act of the office.',
  });

/** One taxpayer's whole record, with what shows that it is whole. Verified before it leaves. */
export const completeSet = async (
  node: RecordSource,
  taxpayer: string,
): Promise<{ readonly files: FileSet; readonly entries: number }> => {
  const { day } = node.when();
  const accountKey = Buffer.from(node.secrets.accountKey, 'base64');
  const signer = node.signer(node.log);
  const name = accountText(taxpayer);
  const maps = openAccountMaps({ db: node.database, log: node.log, signer, accountKey });
  const map = await maps.make(day);
  const size = Number(/\nlog (\d+) /.exec(`\n${map}`)?.[1] ?? 0);
  const [head, own] = await Promise.all([
    node.views.headAt(node.log, size),
    node.views.entriesOf(node.log, name),
  ]);
  if (head === undefined) throw noMap();
  const proven = own.filter((seq) => seq < size);
  const [proof, { events }, exhibits] = await Promise.all([
    maps.prove(day, name),
    eventsOfTaxpayer(node, taxpayer),
    node.views.exhibits(node.log, proven, openedFields, head),
  ]);
  if (proof === undefined) throw noMap();
  const files = completeFiles({
    record: recordOf(node.office, events, { taxpayer }),
    account: accountOf(accountKey, name),
    proof,
    exhibits,
  });
  verifyRecord(files, { log: signer.verifier });
  return { files, entries: proven.length };
};

/** Writes it: a folder that needs nothing else. */
export const completeRecord = async (node: Node, taxpayer: string, dir: string): Promise<number> => {
  const { files, entries } = await completeSet(node, taxpayer);
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes, { mode: 0o600 });
  }
  return entries;
};

const filesIn = (dir: string): FileSet =>
  new Map(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .map((path) => [relative(dir, path), readFileSync(path)]),
  );

/** Verifies such a folder, offline. */
export const verifyComplete = (dir: string, log: VerifierKey) => verifyRecord(filesIn(dir), { log });
