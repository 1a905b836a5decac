import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reference, requested, brought } from '../node/three.fixture.ts';
import { openSites } from './site.fixture.ts';

const board = `/cases/${reference}/review`;

/** Everything that the example's review has to find, by whose it is: item → what is located, and the answers. */
const files: Readonly<Record<string, string>> = {
  'sister-purchases': 'lantern-holdings-2021.xml',
  'sister-sales': 'lantern-holdings-2021.xml',
};

test('a review on the screen, from the request to the answer', async (t) => {
  const sites = await openSites(t);
  const { nodes } = sites;
  await brought(nodes, 'customs', 'irs', await requested(nodes), 'casey-moor');
  const alex = await sites.irs.signIn('alex-firth');
  const sam = await sites.irs.signIn('sam-torr');
  const lee = await sites.irs.signIn('lee-carr');

  await t.test('the board has every item with nine gates, each in words', async () => {
    const page = await alex.get(board);
    assert.equal(page.status, 200);
    assert.match(page.text, /6 items, each with its nine gates/);
    const row = /<tr id="row-purchases"[^]*?<\/tr>/.exec(page.html)?.[0] ?? '';
    assert.equal([...row.matchAll(/wb-state--/g)].length, 10, 'nine gates, and how the item stands');
    assert.match(page.text, /\(d\) and \(e\) are not shown under your title/);
  });

  await t.test('what is asked of a colleague says nothing of what others found', async () => {
    const asked = await lee.get(`/cases/${reference}/questions`);
    assert.match(asked.text, /identify a confidential informant/);
    assert.doesNotMatch(asked.text, /treaty|Advance Pricing|necessary to a Customs determination/);
  });

  await t.test('a finding is signed in place, and stands with its reason', async () => {
    await alex.get(`${board}/purchases`);
    const bare = await alex.post(`${board}/purchases/finding`, {
      'act.finds': 'necessary to determination',
      about: 'finding',
    });
    assert.equal(bare.status, 422);
    assert.match(bare.text, /This was not done/);
    const signed = await alex.post(
      `${board}/purchases/finding`,
      {
        'act.finds': 'necessary to determination',
        about: 'finding',
        'act.answer?': 'yes',
        'act.reason': 'The entries are valued from it. <script>alert(1)</script>',
        'all[]': 'yes',
      },
      bare.html,
    );
    assert.equal(signed.status, 200);
    assert.match(signed.text, /The finding is signed and recorded/);
    assert.match(signed.text, /necessary to determination: yes/);
    assert.doesNotMatch(signed.html, /<script>alert/);
  });

  await t.test('who has no part in (e) is refused, and the attempt is on record', async () => {
    const page = await alex.get(`${board}/purchases`);
    assert.doesNotMatch(page.html, /identifies informant/);
    const refused = await alex.post(`${board}/purchases/finding`, {
      'act.finds': 'identifies informant',
      about: 'finding',
      'act.answer?': 'no',
      'act.reason': 'None.',
    });
    assert.equal(refused.status, 403);
    const gate = await nodes.irs.views.stream('irs-review', 'gate');
    assert.equal(gate.at(-1)?.kind, 'door-refused');
    assert.equal(gate.at(-1)?.person, 'Alex Firth');
    assert.equal(
      (await nodes.irs.views.stream('irs', 'gate')).length,
      0,
      'the log that Customs may read does not tell of it',
    );
  });

  await t.test('records, the other findings, approval by one and release by another', async () => {
    for (const item of [
      'purchases',
      'cost-of-goods-sold',
      'related-purchases',
      'royalties',
      'sister-purchases',
      'sister-sales',
    ]) {
      await alex.get(`${board}/${item}`);
      const located = await alex.post(`${board}/${item}/locate`, {
        source: 'return',
        file: files[item] ?? 'harbor-lamp-2021.xml',
      });
      assert.match(located.text, /The record is located/, `${item}: ${located.text.slice(0, 400)}`);
    }
    const found = async (who: typeof alex, finds: string, answer: Record<string, string>) => {
      await who.get(`${board}/purchases`);
      const page = await who.post(`${board}/purchases/finding`, {
        'act.finds': finds,
        about: 'finding',
        'act.reason': 'Looked at item by item.',
        'all[]': 'yes',
        ...answer,
      });
      assert.match(page.text, /The finding is signed/, `${finds}: ${page.text.slice(0, 600)}`);
    };
    for (const finds of ['no more than necessary', 'relates to merchandise', 'relationship holds'])
      await found(alex, finds, { 'act.answer?': 'yes' });
    await found(sam, 'treaty', { 'act.answer': 'none' });
    for (const finds of ['identifies informant', 'seriously impairs'])
      await found(lee, finds, { 'act.answer?': 'no' });

    const drew = await sites.irs.signIn('drew-haven');
    const shown = await drew.get(board);
    const approved = await drew.post(`${board}/approve`);
    assert.match(approved.text, /The determinations are approved/, approved.text.slice(0, 800));
    const stale = await drew.post(`${board}/approve`, {}, shown.html);
    assert.notEqual(stale.status, 409, 'the same form, sent twice, is the same act');
    const own = await drew.post(`${board}/release`, {}, (await drew.get(board)).html);
    assert.equal(own.status, 403, 'whoever approved does not send');
    const casey = await sites.irs.signIn('casey-moor');
    await casey.get(board);
    const released = await casey.post(`${board}/release`);
    assert.match(released.text, /The answer is released/, released.text.slice(0, 800));
    const jordan = await sites.customs.signIn('jordan-vale');
    assert.match((await jordan.get('/')).text, /One packet/);
  });

  await t.test('what was answered is not told to a title that is not shown every ground', async () => {
    const item = async (who: typeof alex) =>
      /purchases<\/th>[^]*?<\/tr>/.exec((await who.get(`/cases/${reference}`)).html)?.[0] ?? '';
    assert.match(await item(await sites.irs.signIn('drew-haven')), /disclosed/);
    const told = await item(alex);
    assert.match(told, /not shown under this title/);
    assert.doesNotMatch(told, /Customs/);
    assert.equal((await alex.get(`/cases/${reference}/custody`)).status, 403);
  });
});
