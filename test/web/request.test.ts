import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { customsCase, draftRequest } from '../../src/office/customs.ts';
import { exampleDocument, reference as example } from '../node/three.fixture.ts';
import { type Browser, openSites } from './site.fixture.ts';

const CASE = 'CBP-2026-0200';
const at = (...rest: string[]) => ['/requests', CASE, ...rest].join('/');
const TITLE = 'Supervisory Auditor, Trade Regulatory Audit';

/** Opens a page and sends its form, as a person does. */
const fill = async (browser: Browser, path: string, typed: Parameters<Browser['post']>[1]) => {
  const page = await browser.get(path);
  assert.equal(page.status, 200, path);
  return browser.post(path, typed);
};

const begun = (browser: Browser) =>
  fill(browser, '/requests/new', {
    'act.document.request.reference': CASE,
    'act.document.title': 'Audit of Harbor Lamp Company (fictional)',
  });

const audit = {
  'act.document.title': 'Audit of Harbor Lamp Company (fictional)',
  'act.document.audit.reference': 'TRA-2026-17',
  'act.document.audit.kind': 'section 509 audit',
  'act.document.audit.stage': 'initiated',
  'act.document.audit.entries': 'B76-0324527-8\nB76-0324528-6\n',
};

const purchases = {
  // As the page has them filled in already.
  'act.item.form': '1125-A',
  'act.item.line': '2',
  'act.item.path': 'IRS1125A/PurchasesAmt',
  'act.item.taxpayer': 'taxpayer-1',
  'act.item.period.from': '2021-01-01',
  'act.item.period.to': '2021-12-31',
  'act.item.purposes[]': ['correctness of an entry'],
  'act.item.purpose': 'To compare purchases with the value declared.',
  'act.item.necessity': 'Only the cost of goods sold shows what was paid in all.',
  'act.item.relatesTo': 'declared value',
};

