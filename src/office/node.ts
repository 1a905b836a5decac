import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Office } from '../custody/entry.ts';
import { type Signer, parseSkey } from '../custody/signer.ts';
import { type Day, dayAt } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { type OfficeCard, readCard } from '../packet/card.ts';
import { cosignerOf } from '../packet/keys.ts';
import type { Catalogue } from '../returns/catalogue/catalogue.ts';
import { openCatalogue } from '../returns/catalogue/open.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { readKeys } from '../store/key-file.ts';
import { checkWhole } from '../store/whole.ts';
import type { MasterKeys } from '../store/keys.ts';
import { openLedger } from '../store/ledger.ts';
import type { Ledger, LogId, Vault, Views } from '../store/types.ts';
import { openVault } from '../store/vault.ts';
import { openViews } from '../store/views.ts';
import { finishDestroying } from './destroying.ts';
import { folderOf, readNodeFile } from './folder.ts';
import { type Keystore, type OfficeSecrets, openKeystore } from './keystore.ts';

/** One office’s node, opened: its people, its database, its keys, its logs. */
export interface Node {
  readonly dir: string;
  readonly office: Office;
  /** The log that other offices may read. */
  readonly log: LogId;
  /** All of its logs. */
  readonly logs: readonly LogId[];
  readonly card: OfficeCard;
  readonly secrets: OfficeSecrets;
  readonly keystore: Keystore;
  readonly cosigner: Signer;
  readonly catalogue: Catalogue;
  readonly database: Database;
  readonly master: MasterKeys;
  readonly views: Views;
  readonly vault: Vault;
  readonly ledger: (log: LogId) => Promise<Ledger>;
  readonly signer: (log: LogId) => Signer;
  /** The hour, by this node's clock: the only one that acts are dated by. */
  readonly when: () => { readonly day: Day; readonly at: number };
  /** Why what has been made undisclosable may still be there: it could not be read when the node was opened. */
  readonly undestroyed?: ProblemError;
  readonly close: () => Promise<void>;
}

/** What the environment of the process says; only doors read it. */
export interface Surroundings {
  readonly databaseUrl?: string | undefined;
  /** Text of WAYBILL_MASTER_KEY. */
  readonly masterKey?: string | undefined;
  /** POSIX milliseconds. */
  readonly now: () => number;
}

const REVIEW: LogId = 'irs-review';

/** Throws `log-forked` where this node has stopped for good. Asked before every act: a node may stop while it is open. */
export const refuseStopped = (dir: string): void => {
  const file = folderOf(dir).stopped;
  if (!existsSync(file)) return;
  throw new ProblemError({
    kind: 'log-forked',
    what: 'This node has stopped: another office has seen a head of its log that it does not have any more.',
    where: file,
    next: 'It was restored from too old a backup. Restore a newer one into another folder; keep this one for the inspector.',
  });
};

/** Opens a node. Problems: `not-a-node`, `key-missing`, `store-unfit`, and `log-forked` where it has stopped for good. */
export const openNode = async (dir: string, surroundings: Surroundings): Promise<Node> => {
  const { office } = readNodeFile(dir);
  refuseStopped(dir);
  const { keys: keyDir, card: cardFile } = folderOf(dir);
  const master = await readKeys({
    ...(surroundings.masterKey === undefined ? {} : { text: surroundings.masterKey }),
    file: join(keyDir, 'master.key'),
  });
  const keystore = openKeystore(keyDir, master);
  const secrets = keystore.office();
  const card = readCard(readFileSync(cardFile, 'utf8'));
  const logs: readonly LogId[] = office === 'irs' ? [office, REVIEW] : [office];
  const signers = new Map<LogId, Signer>([
    [office, parseSkey(secrets.keys.log)],
    ...(secrets.review === undefined ? [] : [[REVIEW, parseSkey(secrets.review)] as const]),
  ]);
  const signer = (log: LogId): Signer => {
    const one = signers.get(log);
    if (one === undefined) throw new TypeError(`the office ${office} has no log ${log}`);
    return one;
  };
  const database = await openDatabase(
    surroundings.databaseUrl === undefined ? { dataDir: dir } : { url: surroundings.databaseUrl },
  );
  let undestroyed: ProblemError | undefined;
  try {
    for (const log of logs) await checkWhole(database, log);
    if (office !== 'irs') undestroyed = await finishDestroying({ database, log: office, secrets, master });
  } catch (error) {
    await database.close();
    throw error;
  }
  const secret = {
    db: database,
    keys: master,
    accountKey: Buffer.from(secrets.accountKey, 'base64'),
    nameKey: Buffer.from(secrets.nameKey, 'base64'),
  };
  const ledgers = new Map<LogId, Promise<Ledger>>();
  return {
    dir,
    office,
    log: office,
    logs,
    card,
    secrets,
    keystore,
    cosigner: cosignerOf(secrets.keys),
    catalogue: openCatalogue(),
    database,
    master,
    views: openViews(secret),
    vault: openVault(secret),
    ledger: (log) => {
      const one = ledgers.get(log) ?? openLedger({ ...secret, log, signer: signer(log) });
      ledgers.set(log, one);
      return one;
    },
    signer,
    when: () => {
      const at = Math.floor(surroundings.now() / 1000);
      return { day: dayAt(at), at };
    },
    ...(undestroyed === undefined ? {} : { undestroyed }),
    close: () => database.close(),
  };
};
