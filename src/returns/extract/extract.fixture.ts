import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '../../ground/problem.ts';
import type { Problem } from '../../ground/problem.ts';
import type { ExtractOptions, Extraction } from './extract.ts';
import { extractItems } from './extract.ts';
import { efile } from './namespaces.ts';
import type { Row } from './row.ts';

export const header = `<ReturnHeader><ReturnTypeCd>1120</ReturnTypeCd><TaxPeriodBeginDt>2021-01-01</TaxPeriodBeginDt>
<TaxPeriodEndDt>2021-12-31</TaxPeriodEndDt><Filer><EIN>071234567</EIN></Filer></ReturnHeader>`;

/** A return with this inside `ReturnData`. */
export const returnOf = (data: string, head = header): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<Return xmlns="${efile}" returnVersion="2021v5.0">${head}<ReturnData>${data}</ReturnData></Return>`;

/** Does something with a file of this content, and removes the file. */
export const withFile = async <T>(
  content: string | Uint8Array,
  use: (file: string) => Promise<T>,
): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-'));
  try {
    const file = join(folder, 'return.xml');
    writeFileSync(file, content);
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const rowsOf = async (
  file: string,
  wanted: readonly string[],
  options: ExtractOptions = {},
): Promise<Extraction & { rows: Row[] }> => {
  const rows: Row[] = [];
  const extraction = await extractItems(file, wanted, (some) => void rows.push(...some), options);
  return { ...extraction, rows };
};

/** The problem that something throws. */
export const problemOf = async (doing: Promise<unknown>): Promise<Problem> => {
  try {
    await doing;
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    return error.problems[0];
  }
  return assert.fail('nothing was thrown');
};
