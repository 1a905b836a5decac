import { dayAt } from '../ground/dates.ts';
import type { PacketPayload } from './payload.ts';
import { PacketRefused } from './refusal.ts';

/** How far a sender's clock may be ahead of ours. */
const SKEW_SECONDS = 5 * 60;

const seconds = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds / 1000;

/**
 * Whether the signer's title is in force both when the packet says it was signed and when it is received (`now`): the first
 * alone could be backdated by a person whose title has lapsed. Neither that hour nor the one at which the sender's log
 * `recorded` it may be yet to come. POSIX seconds.
 */
export const checkTitle = ({ at, signer }: PacketPayload, recorded: number, now: number): void => {
  const signed = seconds(at);
  if (Math.max(signed, recorded) > now + SKEW_SECONDS) throw new PacketRefused('from-the-future');
  const { from, to } = signer;
  if (dayAt(signed) < from) throw new PacketRefused('title-not-yet');
  if (to !== undefined && [signed, now].some((time) => dayAt(time) > to)) {
    throw new PacketRefused('title-lapsed');
  }
};
