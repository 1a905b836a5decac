import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EMPTY_RECORD, accountOf, addToRecord } from '../custody/account.ts';
import { proveAccount } from '../custody/account-proof.ts';
import { parseCheckpoint, signCheckpoint } from '../custody/checkpoint.ts';
import { makeDayMap, mapHead } from '../custody/day-map.ts';
import { type Field, encodeEntry, saltOf } from '../custody/entry.ts';
import { formatExhibit } from '../custody/exhibit.ts';
import { leafHash } from '../custody/hash.ts';
import { proveInclusion } from '../custody/inclusion.ts';
import { flip, logOf, logSigner, readerOf, saltsOf, seed } from '../custody/log.fixture.ts';
import { parseNote } from '../custody/note.ts';
import { day } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { type FileSet, completeFiles, openedFields, verifyRecord } from './complete.ts';
import { account, find, shredded, wholeCase } from './record.fixture.ts';
import { type RecordedEvent, recordOf } from './record.ts';

const key = seed(40);
const log = logSigner.verifier;
const date = day('2026-06-01');
const customs = wholeCase().events.filter((event) => event.log === 'customs');
const taxpayer = account('wages');
const name = accountOf(key, taxpayer);

const valuesOf = (event: RecordedEvent): Record<Field, string> => ({
  kind: event.kind,
  cite: event.cite,
  person: event.person,
  title: event.title,
  case: event.case ?? '',
  item: event.item ?? '',
  taxpayer: event.taxpayer === undefined ? '' : accountOf(key, event.taxpayer),
  packet: event.packet ?? '',
  event: '',
});

const entries = customs.map((event, n) =>
  encodeEntry({ office: 'customs', time: event.time, fields: valuesOf(event) }, saltsOf(n)),
);
const made = logOf(entries);
const own = customs.filter((event) => event.taxpayer === taxpayer);

const exhibitOf = async (event: RecordedEvent, open: readonly Field[] = openedFields): Promise<string> =>
  formatExhibit({
    entry: entries[event.seq] ?? new Uint8Array(),
    index: event.seq,
    path: await proveInclusion(entries.length, event.seq, readerOf(made.files)),
    checkpoint: made.checkpoint,
    open: open.map((field) => ({
      field,
      salt: saltOf(saltsOf(event.seq), field),
      value: valuesOf(event)[field],
    })),
  });

const records = new Map(
  [...new Set(customs.flatMap((event) => event.taxpayer ?? []))].map((one) => [
    accountOf(key, one),
    customs
      .filter((event) => event.taxpayer === one)
      .reduce(
        (record, { seq }) => addToRecord(record, leafHash(entries[seq] ?? new Uint8Array())),
        EMPTY_RECORD,
      ),
  ]),
);

const proofOf = async (of: string): Promise<string> => {
  const map = makeDayMap(key, date, records);
  const head = mapHead(map, parseCheckpoint(parseNote(made.checkpoint).text), key);
  return proveAccount(map, signCheckpoint(head, logSigner), key, of, records.get(of));
};

const setOf = async (events: readonly RecordedEvent[] = own, all = customs): Promise<FileSet> =>
  completeFiles({
    record: recordOf('customs', all, { taxpayer }),
    account: name,
    proof: await proofOf(name),
    exhibits: new Map(
      await Promise.all(events.map(async (event) => [event.seq, await exhibitOf(event)] as const)),
    ),
  });

const refuses = (files: FileSet, why: RegExp) => {
  assert.throws(
    () => verifyRecord(files, { log }),
    (error: unknown) => error instanceof ProblemError && why.test(error.message),
  );
};

const edited = (files: FileSet, path: string, edit: (text: string) => string): FileSet =>
  new Map(
    [...files].map(([at, bytes]) => [
      at,
      at === path ? Buffer.from(edit(Buffer.from(bytes).toString())) : bytes,
    ]),
  );

test('the set shows that these acts are all that the log had of the taxpayer', async () => {
  const files = await setOf();
  const verified = verifyRecord(files, { log });
  assert.equal(verified.account.count, own.length);
  assert.deepEqual(
    verified.entries.map(({ index }) => index),
    own.map(({ seq }) => seq),
  );
  assert.deepEqual(verified.undisclosable, []);
  assert.equal(verified.taxpayerShown, false);
  // A question about two taxpayers at once is neither's own; what it asked of each has an entry beside it.
  assert.deepEqual(
    verified.unproven,
    customs.filter(({ kind, item }) => kind === 'may-i-answered' && item === undefined).map(({ seq }) => seq),
  );
});

