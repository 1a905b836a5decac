import { canonicalJson } from '../ground/canonical.ts';
import { sha256 } from '../ground/digest.ts';
import { facts } from './facts.ts';
import { section as l14 } from './l-14/section.ts';
import { section as l2 } from './l-2/section.ts';
import { section as m } from './m/section.ts';
import type { Edition, Hop, Section, SectionId } from './rule.ts';

export const sections: Readonly<Record<SectionId, Section>> = { 'l-14': l14, 'l-2': l2, m };

export const hops: readonly Hop[] = Object.values(sections).flatMap((section) => section.hops);

/** Throws a RangeError on an id that no section has. */
export const hopOf = (id: string): Hop => {
  const hop = hops.find((one) => one.id === id);
  if (hop === undefined) throw new RangeError(`no hop “${id}”`);
  return hop;
};

/** The edition in force on a day (`YYYY-MM-DD`); undefined before the first. */
export const editionOn = (section: Section, day: string): Edition | undefined =>
  section.editions.findLast((edition) => edition.from <= day);

let digest: string | undefined;

/** SHA-256 over every fact and every rule: two determinations with one digest were made by one rulebook. */
export const rulebookDigest = (): string =>
  (digest ??= sha256(canonicalJson(JSON.parse(JSON.stringify({ facts, sections })))));
