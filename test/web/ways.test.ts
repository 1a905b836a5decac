import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Duty } from '../../src/casework/acts/duties.ts';
import type { Office } from '../../src/custody/entry.ts';
import { day } from '../../src/ground/dates.ts';
import { type Way, ways } from '../../src/ground/ways.ts';
import { draftRequest } from '../../src/office/customs.ts';
import { officeNames } from '../../src/office/init.ts';
import { routes } from '../../src/web/routes.ts';
import { places, wayTo } from '../../src/web/ways.ts';
import { exampleDocument } from '../node/three.fixture.ts';
import { openSites } from './site.fixture.ts';

const CASE = 'CBP-2026-0147';

/** Where somebody at an office, with a title that has these duties, gets to; a fictional person. */
const at =
  (office: Office, duties: readonly Duty[], path = '/somewhere', reference?: string) =>
  (way: Way): string | undefined => {
    const actor = {
      id: 'robin-alder',
      name: 'Robin Alder',
      title: 'Tester',
      office: officeNames[office],
      duties,
      from: day('2026-01-05'),
    };
    const person = { id: actor.id, name: actor.name, office: actor.office, titles: [] };
    const visitor = { person, actor, titles: [actor.title] };
    return wayTo(routes, { office, visitor, path, reference })(way)?.to;
  };

test('every page of a way is a page of the table of routes', () => {
  for (const [way, pages] of Object.entries(places))
    for (const [path] of pages)
      assert.ok(
        routes.some((one) => one.method === 'GET' && one.path === path),
        `${way}: ${path}`,
      );
});

test('the way leads to the page of the case, where the office has it and the title opens it', () => {
  const counsel = at('justice', ['counsel'], '/cases/x', CASE);
  assert.equal(counsel('end use'), `/cases/${CASE}/end-use`);
  assert.equal(counsel('custody'), `/cases/${CASE}/custody`);
  assert.equal(counsel('may i'), `/cases/${CASE}/may-i`);
  // Reviews are the IRS’s.
  assert.equal(counsel('review'), undefined);
  assert.equal(at('irs', ['approves'], '/', CASE)('custody'), `/cases/${CASE}/custody`);
  // Custody at the IRS is not for its reviewers.
  assert.equal(at('irs', ['reviews'], '/', CASE)('custody'), undefined);
});

test('without a case known, the way is a page that needs none, or there is no link', () => {
  const auditor = at('customs', ['receives']);
  assert.equal(auditor('may i'), '/may-i');
  assert.equal(auditor('custody'), undefined);
});

test('what is for others to do leads to who they are', () => {
  assert.equal(at('customs', ['drafts requests'], '/', CASE)('sign'), '/people');
  assert.equal(at('customs', ['signs as Commissioner'], '/', CASE)('sign'), `/requests/${CASE}/sign`);
  // On the board itself, the way is to who else may approve.
  assert.equal(at('irs', ['sends', 'reviews'], `/cases/${CASE}/review`, CASE)('approve'), '/people');
});

test('no link leads to where one is, to a pattern, or out of what was typed', () => {
  const typed = '../people"><b>';
  for (const office of ['irs', 'customs', 'justice'] as const)
    for (const way of Object.keys(ways) as Way[]) {
      const to = at(office, ['sends', 'receives', 'reviews', 'approves'], '/people', typed)(way);
      assert.notEqual(to, '/people');
      assert.doesNotMatch(to ?? '', /[:"<]|\/\.\.(\/|$)/, way);
    }
});

test('a person without a title today is sent nowhere', () => {
  const person = { id: 'robin-alder', name: 'Robin Alder', office: 'Customs', titles: [] } as const;
  const here = { office: 'customs', visitor: { person, titles: [] }, path: '/', reference: CASE } as const;
  for (const way of Object.keys(ways) as Way[]) assert.equal(wayTo(routes, here)(way), undefined);
});

test('a refusal says whom to ask, and the link leads to who that is', async (t) => {
  const sites = await openSites(t);
  await draftRequest(sites.nodes.customs, { person: 'jordan-vale' }, CASE, exampleDocument());
  const link = (to: string, words: string) => new RegExp(`<a class="usa-link" href="${to}">${words}</a>`);

  await t.test('at a page that the title does not open', async () => {
    const keeper = await sites.customs.signIn('nell-quay');
    const refused = await keeper.get('/requests/new');
    assert.equal(refused.status, 403);
    assert.match(refused.text, /Next: Ask a colleague who holds such a title,.* People and titles/);
    assert.match(refused.html, link('/people', 'People and titles'));
    assert.match((await keeper.get('/people')).text, /Jordan Vale.*drafts requests/);
  });

  await t.test('at an act that waits for another', async () => {
    const auditor = await sites.customs.signIn('jordan-vale');
    const page = await auditor.get(`/requests/${CASE}`);
    const seal = /name="seal" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const refused = await auditor.send(`/requests/${CASE}/send`, {
      method: 'POST',
      body: new URLSearchParams({ seal }),
      headers: { origin: sites.customs.url },
    });
    assert.equal(refused.status, 409);
    assert.match(
      refused.text,
      /The request is not signed\..*Next: Have the Commissioner sign it\. People and titles/,
    );
    assert.match(refused.html, link('/people', 'People and titles'));
  });
});
