import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Office } from '../../src/custody/entry.ts';
import { NO_CHROMIUM, chromiumPath, openChromium } from './chromium.fixture.ts';
import { type Person, personAt } from './person.fixture.ts';
import { openSites } from './site.fixture.ts';
import {
  audit,
  beginRequest,
  file,
  find,
  goodsSold,
  mayI,
  purchases,
  receive,
  reference,
  sister,
  sisterLine,
  toCase,
  writeRequest,
} from './whole-case.fixture.ts';

const path = chromiumPath();
const purchasesLine = /^Form 1125-A, line 2/;
const court = /^A civil court/;
const inSuit = { matter: court, aims: [/recover revenue/, /advocate or defend/], stage: /is being prepared/ };
const inAudit = { matter: /^The audit for which/, aims: [/correctness/] };

type Desks = Readonly<Record<Office, Person>>;

/** Customs: a request from nothing to sent; the Commissioner is stopped while it would be sent back. */
const request = async ({ customs }: Desks): Promise<void> => {
  await customs.signIn('Jordan Vale');
  await customs.sees(/No packet is waiting/, /This office has no case yet.*A new request/);
  await beginRequest(customs);

  await customs.signIn('Robin Alder');
  await customs.sees(/drafted.*finish the draft; the Commissioner signs it.*Yours/);
  await toCase(customs);
  await customs.follow('Open the request');
  await customs.sees(/The titles of who may receive · for Jordan Vale/);
  await customs.follow('The Commissioner’s signature');
  await customs.sees(/It cannot be signed yet: \d+ things? to mend/, /\(b\)\(4\)/);

  await customs.signIn('Jordan Vale');
  await toCase(customs);
  await customs.follow('Open the request');
  await writeRequest(customs);
  await customs.sees(/Next: The Commissioner’s signature · for Robin Alder, Acting Commissioner/);
  await customs.follow(/^Check what/);
  await customs.sees(/✓ Complete/);

  await customs.signIn('Robin Alder');
  await toCase(customs);
  await customs.follow('Open the request');
  await customs.follow('The Commissioner’s signature');
  await customs.sees(/It would be signed on 2026-03-16 by Robin Alder, Acting Commissioner/);
  await customs.press(`Sign request ${reference}`);
  await customs.sees(/is signed, and recorded/, /as acting Commissioner of Customs/);

  await customs.signIn('Jordan Vale');
  await customs.sees(/signed.*send it.*Yours/);
  await customs.follow(reference);
  await customs.follow('Open the request');
  await customs.press('Send it to the IRS');
  await customs.sees(/The packet for IRS is on its way/, /was sent on 2026-03-16/);
};

/** The IRS: each finding by whoever makes it; approved by one, released by another. */
const review = async ({ irs }: Desks): Promise<void> => {
  const board = async (): Promise<void> => {
    await toCase(irs);
    await irs.follow('Open the review board');
  };
  await irs.signIn('Casey Moor');
  await irs.sees(/This office has no case yet/);
  await receive(irs, /A request from Customs, case .* received/);
  await irs.sees(/in review/, /Who can: Alex Firth/);

  await irs.signIn('Alex Firth');
  await board();
  await irs.sees(
    /3 to be done before anyone can approve/,
    /The grounds of .* are not shown under your title/,
  );
  for (const [item, kept] of [
    [purchases, /harbor/],
    [goodsSold, /harbor/],
    [sister, /lantern/],
  ] as const) {
    await irs.open(item);
    await irs.unfold('Locate it');
    await irs.mark('Which record', 'A return on file');
    await irs.pick('If a return', kept);
    await irs.press('Record where it lies');
    await irs.sees(/The record is located/);
    await irs.close();
  }
  await irs.open(purchases);
  const yes = { answer: 'Yes', reason: 'Single lines of one year, of the parties to the sales.', all: true };
  await find(irs, /no more than is necessary/, yes);
  await find(irs, /necessary to a Customs determination/, yes);
  await find(irs, /declared value, classification/, yes);
  await irs.close();

  // A finding is missing, and others may not be made under this title.
  await irs.signIn('Drew Haven');
  await board();
  await irs.sees(/Approve .*Not yet: .*Still open/, /\d+ to be done before anyone can approve/);

  const ask = async (name: string, question: RegExp): Promise<void> => {
    await irs.signIn(name);
    await toCase(irs);
    await irs.follow('Answer the questions that the review has for you');
    await irs.follow(question);
  };
  await ask('Sam Torr', new RegExp(`treaty or executive agreement.* ${purchases}$`));
  await find(irs, /treaty or executive/, { answer: 'Nothing', reason: 'Filed here.', all: true });
  await ask('Lee Carr', new RegExp(`confidential informant.* ${purchases}$`));
  await find(irs, /confidential informant/, { answer: 'No', reason: 'None is concerned.', all: true });
  for (const [answer, then] of [
    ['No', /^Next item/],
    ['Yes', /^Next item/],
    ['No', /^Questions that are yours/],
  ] as const) {
    await find(irs, /seriously impair/, { answer, reason: 'As the open matters are.' });
    await irs.follow(then);
  }
  await irs.sees(/Nothing is asked of your title/);
  await ask('Alex Firth', /relationship that the request certifies/);
  await find(irs, /relationship that the request/, { answer: 'Yes', reason: 'One common parent.' });

  await irs.signIn('Drew Haven');
  await board();
  await irs.sees(/2 permitted, 1 refused/, /✗ refused.*✗ not met/);
  await irs.press('Approve the determinations');
  await irs.sees(/The determinations are approved/, /Whoever approved the release does not send it/);

  await irs.signIn('Casey Moor');
  await irs.sees(/approved.*another person releases.*Yours/);
  await board();
  await irs.press('Release the answer to Customs');
  await irs.sees(/The answer is released/, /The review is closed: answered/);
};

