import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { ProblemError } from '../../ground/problem.ts';
import { standingOf } from './chapter.ts';
import { chapterOfForm } from './forms.ts';
import { loadYear, openCatalogue } from './open.ts';

const catalogue = openCatalogue();
const listOf = (year: number) =>
  new URL(`../../../../shared/data/forms/mef-items-${year}.csv`, import.meta.url);
const returnOf = (name: string) => new URL(`../../../../shared/data/returns/${name}`, import.meta.url);

describe('the items of the catalogue', () => {
  test('there are hundreds, of both years, and each says what it is', () => {
    assert.ok(catalogue.items().length > 900);
    for (const item of catalogue.items()) {
      assert.ok(item.caption.length > 2 && item.line !== '' && item.years.length > 0, item.path);
      assert.ok(item.path.startsWith(`${item.document}/`), item.path);
      assert.ok(catalogue.form(item.form), `${item.form} is in no form of the table`);
      assert.equal(catalogue.form(item.document), catalogue.form(item.form), item.path);
    }
  });

  test('no form, line, year and path stands there twice, and a path is one item in one year', () => {
    const seen = new Set<string>();
    for (const item of catalogue.items())
      for (const year of item.years) {
        const place = `${year} ${item.path}`;
        assert.ok(!seen.has(place), place);
        seen.add(place);
        assert.equal(catalogue.byPath(item.path, year), item);
      }
  });

  test('every item has its chapter, and every chapter its section', () => {
    for (const { chapter, path } of catalogue.items()) {
      assert.ok(chapter, `${path}: nobody has decided its chapter`);
      assert.ok(chapter.source !== '', path);
      if (chapter.standing !== 'public') assert.equal(chapter.standing, standingOf(chapter.chapters), path);
    }
    for (const form of catalogue.forms) assert.ok(form.source !== '', form.form);
  });

  test('a path has the same chapter in every year', () => {
    for (const [path, same] of Map.groupBy(catalogue.items(), (item) => item.path))
      assert.equal(new Set(same.map(({ chapter }) => chapter?.chapters.join())).size, 1, path);
  });

  for (const year of [2013, 2021])
    test(`every path of ${year} is in the list of that schema year, where the form is`, (t) => {
      if (!existsSync(listOf(year))) return t.skip('../shared/data/forms is not here');
      const listed = new Set<string>();
      for (const [, path = ''] of readFileSync(listOf(year), 'utf8').matchAll(/,([A-Z]\w+\/[\w/@]+),\w*$/gm))
        listed.add(path);
      const documents = new Set([...listed].map((path) => path.replace(/\/.*$/, '')));
      // The list was made by a script that does not follow the stylesheet's one split path, in Schedule C of Form 8858.
      const splitInSource =
        /^IRS8858\/IRS8858ScheduleC\/(?:GrossReceiptsOrSales|CostOfGoodsSold|GrossProfit)IncmStmt\//;
      const unlisted = catalogue
        .items()
        .filter(({ years, document }) => years.includes(year) && documents.has(document))
        .map(({ path }) => path)
        .filter((path) => !listed.has(path) && !splitInSource.test(path));
      assert.deepEqual(unlisted, []);
    });

  test('what no schema material shows is marked so', () => {
    const unverified = catalogue.items().filter(({ verified }) => !verified);
    assert.deepEqual(
      unverified.map(({ path }) => path),
      ['IRS940/WagesAmt', 'IRS940/TotalTaxableWagesAmt', 'IRS940/FUTATaxBeforeAdjustmentAmt'],
    );
  });

  test('the element names of 990-T and 990-PF are those of real filings', (t) => {
    const names = ['202303569339300005.xml', '202303569339300705.xml', '202303569349100400.xml'];
    if (!names.every((name) => existsSync(returnOf(name))))
      return t.skip('../shared/data/returns is not here');
    const filed = names.map((name) => readFileSync(returnOf(name), 'utf8')).join('');
    for (const path of [
      'IRS990TScheduleA/CostOfGoodsSoldAmt',
      'IRS990TScheduleA/PurchasesAmt',
      'IRS990T/TotalUBTIAmt',
      'IRS990PF/ExciseTaxBasedOnInvstIncmGrp/TaxBasedOnInvestmentIncomeAmt',
    ]) {
      assert.ok(catalogue.byPath(path, 2021), path);
      for (const step of path.split('/')) assert.match(filed, new RegExp(`<${step}[ >]`), step);
    }
  });
});

