import { z } from 'zod';
import { sentenceOf, whys } from './refusal.ts';
import type { Why } from './refusal.ts';

/** RFC 9457 problem details, as one node answers another. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
}

export const PROBLEM_TYPE = 'application/problem+json';
const TAG = 'tag:waybill.example,2026:packet-refused/';

const CONFLICTS: readonly Why[] = ['id-reused', 'out-of-order', 'rolled-back', 'forked'];

const statusOf = (why: Why): number => {
  if (why === 'too-large') return 413;
  if (why === 'another-sender') return 403;
  return CONFLICTS.includes(why) ? 409 : 422;
};

/**
 * What the sender is told of a refused packet: its name and our sentence for it, and nothing of the packet or of what the
 * receiver holds (RFC 9457 section 5).
 */
export const refusedDetails = (why: Why): ProblemDetails => ({
  type: `${TAG}${why}`,
  title: sentenceOf(why).what,
  status: statusOf(why),
});

const shape = z.looseObject({ type: z.string() });

/** The `why` of an answer; undefined where it has none that we know. */
export const whyOfDetails = (text: string): Why | undefined => {
  try {
    const { type } = shape.parse(JSON.parse(text));
    return whys.find((why) => type === `${TAG}${why}`);
  } catch {
    return undefined;
  }
};
