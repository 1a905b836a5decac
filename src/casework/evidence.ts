import { editionOn, sections } from '../rulebook/rulebook.ts';
import { type FactId, type Facts, NO, YES, bitOf, nothingKnown } from '../rulebook/facts.ts';

/** Facts as they are found, each with the paper that shows it. What no paper shows stays unknown. */
export interface Evidence {
  readonly facts: Facts;
  /** Why a fact has its answer, in words that name a paper; absent while it is not known. */
  readonly because: ReadonlyMap<FactId, string>;
}

export const gather = () => {
  const facts = nothingKnown();
  const because = new Map<FactId, string>();
  return {
    /** A question of yes and no; `undefined` leaves it unknown. */
    is: (fact: FactId, answer: boolean | undefined, why: string): void => {
      if (answer === undefined) return;
      facts[fact] = answer ? YES : NO;
      because.set(fact, why);
    },
    /** A question with a list of answers; `undefined` leaves it unknown. */
    answer: (fact: FactId, answer: string | undefined, why: string): void => {
      if (answer === undefined) return;
      facts[fact] = bitOf(fact, answer);
      because.set(fact, why);
    },
    evidence: (): Evidence => ({ facts, because }),
  };
};

export type Gathering = ReturnType<typeof gather>;

/** Whether the section had an edition in force on the day: the day of the decision, or of the act. */
export const gatherEdition = (day: string, into: Gathering): void => {
  const edition = editionOn(sections['l-14'], day);
  const why = edition === undefined ? `none in force on ${day}` : `${edition.id}, from ${edition.from}`;
  into.is('editionInForce', edition !== undefined, why);
};
