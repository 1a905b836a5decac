import type { Problem } from '../ground/problem.ts';
import { toBase64 } from './base64.ts';
import type { Checkpoint } from './checkpoint.ts';
import { HASH_SIZE } from './hash.ts';
import { explainMoves } from './moves.ts';
import type { Mismatch } from './moves.ts';
import { tilePath } from './tile.ts';
import type { TilePlace } from './tile.ts';

/** A log that is all wrong must not fill the memory with what is wrong about it. */
const MAX_LISTED = 100;
const MAX_MISMATCHES = 1000;
const MAX_UNLISTED = 10_000;

const NEXT_DIRECTORY =
  'Export the log again and verify that; if it is the same, the office’s log was altered or damaged: compare with the heads that other offices hold.';
const NEXT_HEADS =
  'Keep both signed heads; they are the evidence. The inspector asks the office for its older backups and its explanation.';

/** Collects what is wrong with a log, as problems for a person. */
export class Findings {
  readonly #listed: Problem[] = [];
  readonly #mismatches: Mismatch[] = [];
  #unlisted = 0;
  #mismatchesCut = false;

  /** Whether so much is wrong that reading on tells nothing new; a head that claims 2^50 entries must not be walked. */
  get enough(): boolean {
    return this.#unlisted > MAX_UNLISTED;
  }

  get none(): boolean {
    return this.#listed.length === 0 && this.#mismatches.length === 0;
  }

  add(problem: Problem): void {
    if (this.#listed.length < MAX_LISTED) this.#listed.push(problem);
    else this.#unlisted++;
  }

  tile(what: string, place?: TilePlace): void {
    this.add({
      kind: 'log-altered',
      what,
      ...(place === undefined ? {} : { where: tilePath(place) }),
      next: NEXT_DIRECTORY,
    });
  }

  entry(number: number, what: string): void {
    this.add({ kind: 'log-altered', what, where: `entry ${number}`, next: NEXT_DIRECTORY });
  }

  /** Leaf hashes as they are and as they were signed, from entry number `first`. */
  compare(first: number, got: Uint8Array, want: Uint8Array): void {
    const hex = (hashes: Uint8Array, at: number): string | undefined =>
      at < hashes.length ? Buffer.from(hashes.subarray(at, at + HASH_SIZE)).toString('hex') : undefined;
    for (let at = 0; at < Math.max(got.length, want.length); at += HASH_SIZE) {
      const mismatch = { at: first + at / HASH_SIZE, got: hex(got, at), want: hex(want, at) };
      if (mismatch.got === mismatch.want) continue;
      if (this.#mismatches.length < MAX_MISMATCHES) this.#mismatches.push(mismatch);
      else {
        this.#unlisted++;
        this.#mismatchesCut = true;
      }
    }
  }

  cutBack(known: Checkpoint, head: Checkpoint): void {
    this.add({
      kind: 'log-forked',
      what: `A head of ${known.size} entries is known, but this one has ${head.size}: the log was cut back.`,
      where: `known root ${toBase64(known.root)}`,
      next: NEXT_HEADS,
    });
  }

  forked(known: Checkpoint, head: Checkpoint): void {
    this.add({
      kind: 'log-forked',
      what: `The first ${known.size} entries are not those of a head that is known: the log was rewritten and signed again (this head has ${head.size}).`,
      where: `known root ${toBase64(known.root)}`,
      next: NEXT_HEADS,
    });
  }

  report(): { findings: Problem[]; unlisted: number } {
    for (const { at, what } of explainMoves(this.#mismatches, this.#mismatchesCut)) this.entry(at, what);
    this.#mismatches.length = 0;
    return { findings: [...this.#listed], unlisted: this.#unlisted };
  }
}
