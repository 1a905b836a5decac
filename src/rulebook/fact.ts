/**
 * Who finds a fact. The *machine* finds what papers and lists show; the *requester* states or certifies; an *official*
 * makes and signs a finding. A judgment that the law gives to a person is always an official's.
 */
export type Finder = 'machine' | 'requester' | 'official';

/** Whether the request's own words show the fact. Only such a fact may be answered with its reason (R6). */
export type Seen = 'request' | 'inside';

export interface FactDefinition {
  /** The question in plain words; answered yes, no or not known, or with one of `values`. */
  readonly question: string;
  readonly by: Finder;
  /** The person or list to ask when the fact is missing. */
  readonly ask: string;
  readonly seen: Seen;
  /** The answers there are, where they are not yes and no. */
  readonly values?: readonly string[];
}

type Choice<V extends readonly string[]> = FactDefinition & { readonly values: V };

const yesNo = (by: Finder, seen: Seen, ask: string, question: string): FactDefinition => ({
  question,
  by,
  ask,
  seen,
});

export const machine = (seen: Seen, ask: string, question: string) => yesNo('machine', seen, ask, question);
export const requester = (ask: string, question: string) => yesNo('requester', 'request', ask, question);
export const official = (ask: string, question: string) => yesNo('official', 'inside', ask, question);

/** The same fact with its own list of answers instead of yes and no. */
export const among = <const V extends readonly string[]>(fact: FactDefinition, values: V): Choice<V> => ({
  ...fact,
  values,
});
