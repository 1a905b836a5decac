import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type VerifiedExhibit, verifyExhibit } from '../custody/exhibit.ts';
import { FIELDS } from '../custody/entry.ts';
import { toBase64 } from '../custody/base64.ts';
import { type LogReport, verifyLog } from '../custody/verify.ts';
import { type VerifierKey, parseVkey } from '../custody/vkey.ts';
import { ProblemError } from '../ground/problem.ts';
import { isInspection } from '../office/inspect/folder.ts';
import type { Exit } from './main.ts';
import { readText } from './read-text.ts';
import { heading, say, styled, wrap } from './terminal.ts';
import { problemLines } from './ways.ts';

export interface VerifyOptions {
  /** Several for the folder of an inspector, which has several logs. */
  readonly key?: readonly string[];
  readonly witness?: readonly string[];
  readonly known?: readonly string[];
}

const unreadable = (where: string, next: string) =>
  new ProblemError({ kind: 'file-unreadable', what: 'There is nothing to read here.', where, next });

const textOf = (file: string, next: string): string => readText(file, 'The file', next);

/** A verifier key: its text, or the file that holds it. */
const keyFrom = (given: string): VerifierKey =>
  parseVkey(
    given.includes('+') ? given : textOf(given, 'Give the verifier key, or a file that holds it.').trim(),
  );

const day = (posix: number) => new Date(posix * 1000).toISOString().replace('T', ' ').replace(/\..*/, ' UTC');

const keyLines = (key: VerifierKey, beside: boolean): string[] =>
  beside
    ? wrap(
        `The key was taken from the file vkey beside the log. Compare it with the one on the office’s card: ${key.name}+${key.id}`,
        '  ',
      )
    : [];

const reportLines = (report: LogReport, seconds: number): string[] => {
  const { head, cosigned, goesOnFrom, findings, unlisted } = report;
  const rate = seconds > 0.5 ? `, ${Math.round(head.size / seconds).toLocaleString('en-US')} entries/s` : '';
  return [
    `  ${head.size.toLocaleString('en-US')} entries${rate}; root ${toBase64(head.root)}`,
    ...(cosigned.length === 0 ? [] : [`  head cosigned by ${cosigned.join(', ')}`]),
    ...(goesOnFrom === 0
      ? []
      : [`  goes on from ${goesOnFrom} head${goesOnFrom === 1 ? '' : 's'} seen elsewhere`]),
    ...findings.flatMap((finding) => problemLines(finding)),
    ...(unlisted === 0 ? [] : [`  and ${unlisted.toLocaleString('en-US')} more places are wrong`]),
    findings.length === 0 ? styled('green', '✓ the log is whole') : styled('red', '✗ the log is not whole'),
  ];
};

/** The one key that a log or an exhibit is verified with. */
const oneKey = ({ key = [] }: VerifyOptions): string | undefined => {
  if (key.length <= 1) return key[0];
  throw new ProblemError({
    kind: 'usage',
    what: 'There is one log here, and several keys were given.',
    where: '--key',
    next: 'Give the key of this log.',
  });
};

const verifyDirectory = async (dir: string, options: VerifyOptions): Promise<Exit> => {
  const given = oneKey(options);
  const beside = given === undefined;
  const key = keyFrom(given ?? join(dir, 'vkey'));
  const started = performance.now();
  const report = await verifyLog(
    async (path) => {
      try {
        return await readFile(join(dir, path));
      } catch {
        return undefined;
      }
    },
    {
      log: key,
      witnesses: (options.witness ?? []).map(keyFrom),
      known: (options.known ?? []).map((file) => textOf(file, 'Give a file with a signed head in it.')),
    },
  );
  say([
    heading(`Log of ${key.name}`),
    ...reportLines(report, (performance.now() - started) / 1000),
    ...keyLines(key, beside),
  ]);
  return report.findings.length === 0 ? 0 : 1;
};

const exhibitLines = ({ head, index, entry, opened }: VerifiedExhibit): string[] => [
  `  entry ${index} of ${head.size}, recorded ${day(entry.time)} by the office ${entry.office}`,
  ...FIELDS.map((field) => {
    const value = opened[field];
    return `  ${field.padEnd(9)} ${value === undefined ? 'not opened' : value === '' ? '(none)' : value}`;
  }),
  styled('green', '✓ the entry is in the log, and the fields opened are the ones recorded'),
];

const verifyFile = (file: string, options: VerifyOptions): Exit => {
  const given = oneKey(options);
  const beside = given === undefined;
  const key = keyFrom(given ?? join(dirname(file), 'vkey'));
  const text = textOf(file, 'Give an exhibit, or the folder of an exported log.');
  const verified = verifyExhibit(text, key, (options.witness ?? []).map(keyFrom));
  say([heading(`Exhibit from the log of ${key.name}`), ...exhibitLines(verified), ...keyLines(key, beside)]);
  return 0;
};

const verifyTaxpayer = async (dir: string, options: VerifyOptions): Promise<Exit> => {
  const key = oneKey(options);
  if (key === undefined)
    throw new ProblemError({
      kind: 'usage',
      what: 'A record is verified with the key of its log.',
      where: '--key',
      next: 'Give the verifier key from the office’s card, or a file with it.',
    });
  const { entries, undisclosable, unproven, account } = (await import('./complete.ts')).verifyComplete(
    dir,
    keyFrom(key),
  );
  say([
    heading('One taxpayer’s record'),
    `  ${entries.length} entries, and no others, up to the map of ${account.day}`,
    ...(undisclosable.length === 0 ? [] : [`  ${undisclosable.length} of them were made undisclosable`]),
    ...(unproven.length === 0 ? [] : [`  ${unproven.length} rows are newer than the map, and not proven`]),
    styled('green', '✓ the record is complete'),
  ]);
  return 0;
};

/** `waybill verify`: offline, with no database, no network and no account. Exit 1 where a log is not whole. */
export const verify = async (what: string, options: VerifyOptions): Promise<Exit> => {
  const found = statSync(what, { throwIfNoEntry: false });
  if (found === undefined)
    throw unreadable(what, 'Give an exhibit, or the folder that ./waybill log export wrote.');
  if (found.isDirectory() && existsSync(join(what, 'account-proof.json')))
    return verifyTaxpayer(what, options);
  if (found.isDirectory() && isInspection(what))
    return (await import('./verify-inspection.ts')).verifyInspection(what, {
      keys: (options.key ?? []).map(keyFrom),
      known: (options.known ?? []).map((file) => textOf(file, 'Give a file with a signed head in it.')),
    });
  return found.isDirectory() ? verifyDirectory(what, options) : verifyFile(what, options);
};
