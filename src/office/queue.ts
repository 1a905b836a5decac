import type { Actor } from '../casework/acts/people.ts';
import { type People, inForce } from '../casework/acts/people.ts';
import type { Day } from '../ground/dates.ts';
import type { CaseLine, Next } from './line.ts';
import type { KnownCase } from './lines.ts';

/** Whose turn it is: this title’s, another’s of this office, another office’s, or nobody’s. */
export const turns = ['yours', 'a colleague’s', 'another office’s', 'nobody’s'] as const;
export type Turn = (typeof turns)[number];

export const turnOf = ({ next }: Pick<CaseLine, 'next'>, { duties }: Pick<Actor, 'duties'>): Turn => {
  if (next === undefined) return 'nobody’s';
  const { by } = next;
  if (typeof by === 'string') return 'another office’s';
  return by.some((duty) => duties.includes(duty)) ? 'yours' : 'a colleague’s';
};

export interface Queued {
  readonly line: CaseLine;
  readonly turn: Turn;
}

export interface Queue {
  /** One page of it. */
  readonly rows: readonly Queued[];
  readonly found: number;
  readonly page: number;
  readonly pages: number;
  /** Of all that were found. */
  readonly counts: Readonly<Record<Turn, number>>;
}

export const PAGE = 50;

/** The cases whose reference or title has all words of a search; all of them where nothing is searched for. */
export const foundBy = (cases: readonly KnownCase[], search: string): readonly KnownCase[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return cases.filter(({ words: known }) => words.every((word) => known.includes(word)));
};

/**
 * The cases whose reference or title has all words of `search`, sorted by what blocks: what this title can do next comes first, and
 * under each turn what has waited longest. A page that is not there is the last one.
 */
export const queueFor = (
  cases: readonly KnownCase[],
  actor: Pick<Actor, 'duties'>,
  { search = '', page = 1 }: { readonly search?: string; readonly page?: number } = {},
): Queue => {
  const piles = new Map<Turn, Queued[]>(turns.map((turn) => [turn, []]));
  for (const { line } of foundBy(cases, search)) {
    const turn = turnOf(line, actor);
    piles.get(turn)?.push({ line, turn });
  }
  const all = [...piles.values()].flat();
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  const here = Math.min(Math.max(1, page), pages);
  const counts = Object.fromEntries([...piles].map(([turn, pile]) => [turn, pile.length]));
  return {
    rows: all.slice((here - 1) * PAGE, here * PAGE),
    found: all.length,
    page: here,
    pages,
    counts: counts as Record<Turn, number>,
  };
};

/** Who of this office can do what is next today: name and title. Empty where it is another office’s. */
export const whoCan = (
  people: People,
  { by }: Next,
  day: Day,
): readonly { readonly name: string; readonly title: string }[] =>
  typeof by === 'string'
    ? []
    : [...people.values()].flatMap(({ name, titles }) =>
        titles
          .filter((one) => inForce(one, day) && one.duties.some((duty) => by.includes(duty)))
          .map(({ title }) => ({ name, title })),
      );
