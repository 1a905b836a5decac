import type { Checkpoint } from '../custody/checkpoint.ts';
import { checkAdvance } from '../custody/witness.ts';
import { ProblemError } from '../ground/problem.ts';
import { PacketRefused, sentenceOf } from './refusal.ts';
import type { Proof } from './seal.ts';

/** `checkAdvance`, with our name for what it finds. Its sentence stays: it shows both heads. */
const advance = (known: Checkpoint | undefined, shown: Checkpoint, path: readonly Uint8Array[]): void => {
  try {
    checkAdvance(known, shown, path);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const why = known !== undefined && shown.size < known.size ? 'rolled-back' : 'forked';
    throw new PacketRefused(why, { ...error.problems[0], next: sentenceOf(why).next });
  }
};

/**
 * Whether the sender's head takes the place of the one last seen: true if it is newer and goes on from it. A packet
 * received before (`repeated`) may come late, with an older head or with proofs from older ones; then nothing changes.
 * A PacketRefused `rolled-back`, `forked` or `out-of-order`.
 */
export const checkSenderHead = (
  known: Checkpoint | undefined,
  shown: Checkpoint,
  proofs: readonly Proof[],
  repeated: boolean,
): boolean => {
  const size = known?.size ?? 0;
  // The same size needs no proof: the same root, or two histories.
  if (known !== undefined && shown.size <= size) {
    if (!repeated || shown.size === size) advance(known, shown, []);
    return false;
  }
  const proof = proofs.find(({ from }) => from === size);
  if (proof !== undefined) {
    advance(known, shown, proof.path);
    return true;
  }
  if (repeated) return false;
  throw new PacketRefused('out-of-order', { where: `${shown.origin}, seen up to ${size} entries` });
};
