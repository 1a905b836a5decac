import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { accountOf } from '../custody/account.ts';
import { openCheckpoint } from '../custody/checkpoint.ts';
import type { VerifierKey } from '../custody/vkey.ts';
import { ProblemError } from '../ground/problem.ts';
import { eventsOf } from '../office/events.ts';
import type { Node } from '../office/node.ts';
import { type FileSet, completeFiles, openedFields, verifyRecord } from '../record/complete.ts';
import { recordOf } from '../record/record.ts';
import { openAccountMaps } from '../store/accounts-map.ts';

/** One taxpayer's whole record, with what shows that it is whole: a folder that needs nothing else. Verified before it leaves. */
export const completeRecord = async (node: Node, taxpayer: string, dir: string): Promise<number> => {
  const { day } = node.when();
  const accountKey = Buffer.from(node.secrets.accountKey, 'base64');
  const signer = node.signer(node.log);
  const name = taxpayer.replaceAll('-', '');
  const maps = openAccountMaps({ db: node.database, log: node.log, signer, accountKey });
  await maps.make(day);
  const proof = await maps.prove(day, name);
  const size = Number(/\nlog (\d+) /.exec(`\n${(await maps.head(day)) ?? ''}`)?.[1] ?? 0);
  const head = await node.views.headAt(node.log, size);
  if (proof === undefined || head === undefined)
    throw new ProblemError({
      kind: 'proof-refused',
      what: 'There is no map of this day to prove the record by.',
      next: 'Ask again after the first act of the office.',
    });
  const exhibits = new Map<number, string>();
  for (const { seq } of await node.views.account(node.log, name))
    if (seq < openCheckpoint(head, signer.verifier).size)
      exhibits.set(seq, await node.views.exhibit(node.log, seq, openedFields, head));
  const files = completeFiles({
    record: recordOf(node.office, await eventsOf(node), { taxpayer }),
    account: accountOf(accountKey, name),
    proof,
    exhibits,
  });
  verifyRecord(files, { log: signer.verifier });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes, { mode: 0o600 });
  }
  return exhibits.size;
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