/** Customs: receives, looks, uses, shows to the importer’s attorney; not in the next audit. */
const use = async ({ customs }: Desks): Promise<void> => {
  await receive(customs, /An answer from IRS, case .* received/);
  await customs.sees(
    /cost-of-goods-sold .*– not disclosed/,
    /✓ held since 2026-03-16/,
    /What is held may be opened/,
  );
  await customs.seesNot(/impair/);
  await customs.follow(`Open item ${purchases}`);
  await customs.type('Why is it necessary', 'The workpapers compare it.');
  await customs.press('Record the look, and open it');
  await customs.sees(/Your look is on record/, /Value, as filed/);
  await customs.follow('ask whether you may');
  const because = 'The workpapers compare these figures entry by entry.';
  await mayI(customs, { ...inAudit, items: [], because });
  await customs.sees(/✓ Permitted \(f\)/);
  await customs.type('The workpaper or filing', 'WP-12');
  await customs.mark('The entries that it is about', 'B76-0324527-8');
  await customs.press('Do it, and record it');
  await customs.sees(/Done, and recorded/);

  await customs.follow('Ask another question in this case');
  await mayI(customs, {
    ...inAudit,
    matter: 'Another audit',
    audit: 'TRA-2026-31',
    items: [purchasesLine],
    because,
  });
  await customs.sees(/✗ Refused/, /It is not the audit for which the item was requested\. \(j\)/);

  await customs.follow(reference);
  await file(
    customs,
    { kind: /^appearance/, of: 'Dana Pell', document: 'notice of appearance' },
    async () => {
      assert.equal(await customs.offered('Id of the paper'), 'paper-1');
      await customs.mark('an attorney', 'Yes');
      await customs.pick('for which taxpayer', /Harbor/);
    },
  );
  await customs.sees(/Paper paper-1 is on file/);
  await customs.follow(/^May I show or use it/);
  await mayI(customs, {
    ...inAudit,
    items: [sisterLine],
    to: [/legal representative/, 'Dana Pell', (who) => who.pick('Which importer', /Harbor/)],
    because: 'The importer is to answer what the comparison shows.',
    papers: [/^Appearance of Dana Pell/],
  });
  await customs.sees(/✓ Permitted \(f\)/);
  await customs.type('What is shown, in words', 'the line and its caption');
  await customs.press('Do it, and record it');
  await customs.sees(/Done, and recorded/);

  await customs.follow('Cases');
  await customs.follow(reference);
  await customs.follow('Open the IRS’s letter');
  await customs.type('Why is it necessary', 'To see what was answered.');
  assert.match(await customs.take(/open the letter$/), /pdf/);
};