describe('the chapter of a place', () => {
  const chapters = (place: Parameters<typeof catalogue.chapterOf>[0]) => catalogue.chapterOf(place)?.chapters;

  test('what is out never comes out as chapter 1 or 6', () => {
    const out = [
      '1040 Schedule SE',
      '1040 Schedule H',
      '8959',
      '8960',
      '941',
      '940',
      '990-PF',
      '4720',
      '720',
      '2290',
      '1042',
      '1042-S',
      '990',
      '706',
      '8805',
    ];
    for (const form of out) {
      const finding = catalogue.chapterOf({ form });
      assert.ok(finding && ['out', 'public'].includes(finding.standing), form);
      for (const chapter of [finding, ...catalogue.lookup(form).map((item) => item.chapter)])
        assert.ok(
          chapter?.chapters.every((one) => one !== '1' && one !== '6'),
          form,
        );
      for (const document of catalogue.form(form)?.documents ?? [])
        assert.equal(chapters({ path: `${document}/Anything` })?.includes('1'), false);
    }
    assert.deepEqual(chapters({ path: 'IRS990PF/AnalysisOfRevenueAndExpenses/CostOfGoodsSoldAmt' }), ['42']);
  });

  test('the 1040 is decided line by line', () => {
    const lines2013 = {
      12: '1',
      43: '1',
      44: '1',
      56: '2',
      57: '21',
      '59a': '21;23;24',
      '59b': '1',
      62: '24',
      77: '68',
    };
    for (const [line, expected] of Object.entries(lines2013))
      assert.equal(chapters({ form: '1040', line, year: 2013 })?.join(';'), expected, line);
    assert.deepEqual(chapters({ form: '1040', line: '15', year: 2021 }), ['1']);
    assert.equal(catalogue.chapterOf({ form: '1040', line: '24', year: 2021 })?.standing, 'mixed');
    assert.equal(
      catalogue.chapterOf({ form: '1040', line: '60', year: 2013 }),
      undefined,
      'boxes of chapters 2 to 22',
    );
    assert.deepEqual(chapters({ path: 'IRS1040/Form8960Ind' }), ['2A']);
    assert.deepEqual(chapters({ path: 'IRS1040Schedule2/SelfEmploymentTaxAmt' }), ['2']);
  });

  test('what nobody has decided is unknown', () => {
    assert.equal(catalogue.chapterOf({ form: '1040' })?.standing, 'mixed');
    for (const place of [
      { form: '1040', line: '23', year: 2013 },
      { form: '1040', line: '56', year: 2017 },
      { form: '1040', line: '56' },
      { path: 'IRS1040/RefundAmt' },
      { path: 'IRS1120F/IRS1120FScheduleW/Section1445And1446TaxAmt' },
      { path: 'OtherDeductionsStatement/Amt' },
      { form: 'Schedule C' },
      { form: '5473' },
    ])
      assert.equal(catalogue.chapterOf(place), undefined, JSON.stringify(place));
  });

  test('an exception stands against its form, however the element is cased', () => {
    assert.deepEqual(chapters({ form: '1120', line: '27' }), ['1']);
    assert.deepEqual(chapters({ path: 'IRS1120/ESPenaltyAmt' }), ['68']);
    assert.deepEqual(chapters({ path: 'IRS1065/IRS1065ScheduleK/NetEarningsLossFromSEAmt' }), ['2']);
    assert.deepEqual(chapters({ form: '1120-F', line: '5i', year: 2021 }), ['3']);
    assert.deepEqual(chapters({ form: '1120', line: '34', year: 2021 }), ['68']);
    assert.equal(catalogue.chapterOf({ form: '1120', line: '34', year: 2017 }), undefined, 'the line moved');
    assert.deepEqual(chapters({ form: '851' }), ['6']);
  });

  test('a line number answers for its own year', () => {
    const path = (line: string, year: number) =>
      catalogue.lookup('5472', line, year).map((item) => item.path);
    assert.deepEqual(path('23', 2021), ['IRS5472/StockPurchasesTradeAmt']);
    assert.deepEqual(path('23', 2013), ['IRS5472/InterestPaidAmt']);
    assert.deepEqual(path('14', 2013), ['IRS5472/StockPurchasesTradeAmt']);
    assert.deepEqual(path('23', 2030), []);
  });
});

