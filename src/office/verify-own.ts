import { openCheckpoint } from '../custody/checkpoint.ts';
import type { Office } from '../custody/entry.ts';
import { TILE_WIDTH } from '../custody/tile.ts';
import { type LogReport, verifyLog } from '../custody/verify.ts';
import { parseVkey } from '../custody/vkey.ts';
import { ProblemError } from '../ground/problem.ts';
import { exchangeWith } from './exchange.ts';
import { offices } from './gate.ts';
import type { Node } from './node.ts';
import type { Watch } from './watch.ts';

/** What was verified, and against what of elsewhere. */
export interface OwnReport extends LogReport {
  /** Who has cosigned an older head of this log that it was held against. */
  readonly held: readonly Office[];
}

/**
 * Verifies the whole of this office's own log, the one that other offices may read: every tile and entry up to the newest signed
 * head, and that it goes on from the newest head that each other office has cosigned. Progress in entries. Throws a ProblemError
 * `proof-refused` where there is no entry yet.
 */
export const verifyOwn = async (node: Node, { at, signal }: Watch): Promise<OwnReport> => {
  const known: string[] = [];
  const held: Office[] = [];
  const witnesses = [];
  for (const other of offices) {
    if (other === node.office) continue;
    const { acknowledged, card } = await exchangeWith(node, other);
    if (card !== undefined) witnesses.push(parseVkey(card.cosigner));
    if (acknowledged === undefined) continue;
    known.push(acknowledged);
    held.push(other);
  }
  const note = await node.views.head(node.log);
  if (note === undefined)
    throw new ProblemError({
      kind: 'proof-refused',
      what: 'The log has no entries yet, so that there is nothing to verify.',
      next: 'Verify it after the first act.',
    });
  const { verifier } = node.signer(node.log);
  const { size } = openCheckpoint(note, verifier);
  let read = 0;
  const report = await verifyLog(
    async (path) => {
      signal.throwIfAborted();
      // The office goes on working: everything is as of this one head.
      if (path === 'checkpoint') return Buffer.from(note);
      if (path.startsWith('tile/entries/')) {
        at(Math.min(read, size), size);
        read += TILE_WIDTH;
      }
      return node.views.file(node.log, path);
    },
    { log: verifier, witnesses, known },
  );
  return { ...report, held };
};