/** Customs to Justice: refused until the audit is shown to have determined what is due. */
const refer = async ({ customs }: Desks): Promise<void> => {
  await toCase(customs);
  await customs.follow(/^May I show or use it/);
  await mayI(customs, {
    ...inSuit,
    items: [purchasesLine, sisterLine],
    to: [
      /officer or employee of Justice/,
      'Toni Brook',
      async (who) => {
        await who.type('That officer’s title', 'Trial Attorney');
        await who.mark('personally engaged', 'Yes');
        await who.mark('And directly engaged', 'Yes');
      },
    ],
    because: 'The suit is being prepared on these figures.',
  });
  await customs.sees(/✗ Refused/, /The audit has determined nothing to be due and owing\. \(g\)/);
  await customs.follow(reference);
  await customs.follow('Record what has become of the audit');
  await customs.type('Day on which amounts', '2026-03-10');
  await customs.press('Record it');
  await customs.sees(/The audit is as recorded now/);
  await customs.follow(/^May I show or use it/);
  await customs.follow(/^Put once more.*Toni Brook/);
  await customs.press('May I?');
  await customs.sees(/✓ Permitted \(g\)/, /Toni Brook/);
  await customs.press('Refer it to Justice');
  await customs.sees(/The packet for Justice is on its way/);
  await customs.follow(reference);
  await customs.sees(/Customs, Dana Pell, Justice/);
};

/** Justice: only who is engaged receives; an expert only with the papers; a criminal matter only by its own door. */
const atJustice = async ({ justice }: Desks): Promise<void> => {
  await justice.signIn('Toni Brook');
  await justice.sees(/This office has no case yet/, /Counsel lists them first/);
  await justice.pressFirst(/^Check and receive packet/);
  await justice.sees(/not on today’s list of those personally and directly engaged/, /\(g\)/);
  await justice.signIn('Max Ferris');
  await justice.follow('List who is engaged');
  await justice.type('The request’s reference', reference);
  await justice.pick('Who is personally', /Toni Brook/);
  await justice.type('The paper that puts', `engagement list of ${audit}`);
  await justice.press('Put on the list');
  await justice.sees(/Toni Brook is on the list/);
  await justice.signIn('Toni Brook');
  await receive(justice, /A referral from Customs, case .* received/);
  await justice.sees(/holds 2 items/);

  await justice.follow(/^May I show or use it/);
  await mayI(justice, {
    ...inSuit,
    items: [purchasesLine],
    to: [/expert engaged/, 'Marin Oake'],
    because: 'Transfer pricing cannot be argued without an economist.',
  });
  await justice.sees(/✗ Refused/, /A last-resort memorandum about this recipient/);
  await justice.follow('File a paper');
  await justice.follow(reference);
  const of = 'Marin Oake';
  await file(justice, { kind: /^engagement letter/, of, document: 'engagement letter' });
  await file(justice, { kind: /^undertaking/, of, document: 'undertaking of confidentiality' });
  await file(justice, { kind: /^safeguards/, of, document: 'certificate under 6103(p)(9)' });
  await file(justice, { kind: /^last-resort/, of, document: 'why it cannot otherwise be accomplished' });
  await justice.sees(/an attorney of Justice signs the memorandum/);
  await justice.mark('an attorney', 'Yes');
  await justice.type('Signed by', 'Max Ferris');
  await justice.type('Title of who signed', 'Assistant Director');
  await justice.pick('Office of who signed', /^Justice/);
  await justice.press('File the paper');
  await justice.sees(/Paper paper-4 is on file/);
  await justice.follow(/^May I show or use it/);
  await mayI(justice, {
    ...inSuit,
    items: [purchasesLine],
    to: [/expert engaged/, of],
    because: 'Transfer pricing cannot be argued without an economist.',
    papers: [/^Engagement letter/, /^Undertaking/, /^Safeguards/, /^Last-resort/],
  });
  await justice.sees(/✓ Permitted \(h\)/);
  await justice.type('What is shown, in words', 'the line and its caption');
  await justice.press('Do it, and record it');

  const criminal = { matter: 'A criminal matter', aims: [/something else/], items: [sisterLine] };
  await justice.follow('Ask another question in this case');
  await mayI(justice, {
    ...criminal,
    criminal: async (who) => {
      await who.mark(/^Is it only to make/, 'No');
      await who.type('Which agency would use it', 'Department of Justice');
      await who.mark(/^Was it filed/, 'Yes');
    },
  });
  await justice.sees(/✗ Refused \(i\)/, /The lawful door .* 6103\(i\)\(1\)/);
  await justice.follow(reference);
  await justice.sees(/locked since 2026-03-16, \(i\)/);
  await justice.follow(/^May I show or use it/);
  await mayI(justice, {
    ...criminal,
    criminal: (who) => who.mark(/^Is it only to make/, 'Yes'),
    because: 'The affidavit for the order rests on it.',
  });
  await justice.sees(/✓ Permitted \(i\)/);
  await justice.press('Do it, and record it');
  await justice.sees(/Done, and recorded/);
};

