import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { formatCard } from '../../src/packet/card.ts';
import { fingerprint } from '../../src/office/fingerprint.ts';
import { actAfter } from '../../src/office/after.ts';
import { forwardRecalls, recallFromIrs } from '../../src/office/onward.ts';
import { release } from '../../src/office/release.ts';
import { review } from '../../src/office/irs.ts';
import { carry } from '../../src/cli/demo/stage.ts';
import {
  AUDIT,
  CASEY,
  ITEMS,
  JORDAN,
  TONI,
  appearance,
  atJustice,
  caseEvents,
  disclosed,
  shown,
} from '../node/after.fixture.ts';
import {
  type Three,
  cleared,
  exampleDocument,
  reference,
  requested,
  returns,
  standAfter,
} from '../node/three.fixture.ts';
import { type Browser, type Seen, openSites } from './site.fixture.ts';

const at = `/cases/${reference}`;
const inboxOf = (nodes: Three, office: 'irs' | 'customs' | 'justice') => join(nodes[office].dir, 'inbox');

const kinds = async (nodes: Three, office: 'irs' | 'customs' | 'justice'): Promise<readonly string[]> =>
  (await caseEvents(nodes[office])).map(({ kind }) => kind);

/** Opens the page of a form, and sends it. */
const sends = async (
  browser: Browser,
  path: string,
  typed: Parameters<Browser['post']>[1],
): Promise<Seen> => {
  const page = await browser.get(path);
  assert.equal(page.status, 200, page.text);
  return browser.post(path.replace(/\?.*/, ''), typed, page.html);
};

/** Where the form of the packet that came last goes. */
const newest = ({ html }: Seen): string =>
  [...html.matchAll(/action="(\/inbox\/[^"/]+\/receive)"/g)].at(-1)?.[1] ??
  assert.fail('no packet can be received');

const oneHeading = ({ html }: Seen): void => assert.equal(html.match(/<h1/g)?.length, 1);