test('with the account key shown, the account is the taxpayer’s and no other’s', async () => {
  const files = await setOf();
  assert.equal(verifyRecord(files, { log, taxpayer, accountKey: key }).taxpayerShown, true);
  for (const wrong of [
    { taxpayer: account('purchases'), accountKey: key },
    { taxpayer, accountKey: seed(41) },
  ])
    assert.throws(() => verifyRecord(files, { log, ...wrong }), ProblemError);
});

test('an act left out, an act put in, an act of another are refused', async () => {
  for (const left of own)
    refuses(await setOf(own.filter((event) => event !== left)), /the map says \d+ acts/);
  refuses(await setOf([...own, find(customs, 'customs', 'item-used')]), /not of this account/);
  const swapped = [...own.slice(1), find(customs, 'customs', 'item-requested', 'purchases')];
  refuses(await setOf(swapped), /not of this account/);
});

test('an exhibit that does not open its taxpayer hides no other act: the chain refuses it', async () => {
  const stranger = find(customs, 'customs', 'item-used');
  const files = new Map(await setOf(own.slice(1)));
  files.set(
    `exhibits/${String(stranger.seq).padStart(12, '0')}.tlog-proof`,
    Buffer.from(await exhibitOf(stranger, [])),
  );
  refuses(files, /not those that the map counts/);
});

test('a record that leaves out a row, or says something else than the entry, is refused', async () => {
  const files = await setOf();
  const rowless = (text: string) => {
    const record = JSON.parse(text) as { rows: unknown[] };
    return `${JSON.stringify({ ...record, rows: record.rows.slice(1) })}\n`;
  };
  refuses(edited(files, 'record.json', rowless), /does not have its one row/);
  refuses(
    edited(files, 'record.json', (text) => text.replace('"event":"item-opened"', '"event":"item-shut"')),
    /does not say what the entry commits to/,
  );
  refuses(
    edited(files, 'record.json', (text) => text.replace('"title":"Auditor"', '"title":"Auditor-in-Chief"')),
    /does not say what the entry commits to/,
  );
});

test('what was made undisclosable is still counted, and closed', async () => {
  const gone = find(customs, 'customs', 'item-opened', 'wages');
  const all = customs.map((event) => (event === gone ? shredded(event) : event));
  const files = new Map(await setOf(own, all));
  const record = recordOf('customs', all, {}, all);
  const [ownRow] = record.rows.filter(({ entry }) => entry.seq === gone.seq);
  assert.ok(ownRow);
  const whole = completeFiles({
    record: { ...record, rows: [...recordOf('customs', all, { taxpayer }).rows, ownRow] },
    account: name,
    proof: await proofOf(name),
    exhibits: new Map(
      await Promise.all(
        own.map(
          async (event) => [event.seq, await exhibitOf(event, event === gone ? [] : openedFields)] as const,
        ),
      ),
    ),
  });
  assert.deepEqual(verifyRecord(whole, { log }).undisclosable, [gone.seq]);
  assert.ok(files.size > 0);
});

test('a taxpayer of whom the log has nothing is shown to have nothing', async () => {
  const other = accountOf(key, '281234567');
  const files = completeFiles({
    record: recordOf('customs', customs, { taxpayer: '28-1234567' }),
    account: other,
    proof: await proofOf(other),
    exhibits: new Map(),
  });
  const { account: said, entries: none, unproven } = verifyRecord(files, { log });
  assert.deepEqual([said.count, none, unproven], [0, [], []]);
});

test('any file with any bit turned over, or missing, is refused; only the words of the record and the README are not proven', async () => {
  const files = await setOf();
  const proven = [...files].filter(([path]) => path !== 'README.txt' && path !== 'record.json');
  fc.assert(
    fc.property(fc.nat(proven.length - 1), fc.nat(), (at, bit) => {
      const [path, bytes] = proven[at] ?? ['', new Uint8Array()];
      const changed = new Map(files).set(path, flip(bytes, bit % (8 * bytes.length)));
      assert.throws(() => verifyRecord(changed, { log }), ProblemError);
    }),
    { numRuns: 150 },
  );
  for (const [path] of proven) {
    const fewer = new Map(files);
    fewer.delete(path);
    assert.throws(() => verifyRecord(fewer, { log }), ProblemError);
  }
});

test('an exhibit under another name is refused', async () => {
  const files = new Map(await setOf());
  const [path, bytes] = [...files].find(([at]) => at.startsWith('exhibits/')) ?? ['', new Uint8Array()];
  files.delete(path);
  files.set('exhibits/000000000999.tlog-proof', bytes);
  refuses(files, /under another entry’s name/);
});
