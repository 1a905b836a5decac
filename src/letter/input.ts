import type { Day, Period } from '../ground/dates.ts';

/** All that a letter says. Values only: one input gives one letter, to the byte. */
export interface LetterInput {
  /** The sending office's own reference. Stands in the page footer, so it must not name a taxpayer. */
  readonly reference: string;
  readonly date: Day;
  readonly sender: Party;
  readonly addressee: Party;
  /** “Dear Commissioner:” */
  readonly salutation: string;
  /** The request that this letter answers: Customs' reference, and the day it was signed. */
  readonly request: { readonly reference: string; readonly date: Day };
  /** The section 509 audit and the importer that is its subject. */
  readonly audit: { readonly reference: string; readonly importer: string };
  /** (b)(4): the titles of the officers and employees to whom the disclosure is authorized. */
  readonly titles: readonly string[];
  /** Every item of the request stands in exactly one of the three lists. */
  readonly disclosed: readonly DisclosedItem[];
  readonly returned: readonly ReturnedItem[];
  /** Bars, missing records and elections alike: nothing here tells them apart, and there is no field that could. */
  readonly notDisclosed: readonly LetterItem[];
  /** The machine-readable file sent with the letter, where there is one: its name and the SHA-256 of its bytes, in hex. */
  readonly extract?: { readonly file: string; readonly sha256: string };
  readonly basis: {
    /** Such as `T.D. 8694, in force from 1996-12-17`. */
    readonly edition: string;
    /** SHA-256 in hex. */
    readonly rulebook: string;
    /** SHA-256 in hex. */
    readonly determination: string;
  };
  /** Printed on every page, such as “Fictional example”. */
  readonly notice?: string;
}

export interface Party {
  readonly name: string;
  readonly title: string;
  readonly office: string;
  /** Address lines below the office. */
  readonly address?: readonly string[];
}

/** One particular item as the request names it: (b)(1) to (b)(3). */
export interface LetterItem {
  /** Its number in the request, from 1. */
  readonly number: number;
  /** The TIN, with or without hyphens, where the request gave one. The letter shows its last four digits, never more. */
  readonly taxpayer: { readonly name: string; readonly tin?: string };
  readonly form: string;
  /** `''` where the form has no line number for it. */
  readonly line: string;
  readonly caption: string;
  readonly period: Period;
}

export interface LetterValue {
  /** As filed. */
  readonly value: string;
  /** Which of several documents it stands in, such as “Form 5472, document 17”. */
  readonly document?: string;
}

export interface DisclosedItem extends LetterItem {
  /** `usd`: a whole number of dollars gets thousands separators. */
  readonly unit?: 'usd';
  /** The values; or how many there are, where they are too many for a letter and stand in the extract only. */
  readonly values: readonly [LetterValue, ...LetterValue[]] | { readonly inExtract: number };
}

export interface ReturnedItem extends LetterItem {
  /** What the request's own words lack; never what only the IRS could know. */
  readonly reasons: readonly [Reason, ...Reason[]];
}

export interface Reason {
  /** Such as `(b)(4)`. */
  readonly cite: string;
  readonly reason: string;
  /** What to send instead. */
  readonly cure?: string;
}
