import type { Content, FictionalReturn } from './fictional.ts';
import { documentId, numbers } from './fictional.ts';

const year = { type: '1120', schemaVersion: '2021v5.0', from: '2021-01-01', to: '2021-12-31' };

const withIds = (documents: readonly (readonly [string, Record<string, Content>])[]) => ({
  documentCount: documents.length,
  documents: documents.map(
    ([name, content], index) => [name, { '@documentId': documentId(index + 1), ...content }] as const,
  ),
});

/** Form 1125-A whose lines add up: line 8 is lines 1 to 5 less line 7. */
const costOfGoods = (begin: number, purchases: number, labor: number, end: number) => ({
  BeginningOfYearInventoryAmt: begin,
  PurchasesAmt: purchases,
  CostOfLaborAmt: labor,
  TotalCostsAmt: begin + purchases + labor,
  EndOfYearInventoryAmt: end,
  CostOfGoodsSoldAmt: begin + purchases + labor - end,
  LowerCostOrMarketInd: 'X',
});

/** Form 1120, page 1, as far as these figures go. */
const corporation = (receipts: number, cost: number, more: Record<string, Content> = {}) => ({
  ...more,
  TotalAssetsAmt: receipts,
  GrossReceiptsOrSalesAmt: receipts,
  NetGrossReceiptsOrSalesAmt: receipts,
  CostOfGoodsSoldAmt: cost,
  GrossProfitAmt: receipts - cost,
  TotalIncomeAmt: receipts - cost,
});

const relatedParty = (name: string, city: string, country: string, reference: string) => ({
  ForeignPersonInd: 'X',
  RelatedPartyName: { BusinessNameLine1Txt: name },
  ForeignAddress: { CityNm: city, CountryCd: country },
  ForeignEntityIdentificationGrp: { ForeignEntityReferenceIdNum: reference },
  PrincipalPlaceOfBusCountryCd: country,
});

/** The importer of the example: buys from two related parties abroad, and pays one of them a royalty. */
export const harborLamp = (seed: number): FictionalReturn => {
  const random = numbers(seed);
  const [begin, purchases, labor, end] = [
    4_100_000 + random(1000),
    31_250_000 + random(1000),
    960_000,
    4_480_000,
  ];
  const goods = costOfGoods(begin, purchases, labor, end);
  return {
    ...year,
    ein: '071234567',
    name: 'Harbor Lamp Company (fictional)',
    nameControl: 'HARB',
    ...withIds([
      ['IRS1120', corporation(52_400_000, goods.CostOfGoodsSoldAmt, { ConsolidatedReturnInd: 'X' })],
      ['IRS1125A', goods],
      [
        'IRS5472',
        {
          RelatedPartyInfo: relatedParty('Leuchten & Söhne AG (fictional)', 'Zürich', 'SZ', 'LSAG01'),
          StockPurchasesTradeAmt: 18_740_000 + random(1000),
          RoyaltiesPaidAmt: 0,
          PropertyRightsPrchsAmt: 1_405_500,
          CommissionsPaidAmt: 212_300,
        },
      ],
      [
        'IRS5472',
        {
          RelatedPartyInfo: relatedParty('Pacific Shade Works Ltd (fictional)', 'Taipei', 'TW', 'PSWL02'),
          StockPurchasesTradeAmt: 9_066_000 + random(1000),
          PropertyRightsPrchsAmt: 0,
          CommissionsPaidAmt: -1_800,
        },
      ],
      [
        'IRS851',
        {
          CommonParentCorporationInfo: { CorporationNum: 1 },
          SubsidiaryCorporationInfo: {
            CorporationNum: 2,
            CorporationName: { BusinessNameLine1Txt: 'Harbor Lamp Retail Inc (fictional)' },
            CorporationEIN: '077654321',
            StockHoldingInfo: {
              SharesCnt: 1000,
              VotingPowerPct: 1,
              StockValuePct: 1,
              OwnedByCorporationNum: 1,
            },
          },
        },
      ],
    ]),
  };
};

/** The importer's sister: foreign-owned too, with a foreign corporation of its own. */
export const lanternHoldings = (seed: number): FictionalReturn => {
  const random = numbers(seed);
  const costOfGoodsSold = 12_300_000;
  return {
    ...year,
    ein: '087654321',
    name: 'Lantern Works Holdings (fictional)',
    nameControl: 'LANT',
    ...withIds([
      ['IRS1120', corporation(20_150_000 + random(1000), costOfGoodsSold)],
      [
        'IRS5472',
        {
          RelatedPartyInfo: relatedParty('Leuchten & Söhne AG (fictional)', 'Zürich', 'SZ', 'LSAG01'),
          StockPurchasesTradeAmt: 7_310_000 + random(1000),
          RoyaltiesPaidAmt: 0,
          CommissionsPaidAmt: 96_400,
        },
      ],
      [
        'IRS5471ScheduleM',
        {
          ForeignCorporationName: { BusinessNameLine1Txt: 'Lantern Glass Sp. z o.o. (fictional)' },
          ForeignEntityIdentificationGrp: { ForeignEntityReferenceIdNum: 'LGSP01' },
          FunctionalCurrencyDesc: 'PLN',
          ExchangeRt: '3.8629',
          USPersonControlFrgnCorpGrp: {
            InventorySalesAmt: 5_020_000 + random(1000),
            CommissionsPaidAmt: 44_000,
            RentsRoyaltiesLicenseFeesPdAmt: 150_000,
          },
        },
      ],
      [
        'IRS1120ScheduleM3',
        {
          NonConsolidatedReturnInd: 'X',
          IncomeLossItems: {
            CostOfGoodsSoldGrp: {
              IncomeLossPerIncomeStmtAmt: costOfGoodsSold + 45_000,
              TemporaryDifferenceAmt: -45_000,
              PermanentDifferenceAmt: 0,
              IncomeLossPerTaxReturnAmt: costOfGoodsSold,
            },
          },
        },
      ],
    ]),
  };
};

/** A competitor that has nothing to do with the importer: its items must never be in the extract. */
export const keelLighting = (seed: number): FictionalReturn => {
  const random = numbers(seed);
  const goods = costOfGoods(2_000_000 + random(1000), 14_800_000, 610_000, 2_150_000);
  return {
    ...year,
    ein: '091112223',
    name: 'Keel Lighting (fictional)',
    nameControl: 'KEEL',
    ...withIds([
      ['IRS1120', corporation(24_900_000, goods.CostOfGoodsSoldAmt)],
      ['IRS1125A', goods],
    ]),
  };
};
