import type { Duty } from './duties.ts';
import type { Actor } from './people.ts';

const may = (duties: readonly Duty[], finds: Duty): boolean =>
  duties.some((duty) => duty === finds || duty === 'approves' || duty === 'sends');

/**
 * Whether a title of the IRS is shown what stands under a paragraph. What (d) and (e) rest on is return information, or would
 * warn the person investigated: it is for whoever finds it, and for those who answer for the release.
 */
export const isShown = ({ duties }: Pick<Actor, 'duties'>, cite: string | undefined): boolean => {
  if (cite === undefined) return true;
  if (cite.startsWith('(d)')) return may(duties, 'finds (d)');
  return !cite.startsWith('(e)') || may(duties, 'finds (e)');
};

/**
 * Whether a title of the IRS is told what was answered of an item. “Not disclosed”, where nothing that it is shown stands against
 * the item, would tell of (d) or (e).
 */
export const isOutcomeShown = (actor: Pick<Actor, 'duties'>): boolean =>
  isShown(actor, '(d)') && isShown(actor, '(e)');
