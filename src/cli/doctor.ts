import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sha256 } from '../ground/digest.ts';
import { evaluate } from '../rulebook/evaluate.ts';
import { determine } from '../rulebook/determine.ts';
import { nothingKnown } from '../rulebook/facts.ts';
import { lawOf } from '../rulebook/law.ts';
import { hops, rulebookDigest, sections } from '../rulebook/rulebook.ts';
import type { Exit } from './main.ts';
import { say } from './terminal.ts';

interface Check {
  readonly name: string;
  readonly sound: () => boolean;
}

const sums = () =>
  readFileSync(new URL('../../law/SHA256SUMS', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/)[0]);

const checks: readonly Check[] = [
  {
    name: 'SHA-256 gives the published digest of “abc” (FIPS 180-4)',
    sound: () => sha256('abc') === 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  {
    name: 'Ed25519 signs, and refuses what was altered',
    sound: () => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const signature = sign(null, Buffer.from('waybill'), privateKey);
      return (
        verify(null, Buffer.from('waybill'), publicKey, signature) &&
        !verify(null, Buffer.from('waybi11'), publicKey, signature)
      );
    },
  },
  {
    name: 'the law’s text is the one whose digest stands beside it',
    sound: () => Object.values(sections).every((section) => sums().includes(lawOf(section.id).digest)),
  },
  {
    name: 'generated code and interpreter agree that nothing known permits nothing',
    sound: () =>
      hops.every((hop) => {
        const made = determine(hop.id, nothingKnown());
        return made === evaluate(hop, nothingKnown()) && made.verdict !== 'permitted';
      }),
  },
];

/** `waybill doctor`: is this installation sound? Exit 1 where a check fails. */
export const doctor = (): Exit => {
  const results = checks.map(({ name, sound }) => ({ name, ok: sound() }));
  say([
    ...results.map(({ name, ok }) => `${ok ? '✓ sound ' : '✗ UNSOUND'} ${name}`),
    '',
    `waybill   0.1.0`,
    `node      ${process.versions.node} (OpenSSL ${process.versions.openssl})`,
    `rulebook  ${rulebookDigest()}`,
    ...Object.values(sections).map((section) => `${section.id.padEnd(9)} ${lawOf(section.id).digest}`),
  ]);
  return results.every(({ ok }) => ok) ? 0 : 1;
};
