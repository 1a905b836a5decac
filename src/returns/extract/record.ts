import { formOf } from './form.ts';
import type { Row } from './row.ts';

/** A row as it leaves the program: the same keys in JSON and CSV, always all of them, in this order. */
export interface ItemRecord {
  readonly path: string;
  /** Text as filed, see `Row.value`. */
  readonly value: string;
  /** Printed name of the form, such as `1125-A`; the document's own name where it is no form. */
  readonly form: string;
  /** Line of the form, such as `27b`; null where the catalogue has none. */
  readonly line: string | null;
  readonly xpath: string;
  readonly document: string;
  readonly documentId: string | null;
  readonly documentIndex: number;
  readonly elementIndex: number;
  readonly period: { readonly from: string; readonly to: string };
  readonly filer: { readonly tin: string; readonly tinType: 'EIN' | 'SSN'; readonly name: string };
  readonly returnType: string;
  readonly schemaVersion: string | null;
  readonly byteOffset: number;
  /** The file the item was taken from: SHA-256 of all its bytes, 64 lower-case hex digits. */
  readonly source: { readonly sha256: string };
}

/** What the catalogue knows of an item; `form` only where it knows better than the document's name. */
export interface ItemLabel {
  readonly form?: string;
  readonly line?: string | null;
}

/** `digest` is that of the whole source file: `Extraction.digest`, or `digestOf` where rows leave before the end is read. */
export const toRecord = (row: Row, digest: string, label: ItemLabel = {}): ItemRecord => {
  const { period, filer, returnType, schemaVersion } = row.header;
  return {
    path: row.path,
    value: row.value,
    form: label.form ?? formOf(row.document),
    line: label.line ?? null,
    xpath: row.xpath,
    document: row.document,
    documentId: row.documentId,
    documentIndex: row.documentIndex,
    elementIndex: row.elementIndex,
    period: { from: period.from, to: period.to },
    filer: { tin: filer.tin, tinType: filer.tinType, name: filer.name },
    returnType,
    schemaVersion,
    byteOffset: row.byteOffset,
    source: { sha256: digest },
  };
};

/**
 * A file format as three texts, so that a million records can be written with a few of them in memory:
 * `head()`, then `records(some, howManyBefore)` as often as there are any, then `tail()`.
 */
export interface RecordFormat {
  head(): string;
  records(records: readonly ItemRecord[], before: number): string;
  tail(): string;
}