describe('a whole schema year', () => {
  const header = 'schema_year,document,line,caption,xpath,kind\n';
  const year = (...lines: string[]) => catalogue.addYear(header + lines.join('\n'), 'items-2019.csv');

  test('a form that does not mix gives its chapter, one that does gives none', () => {
    const wider = year(
      '2019,IRS5472,99,Something new,IRS5472/SomethingNewAmt,Amt',
      '2019,IRS1040,99,Something new,IRS1040/SomethingNewAmt,Amt',
      '2019,IRS1040,4,Tax,IRS1040/SelfEmploymentTaxAmt,Amt',
      '2019,IRS1120,34,Penalty,IRS1120/ESPenaltyAmt,Amt',
      '2019,IRS9999,1,Unheard of,IRS9999/AnAmt,Amt',
    );
    const at = (path: string) => wider.byPath(path, 2019)?.chapter?.chapters;
    assert.deepEqual(at('IRS5472/SomethingNewAmt'), ['1']);
    assert.equal(at('IRS1040/SomethingNewAmt'), undefined);
    assert.deepEqual(at('IRS1040/SelfEmploymentTaxAmt'), ['2'], 'decided by hand in another year');
    assert.deepEqual(at('IRS1120/ESPenaltyAmt'), ['68']);
    assert.equal(at('IRS9999/AnAmt'), undefined);
    assert.equal(wider.lookup('9999').length, 1);
    assert.equal(catalogue.byPath('IRS5472/SomethingNewAmt'), undefined, 'the first catalogue is as it was');
  });

  test('what is written by hand wins over the list', (t) => {
    if (!existsSync(listOf(2021))) return t.skip('../shared/data/forms is not here');
    const wider = loadYear(catalogue, listOf(2021).pathname);
    assert.ok(wider.items().length > catalogue.items().length + 4000);
    assert.equal(wider.byPath('IRS1125A/PurchasesAmt', 2021)?.curated, true);
    assert.deepEqual(
      wider
        .items()
        .filter(
          ({ document, chapter }) =>
            /^IRS(?:941|2290|1042S|720)$/.test(document) && chapter?.standing !== 'out',
        ),
      [],
    );
  });

  const problemOf = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      assert.ok(error instanceof ProblemError);
      return error.problems.map(({ kind, where, what }) => `${kind} ${where} ${what}`);
    }
    return assert.fail('nothing was refused');
  };

  test('a fault is told by file, line and column, and the cell is not repeated', () => {
    const faults = problemOf(() =>
      year(
        '2019,IRS5472,1,fine,IRS5472/FineAmt,Amt',
        '19,IRS5472,1,"two\nlines",IRS5472/SecretAmt,Amt',
        '2019,IRS5472,1,x,IRS1120/XAmt,Amt',
      ),
    );
    assert.equal(faults.length, 2);
    assert.match(faults[0] ?? '', /^not-an-item-list items-2019\.csv:4 Column schema_year: /);
    assert.match(faults[1] ?? '', /^not-an-item-list items-2019\.csv:5 Column xpath: .*document/);
    assert.doesNotMatch(faults.join(), /Secret/);
  });

  test('a file that is no list is refused', () => {
    assert.match(
      problemOf(() => catalogue.addYear('', 'empty.csv')).join(),
      /empty\.csv The list has no lines/,
    );
    assert.match(
      problemOf(() => catalogue.addYear(`${header}2019,"IRS5472`, 'open.csv')).join(),
      /open\.csv:\d/,
    );
    assert.match(
      problemOf(() => catalogue.addYear(`${header}2019,IRS5472`, 'short.csv')).join(),
      /short\.csv:2/,
    );
    assert.match(
      problemOf(() => catalogue.addYear('a,b\n1,2', 'other.csv')).join(),
      /other\.csv:2 Column schema_year/,
    );
    assert.match(
      problemOf(() => loadYear(catalogue, 'no/such/list.csv')).join(),
      /^file-unreadable no\/such\/list\.csv/,
    );
  });
});

test('a form that mixes has no chapter of its own', () => {
  assert.equal(chapterOfForm(catalogue.form('1120-F')), undefined);
  assert.deepEqual(chapterOfForm(catalogue.form('1122'))?.chapters, ['6']);
});
