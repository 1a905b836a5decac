import type { Chain, ChainAct, OfficeId } from './chain.ts';
import { ENGAGED, type Span } from './spans.ts';

/** How an act stands to a life span. `without` where the person has no such span at all. */
export type Standing = 'in force' | 'before' | 'after a lapse' | 'without';

export interface LifeAct {
  readonly act: ChainAct;
  readonly standing: Standing;
}

/** A person in one respect (a title, an engagement, a paper): the spans of it, and the acts that needed one. */
export interface Life {
  readonly office: OfficeId;
  readonly name: string;
  readonly kind: Span['kind'];
  readonly what: string;
  readonly spans: readonly Span[];
  readonly acts: readonly LifeAct[];
}

const standingOf = (act: ChainAct, spans: readonly Span[]): Standing => {
  const on = act.on;
  if (spans.some(({ from, to }) => from <= on && (to === undefined || on <= to))) return 'in force';
  if (spans.length === 0) return 'without';
  return spans.every(({ from }) => on < from) ? 'before' : 'after a lapse';
};

const lifeOf = (
  spans: readonly Span[],
  acts: readonly ChainAct[],
  of: Omit<Life, 'spans' | 'acts'>,
): Life => ({
  ...of,
  spans,
  acts: acts.map((act) => ({ act, standing: standingOf(act, spans) })),
});

const isOf = (
  { by }: ChainAct,
  { office, person, name }: Pick<Span, 'office' | 'person' | 'name'>,
): boolean => by.office === office && (by.id === person || by.name === name);

/**
 * The lives of everyone who acted, and of every paper. Under a title: each act done under it. Of an engagement: each act of
 * that person on items. Of a paper: each act that gave something to whom it is about.
 */
export const livesOf = (chain: Chain, spans: readonly Span[]): readonly Life[] => {
  const lives = new Map<string, Omit<Life, 'spans' | 'acts'> & { spans: Span[]; person: string }>();
  const life = (of: Omit<Life, 'spans' | 'acts'> & { person: string }) => {
    const { office, person, name, kind, what } = of;
    const key = JSON.stringify([office, kind, person, what]);
    const found = lives.get(key) ?? { office, person, name, kind, what, spans: [] };
    lives.set(key, found);
    return found;
  };
  // A list may have a person by name or by id of the directory: they are one person.
  const idOf = new Map(chain.acts.map(({ by }) => [`${by.office}|${by.name}`, by.id]));
  for (const span of spans)
    life({ ...span, person: idOf.get(`${span.office}|${span.person}`) ?? span.person }).spans.push(span);
  for (const { by, touchesItems } of chain.acts) {
    const of = { office: by.office, person: by.id, name: by.name };
    life({ ...of, kind: 'title', what: by.title });
    // (g) is about people: who at Justice had items in hand is on the list, or stands out for not being.
    if (by.office === 'justice' && touchesItems) life({ ...of, kind: 'engagement', what: ENGAGED });
  }
  const namesOf = new Map([...chain.holders].map(([id, { names }]) => [id, names]));
  const given = new Map<number, readonly string[]>(
    chain.hops.map(({ n, to, kind, outcome }) => [
      n,
      kind === 'disclosure' && outcome === 'done' ? (namesOf.get(to) ?? []) : [],
    ]),
  );
  return [...lives.values()].map(({ spans: own, person, ...of }) => {
    const mine = chain.acts.filter((act) => {
      if (of.kind === 'paper')
        return act.by.office === of.office && act.rows.some((n) => given.get(n)?.includes(of.name) === true);
      if (!isOf(act, { ...of, person })) return false;
      return of.kind === 'title' ? act.by.title === of.what : act.touchesItems;
    });
    return lifeOf(own, mine, of);
  });
};