test('a request on screen: step by step to the packet', async (t) => {
  const { customs, irs, nodes } = await openSites(t);
  const jordan = await customs.signIn('jordan-vale');

  await t.test('begins with a reference, and says what comes next', async () => {
    const list = await begun(jordan);
    assert.equal(list.location, at());
    assert.match(list.text, /Next: The audit/);
    assert.match(list.text, /The Commissioner’s signature – Cannot start yet/);
    const { draft } = await customsCase(nodes.customs, CASE);
    assert.equal(draft?.fictional, true, 'what a demonstration asks for is fictional');
  });

  await t.test('a second request of the same reference does not write over the first', async () => {
    const again = await begun(jordan);
    assert.equal(again.status, 422);
    assert.match(again.text, /There is a case of this reference already/);
    assert.match(again.html, /value="CBP-2026-0200"/, 'what was typed is still there');
  });

  await t.test('an incomplete step can be saved, and says what is missing', async () => {
    const saved = await fill(jordan, at('audit'), { 'act.document.audit.reference': 'TRA-2026-17' });
    assert.match(saved.text, /The audit is saved/);
    const page = await jordan.get(at('audit'));
    assert.match(page.text, /The request does not say what kind of audit it is/);
    assert.match(page.html, /value="TRA-2026-17"/);
  });

  await t.test('a malformed field comes back at its place, with everything that was typed', async () => {
    const wrong = await fill(jordan, at('audit'), { ...audit, 'act.document.audit.determined': 'soon' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /The day of the determination: write a date of the calendar as YYYY-MM-DD/);
    assert.match(wrong.html, /href="#f-document\.audit\.determined"/);
    assert.match(wrong.html, /id="f-document\.audit\.determined-error"/);
    assert.match(wrong.html, /B76-0324528-6/);
  });

  await t.test('the importer audited becomes the first taxpayer, under an id that names nobody', async () => {
    await fill(jordan, at('audit'), { ...audit, 'act.importer': 'Harbor Lamp Company (fictional)' });
    const { draft } = await customsCase(nodes.customs, CASE);
    assert.deepEqual(draft?.taxpayers, [{ id: 'taxpayer-1', name: 'Harbor Lamp Company (fictional)' }]);
    assert.equal(draft?.audit?.subject, 'taxpayer-1');
    assert.deepEqual(draft?.audit?.entries, ['B76-0324527-8', 'B76-0324528-6']);
  });

  await t.test('titles are offered from the directory', async () => {
    const page = await jordan.get(at('titles'));
    assert.match(page.text, new RegExp(TITLE));
    await jordan.post(at('titles'), {
      'act.document.request.titles[]': TITLE,
      'act.others': 'Auditor, Trade Regulatory Audit',
    });
    const { draft } = await customsCase(nodes.customs, CASE);
    assert.deepEqual(draft?.request.titles, [TITLE, 'Auditor, Trade Regulatory Audit']);
  });

  await t.test('what is certified of a taxpayer', async () => {
    const page = await fill(jordan, at('taxpayers', '1'), {
      'act.taxpayer.name': 'Harbor Lamp Company (fictional)',
      'act.taxpayer.tin': '07-1234567',
      'act.taxpayer.certified': 'audit initiated',
    });
    assert.match(page.text, /Customs certifies that it has initiated, under section 509/);
  });

  await t.test('one more taxpayer, with its relationship; its page has no name in its address', async () => {
    await jordan.get(at('taxpayers'));
    const entered = await jordan.post(at('taxpayers'), {
      'act.taxpayer.name': 'Lantern Works Holdings (fictional)',
    });
    assert.equal(entered.location, at('taxpayers', '2'));
    await jordan.post(at('taxpayers', '2'), {
      'act.taxpayer.name': 'Lantern Works Holdings (fictional)',
      'act.taxpayer.certified': 'relationship',
      'act.taxpayer.relationship.kind': 'ownership',
      'act.taxpayer.relationship.with': 'taxpayer-1',
      'act.taxpayer.relationship.statement': 'One foreign parent owns all of both.',
    });
    const { draft } = await customsCase(nodes.customs, CASE);
    assert.deepEqual(draft?.taxpayers[1]?.relationship, {
      kind: 'ownership',
      with: 'taxpayer-1',
      statement: 'One foreign parent owns all of both.',
    });
  });

  await t.test(
    'one TIN of two taxpayers is a mistake, and is not repeated in the words about it',
    async () => {
      const wrong = await fill(jordan, at('taxpayers', '2'), {
        'act.taxpayer.name': 'Lantern Works Holdings (fictional)',
        'act.taxpayer.tin': '07-1234567',
        'act.taxpayer.certified': 'relationship',
      });
      assert.equal(wrong.status, 422);
      const [, summary = ''] = /role="alert"([^]*?)<\/ul>/.exec(wrong.html) ?? [];
      assert.match(summary, /two taxpayers have one TIN/);
      assert.doesNotMatch(summary, /07-?1234567/);
    },
  );

  await t.test('an item is found in the catalogue, by a search that needs no script', async () => {
    const found = await jordan.get(`${at('items', 'new')}?words=1125-A+2`);
    assert.match(found.text, /Form 1125-A, line 2: Purchases/);
    const [, pick = ''] =
      /value="([^"]*1125-A[^"]*)"[^>]*>\s*<label[^>]*>Form 1125-A, line 2: Purchases/.exec(found.html) ?? [];
    const page = await jordan.post(at('items'), { 'act.pick': pick.replaceAll('&quot;', '"') });
    assert.equal(page.location, at('items', 'purchases'));
    assert.match(
      page.text,
      /The taxable period or date to which the return information relates/,
      'the law’s words stand there',
    );
    assert.match(page.text, /To mend/);
  });

  await t.test(
    'nothing chosen, nothing asked for; what the catalogue does not have is not taken from it',
    async () => {
      await jordan.get(`${at('items', 'new')}?words=royalt`);
      const none = await jordan.post(at('items'), {});
      assert.equal(none.status, 422);
      assert.match(none.text, /No item is chosen/);
      assert.match(none.text, /Royalties/i, 'what was found is still there');
      const made = await jordan.post(at('items'), { 'act.pick': '["9999","1","IRS9999/Made"]' });
      assert.equal(made.status, 422);
    },
  );

  await t.test('what is typed is checked before it is saved, and nothing is recorded of it', async () => {
    await jordan.get(at('items', 'purchases'));
    const before = await customsCase(nodes.customs, CASE);
    const form = await jordan.get(at('items', 'purchases'));
    const typed = { ...purchases, 'act.item.necessity': '' };
    const seal = /name="seal" value="([^"]*)"/.exec(form.html)?.[1] ?? '';
    const words = await jordan.post(at('items', 'purchases', 'findings'), { seal, ...typed });
    assert.equal(words.status, 200);
    assert.match(words.text, /an explanation as to how the requested information is necessary/);
    assert.doesNotMatch(words.text, /The taxable period or date/);
    assert.doesNotMatch(words.html, /<html/, 'a part of the page, not a page');
    const half = await jordan.post(at('items', 'purchases', 'findings'), {
      seal,
      ...purchases,
      'act.item.date': '31.12.',
    });
    assert.match(half.text, /The date: write a date of the calendar/);
    assert.deepEqual(await customsCase(nodes.customs, CASE), before);
  });

  await t.test('an item made whole', async () => {
    const saved = await fill(jordan, at('items', 'purchases'), purchases);
    assert.match(saved.text, /Nothing in it would be sent back/);
  });

  await t.test('a page gone stale changes nothing', async () => {
    const other = await customs.signIn('jordan-vale');
    const stale = await other.get(at('titles'));
    await fill(jordan, at('titles'), { 'act.document.request.titles[]': TITLE });
    const refused = await other.post(at('titles'), { 'act.others': 'Somebody Else' }, stale.html);
    assert.equal(refused.status, 409);
    assert.match(refused.text, /The case has moved on since you read it/);
    const { draft } = await customsCase(nodes.customs, CASE);
    assert.deepEqual(draft?.request.titles, [TITLE]);
  });

  await t.test('a taxpayer taken out takes with it what pointed to it', async () => {
    await fill(jordan, at('items', 'purchases'), { ...purchases, 'act.item.taxpayer': 'taxpayer-2' });
    await jordan.get(at('taxpayers'));
    const gone = await jordan.post(at('taxpayers', '2', 'remove'));
    assert.match(gone.text, /taken out/);
    const { draft } = await customsCase(nodes.customs, CASE);
    assert.deepEqual(
      draft?.taxpayers.map(({ id }) => id),
      ['taxpayer-1'],
    );
    assert.equal(draft?.items[0]?.taxpayer, undefined);
    const check = await jordan.get(at('check'));
    assert.match(check.text, /The particular taxpayer to whom the return information relates/);
    assert.match(check.text, /Mend it: Form 1125-A, line 2/);
    await fill(jordan, at('items', 'purchases'), purchases);
  });

  await t.test('the Commissioner reads one page, and signs', async () => {
    const page = await jordan.get(at('sign'));
    assert.equal(page.status, 403, 'who drafts does not sign');
    const robin = await customs.signIn('robin-alder');
    const sign = await robin.get(at('sign'));
    for (const words of [
      'TRA-2026-17: section 509 audit, initiated',
      'Harbor Lamp Company (fictional)',
      'Customs certifies that it has initiated',
      TITLE,
      'Form 1125-A, line 2: Purchases',
      'To compare purchases with the value declared.',
      'Only the cost of goods sold shows what was paid in all.',
    ])
      assert.ok(sign.text.includes(words), words);
    const signed = await robin.post(at('sign'));
    assert.match(signed.text, /Signed on 2026-03-16 by Robin Alder, Acting Commissioner/);
    const edit = await jordan.get(at('audit'));
    assert.match(edit.text, /Saving a change drops the signature/);
  });

  await t.test('it is sent, and its packet lies at the IRS', async () => {
    const robin = await customs.signIn('robin-alder');
    assert.match((await robin.get(at())).text, /Somebody whose title sends lets it go/);
    await jordan.get(at());
    const sent = await jordan.post(at('send'));
    assert.match(sent.text, /The request is sent, and recorded\. The packet for IRS is on its way\./);
    assert.equal(
      readdirSync(join(nodes.irs.dir, 'inbox')).filter((name) => name.endsWith('.waybill')).length,
      1,
    );
    const edit = await jordan.get(at('audit'));
    assert.match(edit.text, /what was sent stays as it is/);
    assert.doesNotMatch(edit.html, /Save the audit/);
  });

  await t.test('it is withdrawn with a reason, and not without', async () => {
    await jordan.get(at());
    const bare = await jordan.post(at('withdraw'), {});
    assert.equal(bare.status, 422);
    assert.match(bare.text, /Why it is withdrawn: this may not be empty/);
    const withdrawn = await jordan.post(at('withdraw'), { 'act.reason': 'The audit was dropped.' });
    assert.match(withdrawn.text, /withdrawn, and recorded\. The packet for IRS is on its way/);
    const { withdrawn: state } = await customsCase(nodes.customs, CASE);
    assert.equal(state?.reason, 'The audit was dropped.');
  });

  await t.test('what would be sent back cannot be signed, and the page says what to do', async () => {
    await draftRequest(
      nodes.customs,
      { person: 'jordan-vale' },
      example,
      exampleDocument(['purchases', 'commissions']),
    );
    const robin = await customs.signIn('robin-alder');
    const page = await robin.get(`/requests/${example}/sign`);
    assert.match(page.text, /It cannot be signed yet/);
    assert.match(page.text, /Explain how this item is necessary to that purpose/);
    assert.doesNotMatch(page.html, /<button[^>]*>Sign request/);
    const list = await robin.get(`/requests/${example}`);
    assert.match(list.text, /1 thing still to mend/);
  });

  await t.test('markup that somebody types is text on every page that shows it', async () => {
    const nasty = '<img src=x onerror=alert(1)>"\'';
    const document = exampleDocument(['purchases']);
    await draftRequest(nodes.customs, { person: 'jordan-vale' }, example, {
      ...document,
      title: nasty,
      items: document.items.map((one) => ({ ...one, purpose: nasty, necessity: nasty })),
      taxpayers: document.taxpayers.map((one) => ({ ...one, name: `${nasty}${one.id}` })),
      request: { ...document.request, titles: [nasty] },
    });
    const robin = await customs.signIn('robin-alder');
    for (const page of [
      '',
      '/audit',
      '/titles',
      '/taxpayers',
      '/taxpayers/1',
      '/items',
      '/items/purchases',
      '/check',
      '/letter',
    ]) {
      const { html, status } = await jordan.get(`/requests/${example}${page}`);
      assert.equal(status, 200, page);
      assert.doesNotMatch(html, /<img/, page);
    }
    assert.doesNotMatch((await robin.get(`/requests/${example}/sign`)).html, /<img/);
  });

  await t.test('no other office has the builder, and what is not there is not found', async () => {
    const alex = await irs.signIn('alex-firth');
    assert.equal((await alex.get(`/requests/${example}`)).status, 404);
    assert.equal((await jordan.get('/requests/CBP-1900-0001/audit')).status, 404);
    assert.equal((await jordan.get(`/requests/${example}/items/keel`)).status, 404);
    assert.equal((await jordan.get(`/requests/${example}/taxpayers/99`)).status, 404);
  });
});