const endUse = async (who: Person, item: string, [way, why]: readonly [RegExp, string]): Promise<void> => {
  await who.follow('End the use of items');
  await who.mark('Of which items', new RegExp(`^${item}$`));
  await who.mark('In which way', way);
  await who.type('Why is the use over', why);
  await who.press('End the use');
  await who.sees(/Use ended/);
};

const answer = async (
  who: Person,
  [holder, how, more]: readonly [RegExp, RegExp, string?],
): Promise<void> => {
  await who.follow('Answer a recall');
  await who.mark('Of which item', holder);
  await who.mark('What has become', how);
  if (more !== undefined) await who.type('More that the office above', more);
  await who.press('Record the answer');
  await who.sees(/The answer is on record/);
};

/** The IRS recalls; Customs tells Justice; each answers for itself, and for whom it showed it to. */
const comesBack = async ({ irs, customs, justice }: Desks): Promise<void> => {
  const undisclosable = [/^made undisclosable/, 'Recalled.'] as const;
  await toCase(irs);
  await irs.follow('Recall what was disclosed in error');
  await irs.mark('Which items', sister);
  await irs.type('Why?', 'The line was read from the wrong document.');
  await irs.press('Recall');
  await irs.sees(/Recalled\. The packet for Customs is on its way/, /✗ disclosed, and recalled/);

  await receive(customs, /A recall from IRS, case .* received/);
  await customs.sees(/tell Justice of a recall/, /✗ recalled 2026-03-16: use it for nothing/);
  await customs.follow('Tell Justice of a recall');
  await customs.press('Tell Justice');
  await customs.sees(/Justice is told of the recall/, /3 answers to recalls are open/);

  await receive(justice, /A recall from Customs, case .* received/);
  await endUse(justice, sister, undisclosable);
  await answer(justice, [/for Justice/, /^made undisclosable/]);
  await justice.sees(/nobody here any more/);

  await receive(customs, /An answer to a recall from Justice, case .* received/);
  await endUse(customs, sister, undisclosable);
  await answer(customs, [/for Customs/, /^made undisclosable/]);
  await answer(customs, [/for Dana Pell/, /^cannot be got back/, 'It was heard.']);
  await customs.sees(/Still open .* nothing/);
  const answered = /An answer to a recall from Customs, case .* received/;
  await receive(irs, answered, answered);
  await irs.sees(/Dana Pell: cannot be got back/, /nobody from here any more/);
};

/** An incident drill, and the end of the use: nothing is left to open. */
const ends = async ({ customs, justice }: Desks): Promise<void> => {
  await toCase(customs);
  await customs.follow('Report an incident');
  assert.equal(await customs.offered('3. When was it discovered'), '2026-03-16T15:00:00Z');
  await customs.mark('Which items does', /^purchases$/);
  await customs.type('4. How was', 'A drill.');
  await customs.type('5. What happened', 'A printout of one line was left in a meeting room (drill).');
  await customs.type('6. How many', '1');
  await customs.type('7. Where', 'the field office');
  await customs.type('8. What equipment', 'paper');
  await customs.press(/^Put on record/);
  await customs.sees(/Data incident report \(draft\)/, /Due by 2026-03-17T15:00:00Z/);
  await toCase(justice);
  await endUse(justice, purchases, [/^made undisclosable/, 'The suit is settled.']);
  await toCase(customs);
  await endUse(customs, purchases, [/^returned/, 'The audit is closed.']);
  await customs.seesNot(/Open item/);
};

