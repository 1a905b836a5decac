import { join } from 'node:path';
import type { VerifierKey } from '../custody/vkey.ts';
import { sha256 } from '../ground/digest.ts';
import { ProblemError } from '../ground/problem.ts';
import { MANIFEST, PAGE, refusal } from '../record/inspect/folder.ts';
import { hour, officeWords, packetWords, partWords } from '../record/inspect/page.ts';
import { type InspectedFolder, inspectFolder } from '../office/inspect/folder.ts';
import { pageOf, programVersion } from '../office/inspect/page.ts';
import type { Exit } from './main.ts';
import { readText } from './read-text.ts';
import { heading, say, styled, wrap } from './terminal.ts';
import { problemLines } from './ways.ts';

const textIn = (dir: string, name: string): string =>
  readText(join(dir, name), 'The file', 'Give the folder whole, as ./waybill inspect export wrote it.');

const FEW = 20;

const inspectionLines = ({ manifest, report }: InspectedFolder): string[] => {
  const { offices, findings } = report;
  // Of a folder that does not hold, only what does not hold is said: the rest would read as praise.
  if (findings.length === 0)
    return [...offices.map(officeWords), packetWords(report), partWords(manifest.scope)].flatMap((words) =>
      wrap(words, '    ', '  '),
    );
  return [
    ...findings.slice(0, FEW).flatMap((finding) => problemLines(finding)),
    ...(findings.length > FEW ? [`  and ${findings.length - FEW} more places are wrong`] : []),
  ];
};

const keysOf = ({ report: { offices } }: InspectedFolder): string =>
  offices.map(({ keys: { log } }) => `${log.name}+${log.id}`).join(', ');

/** `waybill verify` of an inspector’s folder. What is given from elsewhere, keys and heads, is held against it. */
export const verifyInspection = async (
  dir: string,
  elsewhere: { readonly keys: readonly VerifierKey[]; readonly known: readonly string[] },
): Promise<Exit> => {
  const inspected = await inspectFolder(dir, elsewhere);
  const { manifest, report } = inspected;
  const sound = report.findings.length === 0;
  const pageHolds =
    sound && manifest.version === programVersion() && textIn(dir, PAGE) === pageOf(manifest, report);
  if (sound && !pageHolds && manifest.version === programVersion())
    throw new ProblemError(refusal('The page does not say what the events in the folder say.', PAGE));
  say([
    heading(`Inspector’s folder, made ${hour(manifest.at)}`),
    ...inspectionLines(inspected),
    ...(sound && !pageHolds
      ? wrap(
          `The page was made by version ${manifest.version}, and is not compared: go by the commands.`,
          '    ',
          '  ! ',
        )
      : []),
    ...(elsewhere.keys.length === manifest.offices.length
      ? []
      : wrap(
          `Keys were taken from the folder itself. Compare them with those on the offices’ cards: ${keysOf(inspected)}`,
          '    ',
          '  ',
        )),
    `  list of files, SHA-256: ${sha256(textIn(dir, MANIFEST))}`,
    sound ? styled('green', '✓ the folder holds') : styled('red', '✗ the folder does not hold'),
  ]);
  return sound ? 0 : 1;
};
