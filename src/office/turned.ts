import { isOutcomeShown, isShown } from '../casework/acts/shown.ts';
import type { Actor } from '../casework/acts/people.ts';
import type { StoredEvent } from '../store/types.ts';
import type { CaseFile } from './case-file.ts';

/** The paragraphs that recorded determinations of a case turned on. */
export interface Turned {
  /** What anyone of this office may know: answered with its reason, or asked here. */
  readonly open: ReadonlySet<string>;
  /** What only the IRS’s release knows: `isShown` decides who is told. */
  readonly inside: ReadonlySet<string>;
}

interface Data {
  readonly reasons?: readonly { readonly cite: string }[];
  readonly rules?: readonly string[];
  readonly verdict?: string;
}

const dataOf = ({ data }: StoredEvent): Data => (data ?? {}) as Data;

/** A rule’s id begins with its paragraph: `(b)(4) titles`. */
const citeOf = (rule: string): string => /^(\([a-z0-9]+\))+/i.exec(rule)?.[0] ?? '';

const openCites = (event: StoredEvent): readonly string[] => {
  const { reasons = [], rules = [], verdict } = dataOf(event);
  if (event.kind === 'item-received' || event.kind === 'item-returned')
    return reasons.map(({ cite }) => cite);
  if (event.kind !== 'may-i-answered') return [];
  return verdict === 'permitted' ? [event.cite] : [event.cite, ...rules.map(citeOf)];
};

const setOf = (cites: readonly string[]): ReadonlySet<string> => new Set(cites.filter((one) => one !== ''));

export const turnedOf = (file: CaseFile): Turned => {
  const review = file.office === 'irs' ? file.review : [];
  return {
    open: setOf([...file.events, ...review].flatMap(openCites)),
    inside: setOf(
      review
        .filter(({ kind }) => kind === 'item-decided')
        .flatMap((event) => (dataOf(event).rules ?? []).map(citeOf)),
    ),
  };
};

const holds = (cites: ReadonlySet<string>, cite: string): boolean =>
  cites.values().some((one) => one === cite || one.startsWith(`${cite}(`));

const isSecret = (cite: string): boolean => cite.startsWith('(d)') || cite.startsWith('(e)');

/** Whether a title may be told of any case at all that turned on a paragraph. */
export const isTold = (cite: string, actor: Actor): boolean =>
  actor.office !== 'IRS' || !isSecret(cite) || isShown(actor, cite);

/**
 * Whether a title may be told that a case turned on a paragraph, and it did. Of what only the release knows, a title that does not
 * see (d) and (e) sees nothing at all: from the cases that are not listed under any other paragraph it could tell which those are.
 */
export const turnedOn = ({ open, inside }: Turned, cite: string, actor: Actor): boolean => {
  if (!isTold(cite, actor)) return false;
  const seesAll = isOutcomeShown(actor);
  return holds(open, cite) || ((isSecret(cite) || seesAll) && holds(inside, cite));
};
