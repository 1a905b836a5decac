import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import type { Office } from '../../src/custody/entry.ts';
import { testDatabaseUrl } from '../../src/store/database.fixture.ts';
import { example, reference, returns } from './three.fixture.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The case file without what would come back: as an auditor sends it after `request check`. */
const caseFor = (dir: string): string => {
  const whole = parse(readFileSync(join(example, 'case.yaml'), 'utf8')) as { items: { id: string }[] };
  const unsound = ['commissions', 'wages', 'competitor-purchases'];
  const items = whole.items.filter(({ id }) => !unsound.includes(id));
  const file = join(dir, 'case.yaml');
  writeFileSync(file, stringify({ ...whole, items, findings: [], releases: [], proposals: [] }));
  return file;
};

test(
  'the whole case by hand, command by command, as three offices would do it',
  { timeout: 300_000 },
  async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'waybill-commands-'));
    t.after(() => rmSync(dir, { recursive: true, force: true }));
    const urls = {
      irs: await testDatabaseUrl(t),
      customs: await testDatabaseUrl(t),
    };
    type Two = keyof typeof urls;
    const run = (office: Two | undefined, ...args: string[]): Promise<Ran> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [main, ...args], {
          env: {
            ...process.env,
            NO_COLOR: '1',
            NODE_COMPILE_CACHE: join(tmpdir(), 'waybill-test-compiled'),
            ...(office === undefined ? {} : { DATABASE_URL: urls[office], WAYBILL_DATA: join(dir, office) }),
          },
        });
        let [out, err] = ['', ''];
        child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
        child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
        child.on('close', (code) => resolve({ code, out, err }));
      });
    const good = async (office: Two | undefined, ...args: string[]): Promise<string> => {
      const { code, out, err } = await run(office, ...args);
      assert.equal(code, 0, `waybill ${args.join(' ')}\n${out}${err}`);
      return out;
    };
    const give = async (office: Two, id: string, name: string, title: string, ...duties: string[]) => {
      const capacity = title === 'Acting Commissioner' ? ['--capacity', 'acting Commissioner'] : [];
      await good(office, 'people', 'add', id, '--name', name, '--as', 'keeper');
      await good(
        office,
        'people',
        'give',
        id,
        title,
        '--from',
        '2026-01-01',
        '--as',
        'keeper',
        ...duties.flatMap((one) => ['--duty', one]),
        ...capacity,
      );
    };
    const carry = (from: Two, to: Two): void => {
      mkdirSync(join(dir, to, 'inbox'), { recursive: true });
      for (const name of readdirSync(join(dir, from, 'outbox', to)))
        writeFileSync(join(dir, to, 'inbox', name), readFileSync(join(dir, from, 'outbox', to, name)));
    };

    for (const office of ['irs', 'customs'] as const)
      await good(
        office,
        'init',
        '--office',
        office,
        '--keeper',
        'keeper',
        '--name',
        `Keeper of ${office}`,
        '--title',
        'Directory Officer',
      );
    const card = (of: Office) => join(dir, of, 'office.json');
    await good('irs', 'office', 'add', card('customs'), '--as', 'keeper');
    await good('customs', 'office', 'add', card('irs'), '--as', 'keeper');
    await give('customs', 'robin', 'Robin Alder', 'Acting Commissioner', 'signs as Commissioner');
    await give(
      'customs',
      'jordan',
      'Jordan Vale',
      'Supervisory Auditor, Trade Regulatory Audit',
      'drafts requests',
      'sends',
      'receives',
    );
    await give('irs', 'casey', 'Casey Moor', 'Disclosure Manager', 'receives requests', 'sends');
    await give('irs', 'alex', 'Alex Firth', 'Disclosure Specialist', 'reviews', 'finds (d)', 'finds (e)');
    await give('irs', 'drew', 'Drew Haven', 'Director', 'approves', 'sends');

    await good('customs', 'request', 'new', caseFor(dir), '--as', 'jordan');
    assert.match(await good('customs', 'request', 'check', reference), /Nothing in it would be sent back/);
    const early = await run('customs', 'request', 'send', reference, '--as', 'jordan');
    assert.equal(early.code, 2);
    assert.match(early.err, /not signed/);
    await good('customs', 'request', 'sign', reference, '--as', 'robin');
    assert.match(await good('customs', 'request', 'send', reference, '--as', 'jordan'), /packet .*\.waybill/);

    carry('customs', 'irs');
    assert.match(await good('irs', 'inbox'), /1 packet waiting/);
    assert.match(
      await good('irs', 'receive', '--as', 'casey'),
      /A request from customs, case CBP-2026-0147: received/,
    );
    const items = [
      'purchases',
      'cost-of-goods-sold',
      'related-purchases',
      'royalties',
      'sister-purchases',
      'sister-sales',
    ];
    for (const item of items) {
      const file = item.startsWith('sister') ? 'lantern-holdings-2021.xml' : 'harbor-lamp-2021.xml';
      const where =
        item === 'sister-sales' ? ['--none'] : ['--source', 'return', '--file', file, '--returns', returns];
      await good('irs', 'locate', reference, item, '--as', 'alex', ...where);
    }
    for (const [finds, answer, ...of] of [
      ['necessary to determination', 'yes'],
      ['no more than necessary', 'yes'],
      ['relates to merchandise', 'yes'],
      ['relationship holds', 'yes', '--of', 'sister-purchases', 'sister-sales'],
      ['treaty', 'none'],
      ['identifies informant', 'no'],
      ['seriously impairs', 'no', '--of', ...items.filter((item) => item !== 'cost-of-goods-sold')],
      ['seriously impairs', 'yes', '--of', 'cost-of-goods-sold'],
    ] as const)
      await good(
        'irs',
        'finding',
        reference,
        '--as',
        'alex',
        '--finds',
        finds,
        '--answer',
        answer,
        '--reason',
        'Looked at.',
        ...of,
      );
    assert.match(
      await good('irs', 'review', reference, '--as', 'alex'),
      /purchases — form 1125-A, line 2: Purchases/,
    );
    await give('irs', 'pat', 'Pat Lorne', 'Disclosure Assistant', 'reviews');
    const narrow = await good('irs', 'review', reference, '--as', 'pat');
    assert.match(narrow, /a ground that is not shown under this title/);
    assert.doesNotMatch(
      narrow,
      /\(e\)|impair|informant|treaty/,
      'who has no part in (d) and (e) is not shown them',
    );
    await good('irs', 'approve', reference, '--as', 'drew');
    const self = await run('irs', 'release', reference, '--as', 'drew', '--returns', returns);
    assert.equal(self.code, 2);
    assert.match(self.err, /approved the release does not send it/);
    await good('irs', 'release', reference, '--as', 'casey', '--returns', returns);
    assert.match(
      await good('irs', 'release', reference, '--as', 'casey', '--returns', returns),
      /recorded before/,
    );

    carry('irs', 'customs');
    assert.match(await good('customs', 'receive', '--as', 'jordan'), /An answer from irs/);
    const look = ['--as', 'jordan', '--because', 'To compare with the entries.', '--audit', 'TRA-2026-17'];
    const shown = await good('customs', 'open', reference, 'purchases', ...look);
    assert.match(shown, /^Federal Tax Information\n/);
    assert.match(shown, /"value": "31250002"/);
    const barred = await run('customs', 'open', reference, 'cost-of-goods-sold', ...look);
    assert.equal(barred.code, 2);
    assert.match(barred.err, /Nothing was disclosed for this item/);
    await good('customs', 'open', reference, ...look, '--out', join(dir, 'opened'));
    assert.deepEqual(readdirSync(join(dir, 'opened')).sort(), [
      'letter.pdf',
      'purchases.json',
      'related-purchases.json',
      'royalties.json',
      'sister-purchases.json',
    ]);

    assert.match(await good('customs', 'custody', reference), /item opened purchases +\[\(f\)\]/);
    await good('irs', 'log', 'export', join(dir, 'irs-log'), '--office', 'irs');
    assert.match(await good(undefined, 'verify', join(dir, 'irs-log')), /the log is whole/);
    await good('customs', 'seen', '--of', 'irs', '--out', join(dir, 'seen.txt'));
    assert.match(
      await good(undefined, 'verify', join(dir, 'irs-log'), '--known', join(dir, 'seen.txt')),
      /goes on from 1 head/,
    );
    await good('customs', 'exhibit', '3', '--reveal', 'kind', '--out', join(dir, 'one.tlog-proof'));
    await good('customs', 'log', 'export', join(dir, 'customs-log'));
    assert.match(
      await good(undefined, 'verify', join(dir, 'one.tlog-proof'), '--key', join(dir, 'customs-log', 'vkey')),
      /✓ the entry is in the log/,
    );
    await good('irs', 'backup', join(dir, 'backup'));
    const blind = await run('irs', 'backup', join(dir, 'backup'));
    assert.equal(blind.code, 2);
    assert.match(await good('irs', 'keys', 'rotate'), /now wraps everything/);
    assert.match(await good('irs', 'keys', 'drop'), /is needed from now on/);
    assert.match(await good('irs', 'inbox'), /answered/);
  },
);
