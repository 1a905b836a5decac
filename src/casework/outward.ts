import { type Determination, determine } from '../rulebook/determine.ts';
import { type Facts, factIds, facts, unknownOf } from '../rulebook/facts.ts';
import type { Rule } from '../rulebook/rule.ts';

/** What may be said outward of an item, DESIGN 5.1. There are no other words, and no field for a reason that is not the request’s. */
export type Outward =
  | { readonly say: 'released' }
  | { readonly say: 'returned for cure'; readonly rules: readonly Rule[] }
  | { readonly say: 'not disclosed' }
  | { readonly say: 'not yet decided' };

/** The same facts as one knows them who has read nothing but the request. */
const asRequestShows = (known: Facts): Facts => {
  const shown = { ...known };
  for (const id of factIds) if (facts[id].seen === 'inside') shown[id] = unknownOf(id);
  return shown;
};

/**
 * A refusal must not tell. What fails on the request’s own words is returned with its reason, whatever else stands in
 * the way; everything else that is refused is “not disclosed”, a bar, a missing record and an election alike.
 */
export const outward = (determination: Determination, known: Facts): Outward => {
  const shown = determine(determination.hop.id, asRequestShows(known));
  if (shown.failed.length > 0) return { say: 'returned for cure', rules: shown.failed };
  if (determination.verdict === 'permitted') return { say: 'released' };
  return { say: determination.verdict === 'refused' ? 'not disclosed' : 'not yet decided' };
};
