import type { OpenedCheckpoint } from '../../custody/checkpoint.ts';
import { openCheckpoint } from '../../custody/checkpoint.ts';
import type { ReadFile } from '../../custody/walk.ts';
import { verifyLog } from '../../custody/verify.ts';
import { COSIGNATURE_V1, parseVkey, type VerifierKey } from '../../custody/vkey.ts';
import { sha256 } from '../../ground/digest.ts';
import { type Problem, ProblemError } from '../../ground/problem.ts';
import { type OfficeId, type RecordedEvent } from '../event.ts';
import { type Manifest, MANIFEST, PAGE, cosignerPath, logPath, refusal } from './folder.ts';
import {
  type Keys,
  type OfficeKeys,
  type Packets,
  cardsDiffer,
  headsIn,
  packetsIn,
} from './folder-crossings.ts';
import { type ProvenEvent, type ReadText, openEvents } from './folder-events.ts';
import { type Complete, gapsIn } from './folder-whole.ts';

/** What was found of one office. */
export interface OfficeReport {
  readonly office: OfficeId;
  readonly keys: OfficeKeys;
  readonly head: OpenedCheckpoint;
  /** Events, each proven to be the whole of its entry. */
  readonly events: number;
  /** Their entries’ numbers: that the key of each was destroyed is the office’s word. */
  readonly undisclosable: readonly number[];
  /** Events given without the head of the review's log. */
  readonly withheld: number;
  /** Heads of its log in the folder that an office cosigned, which it is proven to go on from. */
  readonly heads: number;
  readonly complete?: Complete;
  /** What names the taxpayer of that account in this office: never to be shown, for it may be a TIN. */
  readonly taxpayer?: string;
}

export interface FolderReport {
  readonly offices: readonly OfficeReport[];
  readonly packets: Packets;
  /** What holds, of all offices, in the order of their entries. */
  readonly events: readonly RecordedEvent[];
  /** Empty where all of it holds. */
  readonly findings: readonly Problem[];
}

export interface VerifyFolder {
  /** All paths in the folder, with `/`, but that of the manifest. */
  readonly paths: readonly string[];
  readonly read: ReadFile;
  /** Verifier keys of logs, from elsewhere: the office of each must have this one. */
  readonly keys?: readonly VerifierKey[];
  /** Signed heads seen elsewhere: the logs must go on from them. */
  readonly known?: readonly string[];
}

/** Anything else would be taken for a part of what is proven. */
const belongs = (path: string, { offices }: Manifest): boolean => {
  const [office, ...rest] = path.split('/');
  if (path === PAGE) return true;
  return (
    offices.some((one) => one === office) &&
    /^(?:log\/(?:vkey|checkpoint|tile\/[0-9a-z/.]+)|cosigner|account(?:-proof)?\.json|events\/\d{12}\.json|exhibits\/\d{12}\.tlog-proof)$/.test(
      rest.join('/'),
    )
  );
};

const filesHold = async (manifest: Manifest, { paths, read }: VerifyFolder): Promise<readonly Problem[]> => {
  const findings: Problem[] = [];
  for (const path of paths)
    if (!Object.hasOwn(manifest.files, path))
      findings.push(refusal('The file is not in the list of files: it was added.', path));
  for (const [path, digest] of Object.entries(manifest.files)) {
    if (!belongs(path, manifest))
      findings.push(refusal('Such a file does not belong in an inspector’s folder.', path));
    const bytes = await read(path);
    if (bytes === undefined) findings.push(refusal('The file is in the list of files, and missing.', path));
    else if (sha256(bytes) !== digest)
      findings.push(refusal('The file is not the one in the list of files: it was changed.', path));
  }
  return findings;
};

const textIn =
  (read: ReadFile): ReadText =>
  async (path) => {
    const bytes = await read(path);
    try {
      return bytes === undefined
        ? undefined
        : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new ProblemError(refusal('The file is not text.', path));
    }
  };

const keyAt = async (read: ReadText, path: string): Promise<VerifierKey> => {
  const text = await read(path);
  if (text === undefined) throw new ProblemError(refusal('The key of the office is missing.', path));
  return parseVkey(text.trim());
};

