import type { Period } from '../../ground/dates.ts';

/** A taxpayer as the return's own header names it. `tin` is nine digits, no hyphen. */
export interface Filer {
  readonly tin: string;
  readonly tinType: 'EIN' | 'SSN';
  /** The name lines as filed, joined by a space; empty where the header has none. For display only, never for matching. */
  readonly name: string;
  /** The name control (up to four characters), where the header has one. */
  readonly nameControl: string | null;
}

/** What a return says of itself: the part of the file before `ReturnData`. */
export interface ReturnHeader {
  readonly returnType: string;
  readonly filer: Filer;
  /** The other taxpayer of a joint return, nine digits. */
  readonly spouseTin: string | null;
  readonly period: Period;
  /** The attribute `returnVersion` of `Return`, such as `2021v5.0`: the MeF schema the return was validated against. */
  readonly schemaVersion: string | null;
}

/** One particular item, as it stands in the return. */
export interface Row {
  /** The path asked for, relative to `ReturnData`: `IRS5472/StockPurchasesTradeAmt`, `IRS1120/@section1291InterestAmt`. */
  readonly path: string;
  /**
   * The character data as filed: references and CDATA resolved, comments dropped, line ends normalised (XML 1.0 § 2.11),
   * and nothing else. Spaces are kept, an empty element gives `''`, an amount stays the text that was filed.
   */
  readonly value: string;
  /** Name of the document element, such as `IRS5472`. */
  readonly document: string;
  /** Its attribute `documentId`. */
  readonly documentId: string | null;
  /** The how-manieth document of that name in the return this is, from 1. */
  readonly documentIndex: number;
  /** The how-manieth match of the path inside that document this is, from 1. */
  readonly elementIndex: number;
  /** The one place in the return: `IRS851[1]/SubsidiaryCorporationInfo[2]/CorporationEIN[1]`, relative to `ReturnData`. */
  readonly xpath: string;
  /** Offset in bytes, from the start of the file, of the `<` that opens the element (for an attribute, its element). */
  readonly byteOffset: number;
  readonly header: ReturnHeader;
}
