import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../ground/problem.ts';
import type { PrivateJwk } from '../packet/jwk.ts';
import { type OfficeKeys, newPersonKey } from '../packet/keys.ts';
import { publicPart, type PublicJwk, thumbprint } from '../packet/jwk.ts';
import type { MasterKeys } from '../store/keys.ts';
import { writeWhole } from './folder.ts';

/** What only this office knows, beside what its people know. */
export interface OfficeSecrets {
  readonly keys: OfficeKeys;
  /** The IRS's second log, for what its review does (DECISIONS B20); a private key in golang's note form. */
  readonly review?: string;
  /** 32 bytes, base64: makes taxpayers' accounts, and stands committed in every daily map. */
  readonly accountKey: string;
  /** 32 bytes, base64: hides the names of streams and scopes. */
  readonly nameKey: string;
}

const OFFICE = 'office.sealed';

/** The folder of sealed private keys. A person's file is named by the key's RFC 7638 thumbprint, not by the person. */
export interface Keystore {
  readonly office: () => OfficeSecrets;
  readonly keepOffice: (secrets: OfficeSecrets) => void;
  readonly person: (key: PublicJwk) => Promise<PrivateJwk>;
  readonly newPerson: () => Promise<PublicJwk>;
  /** Seals every key anew under the present master key; safe to interrupt and to run again. */
  readonly reseal: () => number;
}

// Log 0 is none: what lies here cannot be put in place of a data key of a log, nor the other way round.
const context = (name: string) => ({ log: 0, scope: Buffer.from(name) });

const missing = (where: string) =>
  new ProblemError({
    kind: 'key-missing',
    what: 'A sealed private key of this node is missing, or the file is not one.',
    where,
    next: 'Put the folder keys back from where its copy is kept; see docs/OPERATE.md.',
  });

export const openKeystore = (dir: string, master: MasterKeys): Keystore => {
  const write = (name: string, bytes: Uint8Array): void => {
    const { master: id, wrapped } = master.wrap(bytes, context(name));
    writeWhole(
      join(dir, name),
      `${JSON.stringify({ master: id, sealed: Buffer.from(wrapped).toString('base64') })}\n`,
    );
  };
  const read = (name: string): Buffer => {
    let file: { master: string; sealed: string };
    try {
      file = (JSON.parse(readFileSync(join(dir, name), 'utf8')) ?? {}) as typeof file;
    } catch {
      throw missing(join(dir, name));
    }
    if (typeof file.master !== 'string' || typeof file.sealed !== 'string') throw missing(join(dir, name));
    return Buffer.from(
      master.unwrap({ master: file.master, wrapped: Buffer.from(file.sealed, 'base64') }, context(name)),
    );
  };
  const opensHere = (name: string): boolean => {
    try {
      return read(name).length > 0;
    } catch {
      return false;
    }
  };
  const personFile = async (key: PublicJwk) => `${await thumbprint(key)}.sealed`;
  return {
    office: () => {
      const secrets = JSON.parse(read(OFFICE).toString('utf8')) as Partial<OfficeSecrets> | null;
      if (secrets?.keys === undefined || secrets.accountKey === undefined || secrets.nameKey === undefined)
        throw missing(join(dir, OFFICE));
      return { ...secrets, keys: secrets.keys, accountKey: secrets.accountKey, nameKey: secrets.nameKey };
    },
    keepOffice: (secrets) => write(OFFICE, Buffer.from(JSON.stringify(secrets))),
    person: async (key) => JSON.parse(read(await personFile(key)).toString('utf8')) as PrivateJwk,
    newPerson: async () => {
      const key = newPersonKey();
      write(await personFile(key), Buffer.from(JSON.stringify(key)));
      return publicPart(key);
    },
    reseal: () => {
      const names = readdirSync(dir).filter((name) => name.endsWith('.sealed'));
      let done = 0;
      for (const name of names) {
        // A person's key that no master key here opens was left by an act that was refused; the office's own must open.
        if (name !== OFFICE && !opensHere(name)) continue;
        write(name, read(name));
        done++;
      }
      return done;
    },
  };
};

export const newSecret = (): string => randomBytes(32).toString('base64');
