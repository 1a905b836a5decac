import { readDay } from '../../ground/dates.ts';
import type { Day } from '../../ground/dates.ts';
import { chunksOf } from './chunks.ts';
import type { Place } from './problems.ts';
import { problemAt } from './problems.ts';
import { isReturnType } from './return-types.ts';
import type { Filer, ReturnHeader } from './row.ts';
import type { Found, Hearer } from './walk.ts';
import { Walk } from './walk.ts';
import { addPath, step, stepDown, want } from './wanted.ts';
import type { Step } from './wanted.ts';

/** What is read of the header, and the paths in `ReturnHeader` where it stands: those of 2013 and later, then older ones. */
const places = {
  type: ['ReturnTypeCd', 'ReturnType'],
  from: ['TaxPeriodBeginDt', 'TaxPeriodBeginDate'],
  to: ['TaxPeriodEndDt', 'TaxPeriodEndDate'],
  ein: ['Filer/EIN'],
  ssn: ['Filer/PrimarySSN', 'Filer/SSN'],
  spouse: ['Filer/SpouseSSN'],
  name1: [
    'Filer/BusinessName/BusinessNameLine1Txt',
    'Filer/BusinessName/BusinessNameLine1',
    'Filer/Name/BusinessNameLine1',
    'Filer/EstateOrTrustName/BusinessNameLine1Txt',
    'Filer/EstateOrTrustName/BusinessNameLine1',
    'Filer/NameLine1Txt',
    'Filer/NameLine1',
  ],
  name2: [
    'Filer/BusinessName/BusinessNameLine2Txt',
    'Filer/BusinessName/BusinessNameLine2',
    'Filer/Name/BusinessNameLine2',
    'Filer/EstateOrTrustName/BusinessNameLine2Txt',
    'Filer/EstateOrTrustName/BusinessNameLine2',
  ],
  control: [
    'Filer/BusinessNameControlTxt',
    'Filer/BusinessNameControl',
    'Filer/NameControl',
    'Filer/EstateOrTrustNameControlTxt',
    'Filer/PrimaryNameControlTxt',
    'Filer/PrimaryNameControl',
  ],
} as const;

type Part = keyof typeof places;

/** A tree of wanted steps with the header in it, `Return` at its root; items are added below `ReturnData`. */
export const stepsOfHeader = (): Step => {
  const root = step('Return');
  stepDown(root, 'ReturnData');
  for (const [part, paths] of Object.entries(places))
    for (const path of paths) addPath(root, `ReturnHeader/${path}`, want(part));
  return root;
};

/** Takes in what is found of the header, and reads it when it is complete. */
export class HeaderReader {
  readonly #file: string;
  readonly #place: () => Place;
  readonly #parts = new Map<string, string>();
  version: string | null = null;

  constructor(file: string, place: () => Place) {
    this.#file = file;
    this.#place = place;
  }

  take({ wanted, value, parts }: Found): void {
    // Two numbers or periods: whose return it is would depend on which of them a reader happens to take.
    if (this.#parts.has(wanted.path)) this.#refuse('The header says the same thing of the return twice.');
    if (parts.length > 0) this.#refuse('The header has elements where a value should stand.');
    this.#parts.set(wanted.path, value.trim());
  }

  /** Throws a ProblemError `not-a-return` that names the element that is missing or cannot be. */
  read(): ReturnHeader {
    const returnType = this.#part('type') ?? '';
    if (!isReturnType(returnType))
      this.#refuse('ReturnHeader/ReturnTypeCd names no type of return that MeF takes.');
    const from = this.#day('from', 'TaxPeriodBeginDt');
    const to = this.#day('to', 'TaxPeriodEndDt');
    if (to < from) this.#refuse('The tax period in ReturnHeader ends before it begins.');
    return {
      returnType,
      filer: this.#filer(),
      spouseTin: this.#tin('spouse') ?? null,
      period: { from, to },
      schemaVersion: this.version,
    };
  }

  #filer(): Filer {
    const [ein, ssn] = [this.#tin('ein'), this.#tin('ssn')];
    if (ein !== undefined && ssn !== undefined)
      this.#refuse('ReturnHeader/Filer has both an EIN and an SSN.');
    const tin = ein ?? ssn;
    if (tin === undefined) this.#refuse('ReturnHeader/Filer has neither an EIN nor an SSN.');
    const name = [this.#part('name1'), this.#part('name2')].filter((line) => line !== undefined).join(' ');
    return {
      tin,
      tinType: ein === undefined ? 'SSN' : 'EIN',
      name,
      nameControl: this.#part('control') ?? null,
    };
  }

  #part(part: Part): string | undefined {
    const value = this.#parts.get(part);
    return value === '' ? undefined : value;
  }

  #tin(part: Part): string | undefined {
    const tin = this.#part(part);
    if (tin !== undefined && !/^\d{9}$/.test(tin))
      this.#refuse('A taxpayer number in ReturnHeader/Filer is not nine digits.');
    return tin;
  }

  #day(part: Part, element: string): Day {
    const day = readDay(this.#part(part) ?? '');
    return day ?? this.#refuse(`ReturnHeader/${element} is missing or no date of the calendar.`);
  }

  #refuse(what: string): never {
    throw problemAt(
      this.#file,
      this.#place(),
      'not-a-return',
      what,
      'Ask for the return as MeF accepted it; a test or draft file is not a return.',
    );
  }
}

/**
 * Who filed what for which period. Reads no further than the header, so a return of any size takes a few milliseconds, and
 * nothing after the header has been checked. Throws ProblemErrors as `extractItems` does.
 */
export const readReturnHeader = async (file: string): Promise<ReturnHeader> => {
  const reader = new HeaderReader(file, () => walk.place());
  let header: ReturnHeader | undefined;
  const hearer: Hearer = {
    found: (found) => reader.take(found),
    versionIs: (version) => (reader.version = version),
    headerEnds: () => (header = reader.read()),
  };
  const walk = new Walk(file, stepsOfHeader(), hearer);
  for await (const chunk of chunksOf(file)) {
    try {
      walk.write(chunk);
    } catch (error) {
      // What is wrong after the header must not depend on whether it came with the same piece of the file.
      if (header === undefined) throw error;
    }
    if (header !== undefined) return header;
  }
  walk.end();
  return reader.read();
};
