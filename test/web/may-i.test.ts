import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { actAfter } from '../../src/office/after.ts';
import { review } from '../../src/office/irs.ts';
import { release } from '../../src/office/release.ts';
import {
  type Three,
  brought,
  cleared,
  exampleDocument,
  reference,
  requested,
  returns,
} from '../node/three.fixture.ts';
import { type Seen, openSites } from './site.fixture.ts';

const items = ['purchases', 'sister-purchases', 'royalties'];
const ASK = `/cases/${reference}/may-i`;

/** As far as the answer of the IRS, received by Customs. */
const answered = async (nodes: Three): Promise<void> => {
  const { irs, customs } = nodes;
  await brought(nodes, 'customs', 'irs', await requested(nodes, exampleDocument(items)), 'casey-moor');
  await cleared(nodes, items);
  await review(irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
  const receipt = await release(irs, { person: 'casey-moor' }, reference, returns);
  await brought(nodes, 'irs', 'customs', receipt, 'jordan-vale');
  await actAfter(
    customs,
    { person: 'jordan-vale' },
    {
      act: 'file paper',
      case: reference,
      paper: 'appearance-pell',
      kind: 'appearance',
      of: 'Dana Pell',
      document: 'notice of appearance',
      from: customs.when().day,
      importer: 'harbor-lamp',
      attorney: true,
    },
  );
};

const inAudit = {
  'act.proposal.for.matter': 'the audit',
  'act.proposal.for.audit': 'TRA-2026-17',
  'act.proposal.for.aim[]': ['correctness'],
};
const use = {
  'act.proposal.act': 'look or use',
  'act.proposal.items[]': ['purchases', 'royalties'],
  ...inAudit,
  'act.reasons.use is necessary': 'The workpapers compare these figures entry by entry.',
};
const toPell = {
  'act.proposal.act': 'disclose',
  'act.proposal.to.is': 'importer’s representative',
  'act.proposal.to.name': 'Dana Pell',
  'act.proposal.to.importer': 'harbor-lamp',
  'act.proposal.items[]': ['sister-purchases'],
  ...inAudit,
  'act.reasons.use is necessary': 'The importer is to answer what the comparison shows.',
};

const doOf = ({ location = '' }: Seen) => `${location}/do`;

test('May I? on screen', async (t) => {
  const { customs, justice, irs, nodes } = await openSites(t);
  await answered(nodes);
  const jordan = await customs.signIn('jordan-vale');
  const events = async () => (await nodes.customs.views.stream('customs', `case/${reference}`)).slice();
  const kinds = async () => (await events()).map(({ kind }) => kind);

  await t.test('the case is chosen, and three questions stand on one page', async () => {
    const choose = await jordan.get('/may-i');
    assert.match(choose.text, new RegExp(`Ask about ${reference}`));
    const page = await jordan.get(ASK);
    for (const words of [
      '1. What do you want to do, and to whom?',
      '2. With which items?',
      '3. For what, and how is it necessary?',
      'Form 1125-A, line 2: Purchases',
      'Appearance of Dana Pell',
      'may not be used or disclosed for any purpose other than',
    ])
      assert.ok(page.text.includes(words), words);
    assert.doesNotMatch(page.text, /What I find as counsel/, 'counsel’s findings are for counsel');
  });

  await t.test('what is not answered is asked for at its place', async () => {
    await jordan.get(ASK);
    const before = (await kinds()).length;
    const wrong = await jordan.post(ASK, { 'act.proposal.to.name': 'Dana Pell' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /What do you want to do\? Choose one of the answers/);
    assert.match(wrong.text, /In what matter\? Choose one of the answers/);
    assert.match(wrong.html, /value="Dana Pell"/);
    assert.equal((await kinds()).length, before, 'a question that is none is not recorded');
  });

  let permitted: Seen;
  await t.test('yes: the paragraph, what must be kept to, and the form to do it', async () => {
    await jordan.get(ASK);
    permitted = await jordan.post(ASK, use);
    assert.match(permitted.location ?? '', new RegExp(`^${ASK}/[0-9a-f-]{36}$`));
    assert.match(permitted.text, /✓ Permitted \(f\)/);
    assert.match(permitted.text, /Permitted: use by Customs/);
    assert.match(permitted.text, /2 items/);
    assert.match(permitted.text, /What must be kept to/);
    assert.match(permitted.text, /B76-0324527-8/, 'the entries of the audit, to choose from');
    assert.deepEqual((await kinds()).slice(-3), ['may-i-answered', 'item-asked-about', 'item-asked-about']);
  });

  await t.test('to look at the answer again asks nothing, and shows the same', async () => {
    const before = await kinds();
    const again = await jordan.get(permitted.location ?? '');
    assert.deepEqual(await kinds(), before);
    assert.equal(again.text.includes('The workpapers compare these figures'), true);
    assert.match(again.text, /✓ Permitted \(f\)/);
  });

  await t.test('it is done only with what the record must say', async () => {
    await jordan.get(permitted.location ?? '');
    const bare = await jordan.post(doOf(permitted), {});
    assert.match(bare.text, /The use names no workpaper/);
    assert.match(bare.html, /href="#f-do\.workpaper"/);
    assert.ok(!(await kinds()).includes('item-used'));
    const wrong = await jordan.post(doOf(permitted), {
      'act.do.workpaper': 'WP-12',
      'act.do.entries[]': ['B76-0324527-9'],
    });
    assert.match(wrong.text, /check digit of this entry number does not fit/);
    const done = await jordan.post(doOf(permitted), {
      'act.do.workpaper': 'WP-12',
      'act.do.entries[]': ['B76-0324527-8'],
    });
    assert.equal(done.status, 200);
    assert.match(done.text, /Done, and recorded/);
    const used = (await events()).filter(({ kind }) => kind === 'item-used');
    assert.deepEqual(
      used.map(({ item }) => item),
      ['purchases', 'royalties'],
    );
  });

  await t.test('not yet: what stops it, its cure, and what on file was not named', async () => {
    await jordan.get(ASK);
    const { 'act.reasons.use is necessary': _because, ...silent } = toPell;
    const answer = await jordan.post(ASK, silent);
    assert.match(answer.text, /✗ Refused/);
    assert.match(answer.text, /without authority on file, nothing is shown/);
    assert.match(answer.text, /What to attach, or to find/);
    assert.match(answer.text, /On file and not named: appearance-pell/);
    await jordan.get(ASK);
    const open = await jordan.post(ASK, { ...silent, 'act.proposal.papers[]': ['appearance-pell'] });
    assert.match(open.text, /\? Not yet \(f\)/);
    assert.match(open.text, /Is the use or disclosure necessary to that end\? Ask the officer/);
    assert.doesNotMatch(open.html, /Do it, and record it/);
  });

  await t.test(
    'shown to the importer’s attorney, once; a second time says that the same was done',
    async () => {
      const papers = { 'act.proposal.papers[]': ['appearance-pell'] };
      await jordan.get(ASK);
      const yes = await jordan.post(ASK, { ...toPell, ...papers });
      assert.match(yes.text, /✓ Permitted/);
      await jordan.post(doOf(yes), { 'act.do.shown': 'the line and its caption' });
      assert.ok((await kinds()).includes('item-disclosed'));
      await jordan.get(ASK);
      const again = await jordan.post(ASK, { ...toPell, ...papers });
      assert.match(again.text, /The same was done on 2026-03-16, by the Supervisory Auditor/);
      const twice = await jordan.post(doOf(again), { 'act.do.shown': 'the line and its caption' });
      assert.match(twice.text, /its record stands/);
      await jordan.post(doOf(again), {
        'act.do.shown': 'the line and its caption',
        'act.reason': 'The attorney lost the page.',
      });
      assert.equal((await kinds()).filter((kind) => kind === 'item-disclosed').length, 2);
    },
  );

  await t.test(
    'no: the sister company is not shown its own figure, and nothing is offered to do',
    async () => {
      await jordan.get(ASK);
      const no = await jordan.post(ASK, {
        ...toPell,
        'act.proposal.to.is': 'taxpayer',
        'act.proposal.to.name': 'Lantern Works Holdings (fictional)',
      });
      assert.match(no.text, /✗ Refused/);
      assert.match(no.text, /Our reading R\d+/);
      assert.doesNotMatch(no.html, /Do it, and record it/);
      assert.doesNotMatch(no.location ?? '', /Lantern/);
      assert.doesNotMatch(/<title>(.*?)<\/title>/.exec(no.html)?.[1] ?? '', /Lantern/);
    },
  );

  await t.test('referred to Justice: looked at, signed, delivered', async () => {
    await jordan.get(ASK);
    const yes = await jordan.post(ASK, {
      'act.proposal.act': 'disclose',
      'act.proposal.to.is': 'Justice officer',
      'act.proposal.to.name': 'Toni Brook',
      'act.proposal.to.title': 'Trial Attorney',
      'act.proposal.to.personally?': 'yes',
      'act.proposal.to.directly?': 'yes',
      'act.proposal.items[]': ['purchases', 'sister-purchases'],
      'act.proposal.for.matter': 'civil judicial',
      'act.proposal.for.audit': 'TRA-2026-17',
      'act.proposal.for.aim[]': ['advocacy', 'recovery'],
      'act.proposal.for.stage': 'preparation',
      'act.reasons.use is necessary': 'The suit is being prepared on these figures.',
    });
    assert.match(yes.text, /✓ Permitted \(g\)/);
    assert.match(yes.text, /Refer it to Justice/);
    const went = await jordan.post(doOf(yes), {});
    assert.match(went.text, /The packet for Justice is on its way/);
    const seen = await kinds();
    assert.equal(seen.filter((kind) => kind === 'item-referred').length, 2);
    assert.equal(seen.filter((kind) => kind === 'item-opened').length, 2);
    const inbox = readdirSync(join(nodes.justice.dir, 'inbox')).filter((name) => name.endsWith('.waybill'));
    assert.equal(inbox.length, 1);
  });

  await t.test('asked in a criminal matter: the lawful door, and the padlock', async () => {
    await jordan.get(ASK);
    const no = await jordan.post(ASK, {
      ...use,
      'act.proposal.items[]': ['royalties'],
      'act.proposal.for.matter': 'criminal',
      'act.proposal.criminal.toComply?': 'no',
      'act.proposal.criminal.userAgency': 'Department of Justice',
    });
    assert.match(no.text, /The lawful door/);
    assert.match(no.text, /ex parte order under 6103\(i\)\(1\)/);
    const page = await jordan.get(ASK);
    assert.match(page.text, /locked since 2026-03-16/);
    const use_ = await jordan.post(ASK, { ...use, 'act.proposal.items[]': ['royalties'] });
    assert.match(use_.text, /✗ Refused/);
    assert.match(use_.text, /has been locked since/);
  });

  await t.test('an answer given before stays what it was, whatever happened since', async () => {
    const before = await jordan.get(permitted.location ?? '');
    assert.match(before.text, /✓ Permitted \(f\)/);
    // To do it now is asked of the case as it is now: one of the two items has been locked meanwhile.
    const done = await jordan.post(doOf(permitted), {
      'act.do.workpaper': 'WP-13',
      'act.do.entries[]': ['B76-0324527-8'],
    });
    assert.match(done.text, /✗ Refused/);
    assert.match(done.text, /has been locked since/);
    assert.equal((await kinds()).filter((kind) => kind === 'item-used').length, 2);
  });

  await t.test('whose title only signs may ask, and is not let do; the IRS has no such page', async () => {
    const robin = await customs.signIn('robin-alder');
    await robin.get(ASK);
    const asked = await robin.post(ASK, use);
    assert.equal(asked.status, 200);
    assert.doesNotMatch(asked.html, /Do it, and record it/);
    const theirs = await robin.get(permitted.location ?? '');
    assert.equal(theirs.status, 200);
    assert.doesNotMatch(theirs.text, /Seen:/, 'papers behind an answer are for whoever asked');
    const alex = await irs.signIn('alex-firth');
    assert.equal((await alex.get('/may-i')).status, 404);
    const toni = await justice.signIn('toni-brook');
    assert.equal((await toni.get(ASK)).status, 404, 'Justice has received nothing of it yet');
    assert.equal((await jordan.get(`${ASK}/0198f2a0-0000-7000-8000-000000000000`)).status, 404);
  });
});
