import { EMPTY_RECORD, addToRecord } from '../../custody/account.ts';
import { type VerifiedAccount, verifyAccount } from '../../custody/account-proof.ts';
import { sameBytes } from '../../custody/hash.ts';
import { subtreeReader } from '../../custody/subtree.ts';
import { tilesIn, type ReadFile } from '../../custody/walk.ts';
import type { VerifierKey } from '../../custody/vkey.ts';
import { type Problem, ProblemError } from '../../ground/problem.ts';
import type { OfficeId } from '../event.ts';
import { type Manifest, accountPath, accountProofPath, accountFile, isWhole, refusal } from './folder.ts';
import type { ProvenEvent, ReadText } from './folder-events.ts';

/*
 * That nothing is left out. Of a whole log the numbers of the entries show it, and of one taxpayer the signed map of the
 * day. Of a case or a period only that no event is missing between two others: its last ones could be.
 */

/** Streams that are in the folder whole; of the others a part has only what is about its cases. */
const isWholeIn = (stream: string, manifest: Manifest): boolean =>
  isWhole(manifest.scope) || stream.startsWith('case/') || stream === 'people';

const streamsWhole = (
  proven: readonly ProvenEvent[],
  office: OfficeId,
  manifest: Manifest,
): readonly Problem[] => {
  const last = new Map<string, number>();
  return proven.flatMap(({ event: { stream, version, seq } }) => {
    const before = last.get(stream) ?? 0;
    last.set(stream, version);
    return version === before + 1 || !isWholeIn(stream, manifest)
      ? []
      : [refusal(`An event is missing before entry ${seq}, in the same case or list.`, `${office}/events`)];
  });
};

const logWhole = (
  proven: readonly ProvenEvent[],
  office: OfficeId,
  size: number,
  manifest: Manifest,
): readonly Problem[] => {
  if (!isWhole(manifest.scope)) return [];
  const there = new Set(proven.map(({ event }) => event.seq));
  const missing = Array.from({ length: size }, (_, seq) => seq).filter((seq) => !there.has(seq));
  return missing.length === 0
    ? []
    : [
        refusal(
          `The folder is of the whole log, and ${missing.length === 1 ? `entry ${missing[0]} has no event that holds` : `${missing.length} entries have no event that holds, the first of them ${missing[0]}`}.`,
          `${office}/events`,
        ),
      ];
};

/** Two names of one account, or two accounts of one name, would hide a part of a taxpayer’s record. */
const accountsHold = (proven: readonly ProvenEvent[], office: OfficeId): readonly Problem[] => {
  const names = new Map<string, string>();
  const accounts = new Map<string, string>();
  const wrong = proven.find(({ event: { taxpayer }, exhibit: { opened } }) => {
    if (taxpayer === undefined || opened.taxpayer === undefined) return false;
    const [name, account] = [names.get(opened.taxpayer) ?? taxpayer, accounts.get(taxpayer)];
    names.set(opened.taxpayer, name);
    accounts.set(taxpayer, account ?? opened.taxpayer);
    return name !== taxpayer || (account ?? opened.taxpayer) !== opened.taxpayer;
  });
  return wrong === undefined
    ? []
    : [
        refusal(
          `The taxpayer of entry ${wrong.event.seq} has another account than elsewhere.`,
          `${office}/events`,
        ),
      ];
};

interface Under {
  readonly key: VerifierKey;
  readonly size: number;
  readonly readLog: ReadFile;
}

const accountWhole = async (
  proven: readonly ProvenEvent[],
  said: VerifiedAccount,
  account: string,
  { size, readLog }: Under,
): Promise<string | undefined> => {
  const rootAt = subtreeReader(size, tilesIn(readLog));
  if (said.log.size > size || !sameBytes(await rootAt(0, said.log.size), said.log.root))
    return 'the map was made of another history of the log';
  let record = EMPTY_RECORD;
  for (const { exhibit } of proven)
    if (exhibit.index < said.log.size && exhibit.opened.taxpayer === account)
      record = addToRecord(record, exhibit.leaf);
  if (record.count !== said.count)
    return `the map says ${said.count} acts, and the folder has ${record.count}`;
  return sameBytes(record.chain, said.chain) ? undefined : 'the acts are not those that the map counts';
};

/** Up to where a taxpayer’s record is shown to be complete. */
export interface Complete {
  /** 64 hex digits. */
  readonly account: string;
  readonly day: string;
  /** Acts of the account, and entries of the log that the map covers. */
  readonly acts: number;
  readonly size: number;
}

const taxpayerWhole = async (
  read: ReadText,
  proven: readonly ProvenEvent[],
  office: OfficeId,
  under: Under,
): Promise<Complete | Problem> => {
  const [stated, proof] = [await read(accountPath(office)), await read(accountProofPath(office))];
  const account = /"account":"([0-9a-f]{64})"/.exec(stated ?? '')?.[1] ?? '';
  if (stated !== accountFile(account) || proof === undefined)
    return refusal('There is no proof of the taxpayer’s account.', accountPath(office));
  const where = accountProofPath(office);
  try {
    const said = verifyAccount(proof, under.key, account);
    const wrong = await accountWhole(proven, said, account, under);
    return wrong === undefined
      ? { account, day: said.day, acts: said.count, size: said.log.size }
      : refusal(`The taxpayer’s record is not shown to be complete: ${wrong}.`, where);
  } catch (error) {
    if (error instanceof ProblemError) return { ...error.problems[0], where };
    throw error;
  }
};

/** What is missing, or stands where it cannot, among the events of one office. */
export const gapsIn = async (
  read: ReadText,
  proven: readonly ProvenEvent[],
  office: OfficeId,
  manifest: Manifest,
  under: Under,
): Promise<{ readonly findings: readonly Problem[]; readonly complete?: Complete }> => {
  const findings = [
    ...logWhole(proven, office, under.size, manifest),
    ...streamsWhole(proven, office, manifest),
    ...accountsHold(proven, office),
  ];
  if (!manifest.scope.taxpayer) return { findings };
  const complete = await taxpayerWhole(read, proven, office, under);
  return 'next' in complete ? { findings: [...findings, complete] } : { findings, complete };
};