/** Offices show one another the heads of their logs, so that each can be held to what the others saw. */
const witness = async ({ customs, justice }: Desks): Promise<void> => {
  for (const [from, to, name] of [
    [justice, customs, 'Customs'],
    [customs, justice, 'Justice'],
  ] as const) {
    await from.follow('People');
    await from.press(new RegExp(`^Send our head to ${name}`));
    await from.sees(/is on record as sent/);
    await receive(to, /A log head from .* received/);
  }
};

/** What each office’s record says was done, in its own words. */
const recorded: Readonly<Record<Office, readonly RegExp[]>> = {
  irs: [/the request received \(b\)/, /the answer sent \(a\)/, /a recall made \(j\)/, /the recall answered/],
  customs: [
    /answered: not disclosed/,
    /opened \(f\)/,
    /used \(f\)/,
    /permitted \(f\) for Dana Pell/,
    /refused \(g\) for Toni Brook/,
    /the recall forwarded \(j\)/,
    /an incident reported/,
    /use ended/,
  ],
  justice: [
    /a person engaged, \(g\)/,
    /the referral received/,
    /refused \(h\)\(1\) for Marin Oake/,
    /locked: asked for in a criminal matter \(i\)/,
    /used to comply with 6103\(i\)/,
    /the recall answered/,
    /use ended/,
  ],
};

/** The inspector of each office: the log is whole, a sample has its way, nothing odd, and the record has the acts. */
const inspect = async (desks: Desks): Promise<void> => {
  for (const [office, name] of [
    ['customs', 'Val Oakes'],
    ['irs', 'Noel Tarn'],
    ['justice', 'Bea Lorne'],
  ] as const) {
    const who = desks[office];
    await who.signIn(name);
    await who.follow('Inspector’s desk');
    await who.follow('Verify the log');
    await who.press('Verify');
    await who.waitsFor(/The log is whole/);
    await who.sees(/Held against heads that others cosigned .*cosigned by/);
    await who.follow('Inspector’s desk');
    await who.follow('Draw a sample');
    await who.type('Your words', 'harbour');
    await who.press('Draw and follow');
    await who.waitsFor(/Save it/);
    await who.follow('Inspector’s desk');
    await who.follow('Look for anomalies');
    await who.press('Look for them');
    await who.waitsFor(/Anomalies \(0\)/);
    await who.follow('Inspector’s desk');
    await who.follow('The record');
    await who.type('Case', reference);
    await who.press(/^Read it/);
    await who.waitsFor(/Save it/);
    await who.sees(...recorded[office]);
    await who.follow('Cases');
    await who.follow(reference);
    await who.follow(/^See its custody/);
    await who.sees(/Custody map/, /Timeline/, /Save the custody map as a picture/);
  }
};

/** The same without script: a request is begun, and what is over is not to be had. */
const withoutScript = async ({ customs, irs }: Desks): Promise<void> => {
  await customs.signIn('Jordan Vale');
  await beginRequest(customs, 'CBP-2026-0154');
  await toCase(customs);
  await customs.follow(/^May I show or use it/);
  await mayI(customs, { ...inAudit, items: [purchasesLine], because: 'To look once more.' });
  await customs.sees(/✗ Refused/);
  await irs.signIn('Alex Firth');
  await toCase(irs);
  await irs.follow('Open the review board');
  await irs.follow(purchases);
  await irs.sees(/no more than necessary: yes\. Alex Firth/);
};

/** Offices at their desks, in one browser; who works there changes. */
const openDesks = async (
  chromium: Awaited<ReturnType<typeof openChromium>>,
  sites: Awaited<ReturnType<typeof openSites>>,
  script = true,
): Promise<Desks> => {
  const at = async (office: Office): Promise<readonly [Office, Person]> => {
    const page = await (await chromium.at({ script })).newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(`${sites[office].url}/sign-in`);
    return [office, personAt(page)];
  };
  return Object.fromEntries(await Promise.all((['irs', 'customs', 'justice'] as const).map(at))) as Desks;
};

test(
  'the whole case on screen, by people who have read only the pages',
  { skip: path === undefined ? NO_CHROMIUM : false, timeout: 600_000 },
  async (t) => {
    if (path === undefined) return;
    const sites = await openSites(t);
    const chromium = await openChromium(t, path);
    const desks = await openDesks(chromium, sites);
    for (const act of [request, review, use, refer, atJustice, comesBack, ends, witness, inspect])
      await act(desks);
    await withoutScript(await openDesks(chromium, sites, false));
  },
);
