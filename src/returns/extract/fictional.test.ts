import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { extractItems } from './extract.ts';
import { withFile } from './extract.fixture.ts';
import { harborLamp, keelLighting, lanternHoldings } from './fictional-case.ts';
import { largeReturn } from './fictional-large.ts';
import { returnXml } from './fictional.ts';

const textOf = (filed: Parameters<typeof returnXml>[0]): string => [...returnXml(filed)].join('');

test('the returns of the example are what the generator makes', () => {
  for (const [name, make] of [
    ['harbor-lamp-2021', harborLamp],
    ['lantern-holdings-2021', lanternHoldings],
    ['keel-2021', keelLighting],
  ] as const) {
    const file = new URL(`../../../examples/harbor-lamp/returns/${name}.xml`, import.meta.url);
    assert.equal(
      readFileSync(file, 'utf8'),
      textOf(make(1)),
      `${name}: run scripts/make-return.ts --example again`,
    );
  }
});

test('cost of goods sold on Form 1120 is line 8 of Form 1125-A, and adds up', async () => {
  await withFile(textOf(harborLamp(7)), async (file) => {
    const amounts = new Map<string, number>();
    const lines = [
      'BeginningOfYearInventoryAmt',
      'PurchasesAmt',
      'CostOfLaborAmt',
      'EndOfYearInventoryAmt',
      'CostOfGoodsSoldAmt',
    ];
    const wanted = ['IRS1120/CostOfGoodsSoldAmt', ...lines.map((line) => `IRS1125A/${line}`)];
    await extractItems(file, wanted, (rows) => rows.forEach((r) => amounts.set(r.path, Number(r.value))));
    const [page1 = 0, begin = 0, purchases = 0, labor = 0, end = 0, sold = 0] = wanted.map((path) =>
      amounts.get(path),
    );
    assert.equal(sold, begin + purchases + labor - end);
    assert.equal(page1, sold);
  });
});

test('a large return has nearly the bytes asked for, all its documents, and is the same for the same seed', async () => {
  const xml = textOf(largeReturn(300_000, 3));
  assert.ok(xml.length <= 300_000 && xml.length > 299_000);
  assert.equal(xml, textOf(largeReturn(300_000, 3)));
  assert.notEqual(xml, textOf(largeReturn(300_000, 4)));
  await withFile(xml, async (file) => {
    let rows = 0;
    await extractItems(file, ['IRS5472/StockPurchasesTradeAmt'], (some) => void (rows += some.length));
    assert.equal(rows, largeReturn(300_000, 3).documentCount);
  });
});