const keysOf = async (
  read: ReadText,
  { offices }: Manifest,
  given: readonly VerifierKey[],
): Promise<Keys> => {
  const keys = new Map<OfficeId, OfficeKeys>();
  for (const office of offices) {
    const path = logPath(office, 'vkey');
    const log = await keyAt(read, path);
    const cosigner = await keyAt(read, cosignerPath(office));
    if (cosigner.type !== COSIGNATURE_V1)
      throw new ProblemError(refusal('The key is not one of cosignatures.', cosignerPath(office)));
    const wanted = given.find(({ name }) => name === log.name);
    if (wanted !== undefined && wanted.id !== log.id)
      throw new ProblemError(refusal(`The key of ${office} in the folder is not the one given.`, path));
    keys.set(office, { log, cosigner });
  }
  const names = [...keys.values()].map(({ log }) => log.name);
  const strange = given.find(({ name }) => !names.includes(name));
  if (strange !== undefined || new Set(names).size !== names.length)
    throw new ProblemError(
      refusal('A key given is of no log in the folder, or two offices have one log.', MANIFEST),
    );
  return keys;
};

const taxpayerOf = (proven: readonly ProvenEvent[], { account }: Complete): { taxpayer?: string } => {
  const name = proven.find(({ exhibit }) => exhibit.opened.taxpayer === account)?.event.taxpayer;
  return name === undefined ? {} : { taxpayer: name };
};

const originOf = (note: string): string => note.slice(0, note.indexOf('\n'));

/**
 * Verifies a folder from its files alone: the list of files, each log and its head, that every event is the whole of an entry
 * in it, that nothing is missing that can be shown to be, and what the offices have of one another. Throws a ProblemError
 * where there is nothing to judge by; whatever else does not hold is a finding.
 */
export const verifyFolder = async (manifest: Manifest, given: VerifyFolder): Promise<FolderReport> => {
  const { read: readFile, known = [] } = given;
  const read = textIn(readFile);
  const findings: Problem[] = [...(await filesHold(manifest, given))];
  const keys = await keysOf(read, manifest, given.keys ?? []);
  const strange = known.find((note) => ![...keys.values()].some(({ log }) => log.name === originOf(note)));
  if (strange !== undefined)
    throw new ProblemError(refusal('A head given is of no log in the folder.', originOf(strange)));

  const opened: {
    office: OfficeId;
    keys: OfficeKeys;
    head: OpenedCheckpoint;
    proven: readonly ProvenEvent[];
  }[] = [];
  for (const [office, own] of keys) {
    const note = await read(logPath(office, 'checkpoint'));
    if (note === undefined)
      throw new ProblemError(refusal('There is no signed head of the log.', logPath(office, 'checkpoint')));
    const head = openCheckpoint(note, own.log);
    const { proven, findings: wrong } = await openEvents(read, office, manifest, { log: own.log, head });
    findings.push(...wrong);
    opened.push({ office, keys: own, head, proven });
  }

  const events = opened.flatMap(({ proven }) => proven.map(({ event }) => event));
  const { heads, findings: uncosigned } = headsIn(events, keys);
  const packets = packetsIn(events, new Set(manifest.offices));
  findings.push(...uncosigned, ...cardsDiffer(events, keys), ...packets.findings);

  const offices: OfficeReport[] = [];
  for (const { office, keys: own, head, proven } of opened) {
    const readLog: ReadFile = (path) => readFile(logPath(office, path));
    const seen = heads.filter(({ of }) => of === office).map(({ note }) => note);
    const report = await verifyLog(readLog, {
      log: own.log,
      known: [...seen, ...known.filter((note) => originOf(note) === own.log.name)],
    });
    const inOffice = ({ where, ...rest }: Problem): Problem => ({
      ...rest,
      where: `${office}/log${where === undefined ? '' : `, ${where}`}`,
    });
    findings.push(...report.findings.map(inOffice));
    // Of a log that is not whole, no root of an older head can be made.
    const under = { key: own.log, size: head.size, readLog };
    const whole =
      report.findings.length === 0 ? await gapsIn(read, proven, office, manifest, under) : { findings: [] };
    findings.push(...whole.findings);
    offices.push({
      office,
      keys: own,
      head,
      events: proven.length,
      undisclosable: proven.filter(({ event }) => event.kind === '').map(({ event }) => event.seq),
      withheld: manifest.withheld.filter((one) => one.office === office).length,
      heads: seen.length,
      ...('complete' in whole && whole.complete !== undefined
        ? { complete: whole.complete, ...taxpayerOf(proven, whole.complete) }
        : {}),
    });
  }
  const { matched, underWay } = packets;
  return { offices, packets: { matched, underWay }, events, findings };
};
