import { ProblemError } from '../ground/problem.ts';
import type { TilePlace } from './tile.ts';
import { tilePath } from './tile.ts';

/** Custody's own refusals, so that the same thing is always said in the same words. */
export const tileMissing = (place: TilePlace): ProblemError =>
  new ProblemError({
    kind: 'log-altered',
    what: 'A tile of the log is missing or of the wrong length.',
    where: tilePath(place),
    next: 'Get the directory again from the office; if the tile is missing there too, its log is damaged.',
  });

export const notANote = (what: string): ProblemError =>
  new ProblemError({
    kind: 'not-a-note',
    what,
    next: 'Get the file again from the office that signed it, unchanged by mail or editor.',
  });

export const notAnEntry = (what: string): ProblemError =>
  new ProblemError({
    kind: 'not-an-entry',
    what,
    next: 'Read the entry format in docs/LOG.md; a log of a later version needs a later Waybill.',
  });

export const notAKey = (what: string): ProblemError =>
  new ProblemError({
    kind: 'not-a-key',
    what,
    next: "Copy the whole line of the office's file `vkey`: name, plus sign, eight hex digits, plus sign, base64.",
  });

export const signatureRefused = (what: string): ProblemError =>
  new ProblemError({
    kind: 'signature-refused',
    what,
    next: "Check that the verifier key is the office's, from a source other than this file; if it is, do not trust the file.",
  });

export const proofRefused = (what: string): ProblemError =>
  new ProblemError({
    kind: 'proof-refused',
    what,
    next: 'Do not rely on it; ask the office for the exhibit again, and tell the inspector if it comes out the same.',
  });