test('the inbox', async (t) => {
  const again = await standAfter(t);
  const open = async (t: TestContext) => {
    const nodes = await again(t);
    return { nodes, sites: await openSites(t, { nodes }) };
  };

  await t.test('a packet waits unknown, is received, and its case stands there', async (t) => {
    const { nodes, sites } = await open(t);
    await carry(nodes, 'customs', 'irs', await requested(nodes));
    const casey = await sites.irs.signIn('casey-moor');
    const inbox = await casey.get('/');
    oneHeading(inbox);
    assert.match(inbox.text, /One packet/);
    const action = newest(inbox);
    const page = await casey.post(action);
    assert.equal(page.location, at);
    assert.match(page.text, /A request from Customs, case CBP-2026-0147: received\./);
    assert.match(page.text, /Stands at in review/);
    assert.match((await casey.get('/')).text, /No packet is waiting/);
  });

  await t.test('a title that does not receive is shown no button, and its form is refused', async (t) => {
    const { nodes, sites } = await open(t);
    await carry(nodes, 'customs', 'irs', await requested(nodes));
    const alex = await sites.irs.signIn('alex-firth');
    const inbox = await alex.get('/');
    assert.doesNotMatch(inbox.html, /action="\/inbox/);
    assert.match(inbox.text, /for a title that receives/);
    const id = /<code>([0-9a-f-]{36})<\/code>/.exec(inbox.html)?.[1] ?? '';
    const refused = await alex.post(`/inbox/${id}/receive`);
    assert.equal(refused.status, 403);
  });

  await t.test('an altered packet is refused with what failed, and that is on record', async (t) => {
    const { nodes, sites } = await open(t);
    const file = await carry(nodes, 'customs', 'irs', await requested(nodes));
    writeFileSync(file, 'not a packet at all');
    const casey = await sites.irs.signIn('casey-moor');
    const action = newest(await casey.get('/'));
    const page = await casey.post(action);
    assert.match(page.text, /The file is not a packet/);
    assert.match(page.text, /the refusal is on record/);
    assert.match(page.text, /No packet is waiting/);
    const gate = await nodes.irs.views.stream('irs', 'gate');
    assert.equal(gate.at(-1)?.kind, 'packet-refused');
  });

  await t.test('no path is made of what is given as a packet', async (t) => {
    const { nodes, sites } = await open(t);
    writeFileSync(join(nodes.irs.dir, 'secret.waybill'), 'x');
    const casey = await sites.irs.signIn('casey-moor');
    const page = await casey.get('/');
    for (const id of ['..%2Fsecret', '%2E%2E%2Fsecret', 'x'.repeat(300)]) {
      const seal = /name="seal" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
      const answer = await casey.send(`/inbox/${id}/receive`, {
        method: 'POST',
        body: new URLSearchParams({ seal }),
        headers: { origin: sites.irs.url },
      });
      assert.ok([404, 409].includes(answer.status), `${id}: ${answer.status}`);
    }
  });

  await t.test(
    'what this title can do next comes first, and a search finds by reference or title',
    async (t) => {
      const { nodes, sites } = await open(t);
      const { customs } = nodes;
      await requested(nodes);
      const { draftRequest } = await import('../../src/office/customs.ts');
      const draft = exampleDocument();
      await draftRequest(customs, JORDAN, 'CBP-2026-0200', {
        ...draft,
        title: 'Another <b>audit</b>',
        request: { ...draft.request, reference: 'CBP-2026-0200' },
      });
      const robin = await sites.customs.signIn('robin-alder');
      const page = await robin.get('/cases');
      assert.ok(
        page.text.indexOf('CBP-2026-0200') < page.text.indexOf(reference),
        'the one to sign is first',
      );
      assert.match(page.text, /1 for you to go on with; 0 for colleagues, 1 for another office/);
      assert.doesNotMatch(page.html, /<b>audit/);
      assert.match((await robin.get('/cases?q=another')).text, /1 found/);
      assert.match((await robin.get('/cases?q=another+0147')).text, /No case has all of these words/);
      assert.match((await robin.get('/cases?q=%3Cscript%3E&page=-3')).text, /0 found/);
    },
  );
});

test('the case, and the acts after the release', async (t) => {
  const again = await standAfter(t, (nodes) => disclosed(nodes));
  const open = async (t: TestContext) => {
    const nodes = await again(t);
    return { nodes, sites: await openSites(t, { nodes }) };
  };

  await t.test('says what it is, where it stands, what is held, and what can be done', async (t) => {
    const { sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    const page = await jordan.get(at);
    oneHeading(page);
    assert.match(page.text, /Stands at answered/);
    for (const item of ITEMS) assert.match(page.text, new RegExp(`${item}.*held since 2026-03-16`));
    assert.match(page.text, /Open an item \(f\)/);
    assert.doesNotMatch(page.html, /wb-fti/, 'no value stands on it');
    const robin = await sites.customs.signIn('robin-alder');
    assert.match((await robin.get(at)).text, /Open an item: a title that receives/);
    assert.doesNotMatch((await robin.get(at)).html, /open\?item=/);
    assert.equal((await robin.get(`${at}/open`)).status, 403);
  });

  await t.test('a case that this office does not have is a page that says so', async (t) => {
    const { sites } = await open(t);
    const max = await sites.justice.signIn('max-ferris');
    for (const path of [at, `${at}/end-use`, '/cases/%2e%2e%2fpeople', '/cases/%3Cimg%20src=x%3E']) {
      const page = await max.get(path);
      assert.equal(page.status, 404);
      assert.match(page.text, /no case of this reference/);
      assert.doesNotMatch(page.html, /<img/);
    }
  });

  await t.test('an item is shown after the look is recorded, under the label', async (t) => {
    const { nodes, sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    const form = await jordan.get(`${at}/open?item=purchases`);
    assert.match(form.text, /to ascertain or to document the correctness of any entry/);
    const page = await jordan.post(`${at}/open`, {
      'act.because': 'They are compared entry by entry.',
      'act.for.audit': AUDIT,
    });
    assert.equal(page.status, 200);
    assert.equal(page.html.match(/class="wb-fti"/g)?.length, 2);
    assert.match(page.text, /1125-A, line 2/);
    assert.match(page.text, /Your look is on record/);
    const [last] = (await caseEvents(nodes.customs)).slice(-1);
    assert.equal(last?.kind, 'item-opened');
    assert.equal(last?.item, 'purchases');
  });

  await t.test('another audit opens nothing, says why, and is recorded as refused', async (t) => {
    const { nodes, sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    const page = await sends(jordan, `${at}/open?item=purchases`, {
      'act.because': 'It saves a request.',
      'act.for.audit': 'TRA-2026-31',
    });
    assert.equal(page.status, 403);
    assert.match(page.text, /may not be used or disclosed for any purpose other/);
    assert.doesNotMatch(page.text, /1125-A, line 2/);
    assert.equal((await nodes.customs.views.stream('customs', 'gate')).at(-1)?.kind, 'look-refused');
    const rule = await jordan.get('/rule/j');
    assert.match(rule.text, /One case .*CBP-2026-0147/, 'and the page of the law knows of it');
  });

  await t.test('the letter comes as a document, with a look at every item', async (t) => {
    const { nodes, sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    const page = await sends(jordan, `${at}/letter`, {
      'act.because': 'To read it.',
      'act.for.audit': AUDIT,
    });
    assert.equal(page.headers.get('content-type'), 'application/pdf');
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.match(page.html, /^%PDF/);
    assert.ok((await kinds(nodes, 'customs')).includes('letter-opened'));
  });

  await t.test('a paper is filed, comes back when it lacks something, and is withdrawn', async (t) => {
    const { sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    const paper = {
      'act.paper': 'opinion-1',
      'act.kind': 'counsel opinion',
      'act.of': 'Dana Pell',
      'act.document': 'memorandum of 16 March <script>x</script>',
      'act.from': '2026-03-16',
    };
    const back = await sends(jordan, `${at}/papers`, paper);
    assert.equal(back.status, 422);
    assert.match(back.text, /say what counsel finds/);
    assert.match(back.html, /href="#f-finds"/);
    assert.match(back.html, /value="memorandum of 16 March &lt;script&gt;/, 'nothing typed is lost');
    const page = await jordan.post(`${at}/papers`, {
      ...paper,
      'act.finds': 'no criminal use',
      'act.signed.name': 'Pat Reed',
      'act.signed.title': 'Associate Chief Counsel',
      'act.signed.office': 'Customs',
    });
    assert.equal(page.location, at);
    assert.match(page.text, /Paper opinion-1 is on file/);
    assert.doesNotMatch(page.html, /<script>x/);
    const gone = await sends(jordan, `${at}/papers/opinion-1/withdraw`, { 'act.reason': 'It was a draft.' });
    assert.match(gone.text, /nothing rests on it any more/);
    assert.match(gone.text, /withdrawn 2026-03-16/);
  });

  await t.test('a page gone stale does nothing: the case is shown as it is now', async (t) => {
    const { nodes, sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    await jordan.get(`${at}/end-use`);
    await appearance(nodes);
    const stale = await jordan.post(`${at}/end-use`, {
      'act.items[]': 'royalties',
      'act.way': 'returned',
      'act.reason': 'Done with it.',
    });
    assert.equal(stale.status, 409);
    assert.match(stale.text, /The case has moved on since you read it/);
    assert.match(stale.html, /value="royalties"\s+checked/);
    assert.ok(!(await kinds(nodes, 'customs')).includes('use-ended'));
  });

  await t.test('end of use, then nothing of the item can be opened', async (t) => {
    const { sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    const page = await sends(jordan, `${at}/end-use`, {
      'act.items[]': ['royalties'],
      'act.way': 'made undisclosable',
      'act.reason': 'The audit needs it no more.',
    });
    assert.match(page.text, /Use ended: made undisclosable/);
    assert.match(page.text, /royalties.*made undisclosable, 2026-03-16/);
    assert.doesNotMatch(page.html, /open\?item=royalties/);
  });

  await t.test('a dropped audit flags the case, and puts it before whoever can end its use', async (t) => {
    const { sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    const page = await sends(jordan, `${at}/audit`, {
      'act.stage': 'dropped',
      'act.reason': 'No resources.',
    });
    assert.match(page.text, /The audit was dropped\. Everything held for it is flagged/);
    assert.match((await jordan.get('/cases')).text, /the audit is dropped: end the use ▸ Yours/);
  });

  await t.test('a recall by the IRS, answered by Customs', async (t) => {
    const { nodes, sites } = await open(t);
    const casey = await sites.irs.signIn('casey-moor');
    const recalled = await sends(casey, `${at}/recall?item=royalties`, {
      'act.items[]': 'royalties',
      'act.reason': 'The wrong year.',
    });
    assert.match(recalled.text, /Recalled\. The packet for Customs is on its way/);
    assert.match(recalled.text, /royalties.*disclosed, and recalled/);
    const jordan = await sites.customs.signIn('jordan-vale');
    const action = newest(await jordan.get('/'));
    assert.match((await jordan.post(action)).text, /an answer to a recall is open ?\. You can do it/);
    const early = await sends(jordan, `${at}/recall/answer`, {
      'act.recall': JSON.stringify([
        [...(await nodes.irs.views.stream('irs', `case/${reference}`))]
          .filter(({ kind }) => kind === 'recall-made')
          .map(({ data }) => (data as { recall: string }).recall)[0],
        'royalties',
        'Customs',
      ]),
      'act.how': 'returned',
    });
    assert.match(early.text, /The record does not show that the item was returned/);
    await sends(jordan, `${at}/end-use?item=royalties`, {
      'act.items[]': 'royalties',
      'act.way': 'returned',
      'act.reason': 'Recalled.',
    });
    const form = await jordan.get(`${at}/recall/answer`);
    const value = /name="act.recall"\s+value="([^"]+)"/.exec(form.html)?.[1]?.replaceAll('&quot;', '"') ?? '';
    const done = await jordan.post(`${at}/recall/answer`, { 'act.recall': value, 'act.how': 'returned' });
    assert.match(done.text, /The answer is on record\. The packet for IRS is on its way/);
    assert.match(done.text, /Next Nothing is open/);
  });

  await t.test('an incident: the clock, the eight fields, and a report that names no value', async (t) => {
    const { sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    const eight = {
      'act.incident': 'incident-1',
      'act.discovered': '2026-03-16T13:00:00Z',
      'act.occurred': 'not known',
      'act.agency': 'Customs, duty desk',
      'act.how': 'A door stood open.',
      'act.what': 'A printed extract lay on a desk.',
      'act.records': '1',
      'act.address': 'the field office',
      'act.technology': 'paper',
    };
    const report = await sends(jordan, `${at}/incident`, { ...eight, 'act.items[]': 'purchases' });
    assert.equal(report.location, `${at}/incidents/incident-1`);
    assert.match(report.text, /22 h 0 min left/);
    for (let n = 1; n <= 8; n++) assert.match(report.text, new RegExp(`${n}\\. `));
    assert.match(report.text, /purchases: received, Jordan Vale/);
    const beside = await sends(jordan, '/incidents/new', eight);
    assert.equal(beside.location, '/incidents/incident-1');
    assert.match(beside.text, /22 h 0 min left/);
    const wrong = await sends(jordan, '/incidents/new', {
      ...eight,
      'act.incident': 'b',
      'act.discovered': 'noon',
    });
    assert.equal(wrong.status, 422);
    assert.match(wrong.html, /href="#f-discovered"/);
    const lee = await sites.irs.signIn('lee-carr');
    assert.equal((await sends(lee, '/incidents/new', eight)).location, '/incidents/incident-1');
  });

  await t.test('an entry is restated, and stays', async (t) => {
    const { nodes, sites } = await open(t);
    await appearance(nodes);
    const jordan = await sites.customs.signIn('jordan-vale');
    const list = await jordan.get(`${at}/correct`);
    const filed = (await caseEvents(nodes.customs)).at(-1);
    assert.match(list.text, new RegExp(`Restate entry ${filed?.seq}`));
    const form = await jordan.get(`${at}/correct?entry=${filed?.seq}`);
    assert.match(form.text, /It says: notice of appearance/);
    const page = await jordan.post(`${at}/correct`, {
      'act.says.document': 'notice of appearance of 12 March',
      'act.reason': 'The day was left out.',
    });
    assert.match(page.text, /is restated; the entry itself stays/);
    assert.ok((await kinds(nodes, 'customs')).includes('entry-corrected'));
  });

  await t.test('a packet is made again for who sends, and a lost channel is told', async (t) => {
    const { sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    await jordan.get(at);
    assert.match((await jordan.post(`${at}/packets/send-again`)).text, /The packet for IRS is on its way/);
    const robin = await sites.customs.signIn('robin-alder');
    await robin.get(at);
    assert.equal((await robin.post(`${at}/packets/send-again`)).status, 403);
  });

  await t.test(
    'Justice: the list before the referral, the look at a stage, the recall from Customs',
    async (t) => {
      const { nodes, sites } = await open(t);
      const max = await sites.justice.signIn('max-ferris');
      const listed = await sends(max, '/engagements/new', {
        'act.case': reference,
        'act.person': 'toni-brook',
        'act.from': '2026-03-16',
        'act.document': 'the list of the matter',
      });
      assert.match(listed.text, /Toni Brook is on the list/);
      assert.match(listed.text, /nothing referred yet/);
      await actAfter(
        nodes.justice,
        { person: 'max-ferris' },
        {
          ...{ act: 'disengage', case: reference, person: 'toni-brook' },
          reason: 'To be entered by the fixture.',
        },
      );
      await atJustice(nodes, ['purchases']);
      const toni = await sites.justice.signIn('toni-brook');
      const page = await sends(toni, `${at}/open?item=purchases`, {
        'act.because': 'The brief rests on it.',
        'act.for.audit': AUDIT,
        'act.for.stage': 'preparation',
      });
      assert.equal(page.html.match(/class="wb-fti"/g)?.length, 2);
      const ended = await sends(max, `${at}/disengage?person=toni-brook`, {
        'act.person': 'toni-brook',
        'act.from': '2026-03-17',
        'act.reason': 'Another matter.',
      });
      assert.match(ended.text, /Toni Brook is off the list/);
      const jordan = await sites.customs.signIn('jordan-vale');
      const recall = await sends(jordan, `${at}/recall`, {
        'act.items[]': 'purchases',
        'act.reason': 'In error.',
      });
      assert.match(recall.text, /Recalled; a notice is drafted.*The packet for Justice is on its way/);
    },
  );

  await t.test('a recall that Justice has not been told of yet is told from the case', async (t) => {
    const { nodes, sites } = await open(t);
    await atJustice(nodes, ['purchases']);
    await carry(
      nodes,
      'irs',
      'customs',
      await recallFromIrs(nodes.irs, CASEY, { case: reference, items: ['purchases'], reason: 'In error.' }),
    );
    const jordan = await sites.customs.signIn('jordan-vale');
    const action = newest(await jordan.get('/'));
    const page = await jordan.post(action);
    assert.match(page.text, /tell Justice of a recall ?\. You can do it/);
    const told = await sends(jordan, `${at}/recall/forward`, {});
    assert.match(told.text, /Justice is told of the recall/);
    assert.equal((await forwardRecalls(nodes.customs, JORDAN, reference)).length, 1, 'only to be sent again');
  });

  await t.test('a padlock comes off only with counsel’s opinion, by counsel', async (t) => {
    const { nodes, sites } = await open(t);
    await atJustice(nodes, ['purchases']);
    await actAfter(nodes.justice, TONI, {
      act: 'may i',
      case: reference,
      proposal: {
        act: 'look or use',
        items: ['purchases'],
        for: { matter: 'criminal', audit: AUDIT, aim: ['other'] },
        criminal: { toComply: false, userAgency: 'Homeland Security Investigations' },
      },
    }).catch(() => undefined);
    const max = await sites.justice.signIn('max-ferris');
    assert.match((await max.get(at)).text, /locked since 2026-03-16, \(i\)/);
    const form = await max.get(`${at}/unlock`);
    assert.match(form.text, /may not be used in any criminal judicial proceeding/);
    const back = await max.post(`${at}/unlock`, { 'act.items[]': 'purchases', 'act.reason': 'No crime.' });
    assert.equal(back.status, 422);
    assert.match(back.html, /href="#f-paper"/);
  });

  await t.test('who was shown it stands beside the item', async (t) => {
    const { nodes, sites } = await open(t);
    await appearance(nodes);
    await shown(nodes, 'sister-purchases');
    const jordan = await sites.customs.signIn('jordan-vale');
    assert.match((await jordan.get(at)).text, /sister-purchases.*Customs, Dana Pell/);
  });

  await t.test('markup in an answer of another office is text', async (t) => {
    const { nodes, sites } = await open(t);
    await actAfter(nodes.customs, JORDAN, {
      ...{
        act: 'file paper',
        case: reference,
        paper: 'x',
        kind: 'authority',
        of: '"><script>alert(1)</script>',
      },
      ...{ document: '<img src=x onerror=alert(1)>', from: '2026-03-16' },
    });
    const { html } = await (await sites.customs.signIn('jordan-vale')).get(at);
    assert.doesNotMatch(html, /<script>alert|<img/);
  });
});

test('people, titles and offices', async (t) => {
  const again = await standAfter(t);
  const open = async (t: TestContext) => {
    const nodes = await again(t);
    return { nodes, sites: await openSites(t, { nodes }) };
  };

  await t.test('the directory, for everyone; changes, for whoever keeps it', async (t) => {
    const { sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    const page = await jordan.get('/people');
    assert.match(
      page.text,
      /Robin Alder robin-alder Acting Commissioner \(acting Commissioner\).*held today/,
    );
    assert.match(page.text, /Changes are made by whoever keeps the directory: Nell Quay/);
    assert.doesNotMatch(page.html, /\/people\/new/);
    assert.equal((await jordan.get('/people/new')).status, 403);
  });

  await t.test('a person is entered, given a title, and the title ended', async (t) => {
    const { sites } = await open(t);
    const nell = await sites.customs.signIn('nell-quay');
    const give = await sends(nell, '/people/new', { 'act.id': 'pat-reed', 'act.name': 'Pat Reed' });
    assert.equal(give.location, '/people/pat-reed/give');
    const back = await nell.post('/people/pat-reed/give', {
      'act.title': 'Attorney',
      'act.from': '2026-03-16',
      'act.duties[]': ['counsel', 'signs as Commissioner'],
    });
    assert.equal(back.status, 409);
    assert.match(back.text, /go together/);
    assert.match(back.html, /value="counsel"\s+checked/);
    const given = await nell.post('/people/pat-reed/give', {
      'act.title': 'Attorney',
      'act.from': '2026-03-16',
      'act.duties[]': 'counsel',
    });
    assert.match(given.text, /Pat Reed pat-reed Attorney 2026-03-16 to open.*held today/);
    const ended = await sends(nell, '/people/pat-reed/end', {
      'act.title': 'Attorney',
      'act.from': '2026-03-20',
    });
    assert.match(ended.text, /Attorney 2026-03-16 to 2026-03-19/);
    const refused = await sends(nell, '/people/nell-quay/end', { 'act.title': 'Directory Officer' });
    assert.match(refused.text, /Nobody would be left to keep the directory/);
    assert.equal((await nell.get('/people/nobody/give')).status, 404);
  });

  await t.test('a card is compared before it is believed, and never replaced by another log', async (t) => {
    const { nodes, sites } = await open(t);
    const nell = await sites.customs.signIn('nell-quay');
    await nell.get('/offices/add');
    const compare = await nell.post('/offices/check', { card: formatCard(nodes.irs.card) });
    assert.match(compare.text, new RegExp(fingerprint(nodes.irs.card)));
    assert.match((await nell.post('/offices')).text, /The card of IRS is taken in/);
    await nell.get('/offices/add');
    const own = await nell.post('/offices/check', { card: formatCard(nodes.customs.card) });
    assert.match((await nell.post('/offices', {}, own.html)).text, /card of this office itself/);
    await nell.get('/offices/add');
    const wrong = await nell.post('/offices/check', { card: '{"waybill":"office/1"}' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.html, /&quot;waybill&quot;/);
  });

  await t.test('the head of this log goes to another office', async (t) => {
    const { nodes, sites } = await open(t);
    const jordan = await sites.customs.signIn('jordan-vale');
    await jordan.get('/people');
    const page = await jordan.post('/offices/justice/head');
    assert.match(page.text, /on record as sent\. The packet for Justice is on its way/);
    const { waiting } = await import('../../src/office/inbox.ts');
    assert.equal((await waiting(nodes.justice)).length, 1);
    assert.ok(inboxOf(nodes, 'justice').length > 0);
  });

  await t.test('settings tell which office this is, and no secret', async (t) => {
    const { nodes, sites } = await open(t);
    const page = await (await sites.irs.signIn('lee-carr')).get('/settings');
    assert.match(page.text, /Office IRS/);
    assert.match(page.text, new RegExp(fingerprint(nodes.irs.card)));
    assert.match(page.text, /after 15 minutes without a page, and after 8 hours/);
    assert.match(page.text, /T\.D\. 8694/);
    const { secrets, dir } = nodes.irs;
    for (const secret of [
      secrets.keys.log,
      secrets.accountKey,
      secrets.nameKey,
      dir,
      'PRIVATE KEY',
      'review',
    ])
      assert.ok(!page.html.includes(secret), 'a secret stands on the page');
  });
});

test('the law', async (t) => {
  const again = await standAfter(t, async (nodes) => {
    const receipt = await requested(nodes, exampleDocument(['purchases', 'royalties']));
    const { brought } = await import('../node/three.fixture.ts');
    await brought(nodes, 'customs', 'irs', receipt, 'casey-moor');
    await cleared(nodes, ['purchases', 'royalties']);
  });
  const informant = async ({ irs }: Three): Promise<void> => {
    const about = { case: reference, finds: 'identifies informant', of: ['royalties'], reason: 'As found.' };
    await review(irs, { person: 'lee-carr' }, { act: 'withdraw finding', ...about });
    await review(irs, { person: 'lee-carr' }, { act: 'finding', answer: true, ...about });
  };
  const answered = async (nodes: Three) => {
    await review(nodes.irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
    await release(nodes.irs, CASEY, reference, returns);
  };

  await t.test('a paragraph: its words, our reading marked as ours, the rules, the scenarios', async (t) => {
    const nodes = await again(t);
    const sites = await openSites(t, { nodes });
    const alex = await sites.irs.signIn('alex-firth');
    const law = await alex.get('/law');
    assert.match(law.text, /Disclosure of return information to United States Customs Service/);
    assert.match(law.html, /href="\/rule\/b\/3"/);
    const page = await alex.get('/rule/b/3');
    oneHeading(page);
    assert.match(page.text, /“The taxable period or date to which the return information relates;”/);
    assert.match(page.text, /Our reading R20 ?, not the law’s words/);
    assert.match(page.text, /Scenarios/);
    assert.match((await alex.get('/rule/e?section=l-2')).text, /Department of Labor/);
    assert.match((await alex.get('/law?section=m')).text, /contractor/);
  });

  await t.test('a paragraph that the section does not have is a page that says so', async (t) => {
    const nodes = await again(t);
    const alex = await (await openSites(t, { nodes })).irs.signIn('alex-firth');
    for (const path of [
      '/rule/k',
      '/rule/b/9',
      '/rule/b/3/x',
      '/rule/%3Cb%3E',
      '/rule/a?section=l-2',
      '/law?section=x',
      '/rule/constructor',
    ]) {
      const page = await alex.get(path);
      assert.equal(page.status, 404, path);
      assert.match(page.text, /no paragraph|no section/);
      assert.doesNotMatch(page.html, /<b>\)/);
    }
  });

  await t.test(
    'whether a case turned on (e) is told to who finds it, and to nobody by its absence',
    async (t) => {
      const pages = async (t: TestContext, barred: boolean) => {
        const nodes = await again(t);
        if (barred) await informant(nodes);
        await answered(nodes);
        const sites = await openSites(t, { nodes });
        const seen: Record<string, string> = {};
        for (const person of ['alex-firth', 'sam-torr', 'casey-moor', 'lee-carr']) {
          const browser = await sites.irs.signIn(person);
          for (const path of ['/rule/e', '/rule/d', '/rule/c', '/rule/a', '/rule/b', '/cases', '/', at])
            seen[`${person} ${path}`] = (await browser.get(path)).text.replaceAll(/\d\d:\d\d/g, 'hour');
        }
        return seen;
      };
      const barred = await pages(t, true);
      const free = await pages(t, false);
      assert.match(barred['lee-carr /rule/e'] ?? '', /One case .*CBP-2026-0147/);
      assert.doesNotMatch(free['lee-carr /rule/e'] ?? '', /CBP-2026-0147/);
      assert.match(barred['alex-firth /rule/e'] ?? '', /shown only to titles that find it/);
      for (const person of ['alex-firth', 'sam-torr'])
        for (const path of ['/rule/e', '/rule/c', '/rule/a', '/rule/b', '/cases', '/'])
          assert.equal(barred[`${person} ${path}`], free[`${person} ${path}`], `${person} ${path}`);
    },
  );
});
