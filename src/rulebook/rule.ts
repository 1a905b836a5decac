import type { Formula } from './formula.ts';

/** A paragraph as lawyers cite it within its section: `(b)(3)`. */
export type Cite = `(${string})`;

export type SectionId = 'l-14' | 'l-2' | 'm';

/** What a failed rule ends: this item, all items of one taxpayer, or the whole request (R13). */
export type Scope = 'item' | 'taxpayer' | 'request';

interface RuleWords {
  /** The law's exact words; a test holds them against `law/`. */
  readonly law: string;
  /** Our reading where the words need one: its number in DECISIONS.md and one sentence. */
  readonly reading?: readonly [number: `R${number}`, sentence: string];
  /** What a person does next when the rule is not met. */
  readonly cure: string;
  readonly ends?: Scope;
}

export interface Rule {
  /** Unique in its section: the citation and, where a paragraph has several rules, a word. */
  readonly id: string;
  readonly cite: Cite;
  readonly law: string;
  readonly reading: readonly [number: string, sentence: string] | undefined;
  readonly cure: string;
  readonly ends: Scope;
  /** `requires`: nothing is permitted unless the formula holds. `bars`: nothing is permitted unless it is known not to. */
  readonly kind: 'requires' | 'bars';
  readonly when: Formula;
}

const make =
  (kind: Rule['kind']) =>
  (cite: Cite, word: string, when: Formula, words: RuleWords): Rule => ({
    id: word === '' ? cite : `${cite} ${word}`,
    cite,
    law: words.law,
    reading: words.reading,
    cure: words.cure,
    ends: words.ends ?? 'item',
    kind,
    when,
  });

export const requires = make('requires');
export const bars = make('bars');

/** One act that the section permits or forbids: from whom, to whom, and the rules that must all be met. */
export interface Hop {
  readonly id: string;
  readonly section: SectionId;
  readonly cite: Cite;
  /** “IRS → Customs” */
  readonly title: string;
  /** The sentence that the hop answers, for a person. */
  readonly question: string;
  /** The law's necessity standard: `N1` to the extent necessary; `N2` also “cannot otherwise properly be accomplished”. */
  readonly necessity: 'N1' | 'N2' | 'none';
  readonly rules: readonly Rule[];
  /** What the law still asks of whoever acts on a permission. */
  readonly obligations: readonly Obligation[];
}

export interface Obligation {
  readonly cite: string;
  readonly text: string;
}

/** Words of the law that no rule decides, and why: they are left to a person, or they only point elsewhere. */
export interface LeftToJudgment {
  readonly cite: Cite;
  readonly law: string;
  readonly why: string;
}

/** A text of the section, in force from a day on. */
export interface Edition {
  readonly id: string;
  /** ISO date, first day in force. */
  readonly from: string;
  readonly source: string;
  readonly note: string;
}

export interface Section {
  readonly id: SectionId;
  readonly name: string;
  readonly editions: readonly Edition[];
  readonly hops: readonly Hop[];
  readonly left: readonly LeftToJudgment[];
  /** Where the page that the section was read from begins or stops short, if it does. */
  readonly gap?: string;
}
