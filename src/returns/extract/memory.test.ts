import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { problemOf, returnOf, rowsOf, withFile } from './extract.fixture.ts';
import { extractItems } from './extract.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that something still refers to. */
const held = (): number => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** How much more is held near the end of reading a file of so many bytes than at its start. */
const growth = (bytes: number): { progress: (read: number) => void; grown: () => number } => {
  const marks = [bytes / 10, (bytes * 9) / 10];
  const found: number[] = [];
  const progress = (read: number): void => {
    if (read >= (marks[found.length] ?? Infinity)) found.push(held());
  };
  return { progress, grown: () => (found[1] ?? Infinity) - (found[0] ?? 0) };
};

test('rows do not keep the text they were cut from in memory', async () => {
  const name = 'Fictional related party with a long name '.repeat(2);
  const filler = `<Explanation>${'long text '.repeat(600)}</Explanation>`;
  const one = `<D documentId="RetDoc0000000001"><A>${name}</A>${filler}</D>`;
  await withFile(returnOf(one.repeat(6000)), async (file) => {
    const before = held();
    const { rows } = await rowsOf(file, ['D/A']);
    const kept = held() - before;
    assert.equal(rows.length, 6000);
    // The file has 37 MB, the rows 3.
    assert.ok(kept < 10e6, `${kept} bytes`);
  });
});

test('rows that the sink has let go of are not held, however many documents a return has', async () => {
  const one =
    '<IRS5472 documentId="RetDoc0000000001"><StockPurchasesTradeAmt>500</StockPurchasesTradeAmt></IRS5472>';
  const xml = returnOf(one.repeat(100_000));
  await withFile(xml, async (file) => {
    const { progress, grown } = growth(xml.length);
    let rows = 0;
    await extractItems(file, ['IRS5472/StockPurchasesTradeAmt'], (some) => void (rows += some.length), {
      progress,
    });
    assert.equal(rows, 100_000);
    assert.ok(grown() < 1e6, `${grown()} bytes more after 80,000 documents`);
  });
});

test('the text of a group that is asked for as an item does not pile up until the group closes', async () => {
  const xml = returnOf(`<D><A>${`${'x'.repeat(900)}<B/>`.repeat(20_000)}</A></D>`);
  await withFile(xml, async (file) => {
    const { progress, grown } = growth(xml.length);
    assert.equal((await problemOf(rowsOf(file, ['D/A'], { progress }))).kind, 'item-unknown');
    assert.ok(grown() < 1e6, `${grown()} bytes more after 14 MB of text`);
  });
});
