import type { Content, FictionalReturn } from './fictional.ts';
import { documentId, element, numbers, returnXml } from './fictional.ts';

/** A Form 5472 whose XML has the same length whatever its number: amounts have six digits. */
const form5472 = (n: number, random: (below: number) => number): Content => {
  const amount = (): number => 100_000 + random(900_000);
  return {
    '@documentId': documentId(n),
    RelatedPartyInfo: {
      ForeignPersonInd: 'X',
      RelatedPartyName: { BusinessNameLine1Txt: `Fictional Lamp Works ${String(n).padStart(8, '0')}` },
      ForeignAddress: { CityNm: 'Nowhere', CountryCd: 'SZ' },
    },
    StockPurchasesTradeAmt: amount(),
    RoyaltiesPaidAmt: amount(),
    CommissionsPaidAmt: amount(),
  };
};

/** A corporation's return of nearly the given bytes, all of it Forms 5472: 237 MB, the largest reported, is about 400,000. */
export const largeReturn = (bytes: number, seed: number): FictionalReturn => {
  const each = element('IRS5472', form5472(1, numbers(seed)), '    ').length;
  const bare: FictionalReturn = {
    type: '1120',
    schemaVersion: '2021v5.0',
    ein: '079876543',
    name: 'Large Lamp Company (fictional)',
    nameControl: 'LARG',
    from: '2021-01-01',
    to: '2021-12-31',
    documentCount: 0,
    documents: [],
  };
  const rest = [...returnXml(bare)].join('').length;
  const documentCount = Math.max(1, Math.floor((bytes - rest) / each));
  const documents = {
    *[Symbol.iterator](): Generator<[string, Content], void, undefined> {
      const random = numbers(seed);
      for (let n = 1; n <= documentCount; n += 1) yield ['IRS5472', form5472(n, random)];
    },
  };
  return { ...bare, documentCount, documents };
};
