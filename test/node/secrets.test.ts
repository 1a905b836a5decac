import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Nodes, raise } from '../../src/cli/demo/stage.ts';
import { ProblemError } from '../../src/ground/problem.ts';
import { changeDirectory } from '../../src/office/directory.ts';
import { offices } from '../../src/office/gate.ts';
import { review } from '../../src/office/irs.ts';
import { harborLamp } from '../../src/returns/extract/fictional-case.ts';
import { type Content, returnXml } from '../../src/returns/extract/fictional.ts';
import { CLOCK, NEXT } from './crash-child.ts';
import { exampleDocument } from './three.fixture.ts';

/*
 * What is planted occurs nowhere else in the world. All of it is fictional; the IRS never issued an EIN that begins with 28.
 */
const AMOUNT = '7318264059';
const TIN = '284719365';
const secrets = {
  TIN,
  'TIN with its hyphen': '28-4719365',
  name: 'Quillfeather Vänträ Imports',
  amount: AMOUNT,
  'amount as it is printed': '7,318,264,059',
};
/** No return information, and still nothing that a stranger to the office may find: they name a case, or a person. */
const names = {
  title: 'Zwolfgang lantern audit',
  reference: 'CBP-2026-ZQX73519',
  person: 'Xanthippe Quorndale',
  statement: 'Because vexillology demands it',
};

/** A text as it would lie in a file: plain, as UTF-16, in hex, in base64 at any offset, and in JSON that keeps to ASCII. */
const spellings = (text: string): Buffer[] => {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((skip) => {
    const whole = Buffer.concat([Buffer.alloc(skip), bytes]).toString('base64');
    // The first and the last letters also say what stands before and after.
    return whole.slice(Math.ceil((skip * 4) / 3), Math.floor(((skip + bytes.length) * 8) / 6) - 1);
  });
  const ascii = text.replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [
    ...new Set([
      text,
      ascii,
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      ...base64,
      ...base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_')),
      Buffer.from(text, 'latin1').toString('latin1'),
    ]),
  ]
    .map((one) => Buffer.from(one))
    .concat(Buffer.from(text, 'latin1'), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16());
};

/** Finds any of the texts in any spelling. The two first bytes are looked up for all of them at once: there are hundreds of megabytes. */
const finder = (texts: Readonly<Record<string, string>>): ((bytes: Buffer) => string[]) => {
  const begins = new Uint8Array(65_536);
  const at = new Map<number, { name: string; needle: Buffer }[]>();
  for (const [name, text] of Object.entries(texts))
    for (const needle of spellings(text)) {
      const first = needle.readUInt16LE(0);
      begins[first] = 1;
      at.set(first, [...(at.get(first) ?? []), { name, needle }]);
    }
  return (bytes) => {
    const found = new Set<string>();
    for (let n = 0; n + 1 < bytes.length; n++) {
      const first = (bytes[n] ?? 0) + (bytes[n + 1] ?? 0) * 256;
      if (begins[first] === 0) continue;
      for (const { name, needle } of at.get(first) ?? [])
        if (bytes.compare(needle, 0, needle.length, n, Math.min(n + needle.length, bytes.length)) === 0)
          found.add(name);
    }
    return [...found];
  };
};

const findSecret = finder(secrets);
const findAny = finder({ ...secrets, ...names });

/** Every file of a folder, with its name, in which something is found. */
const search = (dir: string, find: (bytes: Buffer) => string[]): { found: string[]; searched: number } => {
  const found: string[] = [];
  let searched = 0;
  for (const file of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    const where = relative(dir, path);
    found.push(...find(Buffer.from(where)).map((name) => `${name} in the name ${where}`));
    if (!file.isFile()) continue;
    const bytes = readFileSync(path);
    searched += bytes.length;
    found.push(...find(bytes).map((name) => `${name} in ${where}`));
  }
  return { found, searched };
};

test('the search finds every spelling, so that finding nothing says something', () => {
  for (const [name, text] of Object.entries({ ...secrets, ...names }))
    for (const needle of spellings(text))
      for (const before of [0, 1, 2]) {
        const bytes = Buffer.concat([Buffer.alloc(before, 'x'), needle, Buffer.from('more')]);
        assert.ok(findAny(bytes).includes(name), `${name}, spelt ${needle.toString('latin1')}`);
      }
  for (const skip of [0, 1, 2]) {
    const inside = Buffer.from(`${'x'.repeat(skip)}${secrets.name}, and more`).toString('base64');
    assert.ok(findAny(Buffer.from(inside)).includes('name'));
  }
  assert.deepEqual(findAny(Buffer.from('7318264058 28471936 Quillfeather')), []);
});

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));
const NOW = Date.UTC(2026, 2, 16, 15);

/** A command on an office's node, and the exit code that it must have. */
type Command = readonly [office: string, code: number, ...args: readonly string[]];

interface Said {
  readonly command: Command;
  readonly text: string;
}

/** Runs commands one after another, and gives all that each has said. */
const waybill = async (dir: string, commands: readonly Command[]): Promise<Said[]> => {
  const { DATABASE_URL: _none, NODE_TEST_CONTEXT: _runner, ...rest } = process.env;
  const env = { ...rest, [CLOCK]: String(NOW) };
  const lines = commands.map(([office, , ...args]) =>
    office === '' ? args : [...args, '--data', join(dir, office)],
  );
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [CHILD, 'script', JSON.stringify(lines)],
    { env, maxBuffer: 32_000_000 },
  );
  const [out, err] = [stdout.split(NEXT), stderr.split(NEXT)];
  return commands.map((command, n) => {
    const [said = '', code] = /^([^]*?)(\d)$/.exec(out[n] ?? '')?.slice(1) ?? [];
    const text = `${said}${err[n] ?? ''}`;
    assert.equal(Number(code), command[1], `${command.slice(2).join(' ')}: ${text}`);
    return { command, text };
  });
};

/** The example with what is planted: in the return, in the request, and among the people. */
const planted = (dir: string): { readonly returns: string; readonly file: string } => {
  const returns = join(dir, 'returns');
  mkdirSync(returns);
  const filed = harborLamp(1);
  const documents = [...filed.documents].map(([form, content]): readonly [string, Content] => [
    form,
    form === 'IRS1125A' ? { ...(content as object), PurchasesAmt: AMOUNT } : content,
  ]);
  const xml = [...returnXml({ ...filed, ein: TIN, name: secrets.name, nameControl: 'QUIL', documents })].join(
    '',
  );
  writeFileSync(join(returns, 'planted.xml'), xml);
  copyFileSync(
    fileURLToPath(new URL('../../examples/harbor-lamp/returns/keel-2021.xml', import.meta.url)),
    join(returns, 'keel-2021.xml'),
  );
  const document = exampleDocument(['purchases', 'related-purchases']);
  const file = join(returns, 'case.yaml');
  const request = { ...document.request, reference: names.reference, form: 'written', dated: '2026-03-16' };
  const taxpayers = document.taxpayers.map((one) =>
    one.id === 'harbor-lamp' ? { ...one, name: secrets.name, tin: secrets['TIN with its hyphen'] } : one,
  );
  const items = document.items.map((one) => ({ ...one, necessity: names.statement }));
  writeFileSync(
    file,
    JSON.stringify({
      ...document,
      waybill: 'case/1',
      decideOn: '2026-03-16',
      title: names.title,
      request,
      taxpayers,
      items,
    }),
  );
  return { returns, file };
};

const findings = async ({ irs }: Nodes, reference: string): Promise<void> => {
  const finds = (person: string, name: string, answer: boolean | string) =>
    review(
      irs,
      { person },
      {
        act: 'finding',
        case: reference,
        finds: name,
        answer,
        reason: `${names.statement}; ${TIN} shows ${AMOUNT}.`,
      },
    );
  await finds('alex-firth', 'necessary to determination', true);
  await finds('alex-firth', 'no more than necessary', true);
  await finds('alex-firth', 'relates to merchandise', true);
  await finds('sam-torr', 'treaty', 'none');
  await finds('lee-carr', 'identifies informant', false);
  await finds('lee-carr', 'seriously impairs', false);
};

/** A folder for everything that the test makes, the machine's temporary files of it included. */
const folder = (t: TestContext): string => {
  const dir = mkdtempSync(join(realpathSync(tmpdir()), 'waybill-secrets-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = join(dir, 'temporary');
  mkdirSync(process.env['TMPDIR'], { mode: 0o777 });
  t.after(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });
  return dir;
};

test('a TIN, a name and an amount stand in the returns and in what Customs opened, and nowhere else', async (t) => {
  const dir = folder(t);
  const { returns, file } = planted(dir);
  const at = (office: string) => join(dir, 'nodes', office);
  mkdirSync(join(dir, 'nodes'));
  mkdirSync(join(dir, 'backups'));
  const nodes = await raise(join(dir, 'nodes'), () => ({ databaseUrl: undefined, now: () => NOW }));
  const { reference } = names;
  const said: string[] = [];
  const shown: string[] = [];

  /** What a command says is searched, but for those whose work it is to show what lies in the case. */
  const run = async (...commands: readonly Command[]): Promise<void> => {
    for (const { command, text } of await waybill(join(dir, 'nodes'), commands)) {
      const [, , name = '', ...args] = command;
      if (['open', 'review', 'custody', 'people', 'inbox'].includes(name)) shown.push(text);
      else
        said.push(
          ...findSecret(Buffer.from(text)).map((what) => `${what} in what ${name} ${args.join(' ')} says`),
        );
    }
  };
  const inbox = (office: string) => join(at(office), 'inbox');
  const JORDAN = ['--as', 'jordan-vale'];
  const CASEY = ['--as', 'casey-moor'];
  const ALEX = ['--as', 'alex-firth'];
  const FROM = ['--returns', returns];
  const locating = (item: string, name: string) => [
    'locate',
    reference,
    item,
    '--source',
    'return',
    '--file',
    name,
    ...FROM,
    ...ALEX,
  ];

  try {
    await changeDirectory(
      nodes.irs,
      { person: 'ira-fenn' },
      { act: 'add person', id: 'xq', name: names.person },
    );
    await run(
      ['irs', 0, 'people'],
      ['customs', 2, 'request', 'new', file, '--as', 'robin-alder'],
      ['customs', 0, 'request', 'new', file, ...JORDAN],
      ['customs', 0, 'request', 'check', reference],
      ['customs', 2, 'request', 'send', reference, ...JORDAN],
      ['customs', 0, 'request', 'sign', reference, '--as', 'robin-alder'],
      ['customs', 0, 'request', 'send', reference, ...JORDAN, '--to', inbox('irs')],
    );
    const [packet = ''] = readdirSync(inbox('irs'));
    // A copy that was altered on the way comes first, and is refused; and one that is for another office.
    const bytes = readFileSync(join(inbox('irs'), packet));
    const altered = Buffer.concat([bytes.subarray(0, -20), Buffer.alloc(20, 'A')]);
    writeFileSync(join(inbox('irs'), `00${packet.slice(2)}`), altered);
    writeFileSync(join(inbox('justice'), packet), bytes);
    await run(
      ['justice', 1, 'receive', '--as', 'toni-brook'],
      ['irs', 1, 'receive', ...CASEY],
      ['irs', 0, 'inbox'],
      ['irs', 0, ...locating('purchases', 'planted.xml')],
      ['irs', 0, ...locating('related-purchases', 'planted.xml')],
      ['irs', 2, ...locating('purchases', 'no.xml')],
      ['irs', 2, 'release', reference, ...FROM, ...CASEY],
    );
    await findings(nodes, reference);
    // Another return under the name of the one that was located.
    copyFileSync(join(returns, 'planted.xml'), join(returns, 'kept.xml'));
    copyFileSync(join(returns, 'keel-2021.xml'), join(returns, 'planted.xml'));
    await run(
      [
        'irs',
        2,
        'finding',
        reference,
        '--finds',
        'seriously impairs',
        '--answer',
        'yes',
        '--reason',
        AMOUNT,
        ...ALEX,
      ],
      ['irs', 0, 'review', reference, ...ALEX],
      ['irs', 0, 'approve', reference, '--as', 'drew-haven'],
      ['irs', 2, 'release', reference, ...FROM, '--as', 'drew-haven'],
      ['irs', 2, 'release', reference, ...FROM, ...CASEY],
    );
    copyFileSync(join(returns, 'kept.xml'), join(returns, 'planted.xml'));
    const look = ['--because', names.statement, '--audit', 'TRA-2026-17'];
    await run(
      ['irs', 0, 'release', reference, ...FROM, ...CASEY, '--to', inbox('customs')],
      ['customs', 0, 'receive', ...JORDAN],
      ['customs', 2, 'open', reference, 'purchases', ...look, '--as', 'robin-alder'],
      ['customs', 0, 'open', reference, 'purchases', ...look, ...JORDAN],
      ['customs', 0, 'open', reference, ...look, ...JORDAN, '--out', join(dir, 'opened')],
      ['customs', 0, 'custody', reference],
      ['justice', 2, 'custody', reference],
      ...offices.flatMap((office): Command[] => [
        [office, 0, 'log', 'export', join(dir, 'logs', office)],
        ['', 0, 'verify', join(dir, 'logs', office)],
        [office, 0, 'backup', join(dir, 'backups', office)],
        [office, 2, 'backup', join(dir, 'backups', office)],
      ]),
      ['irs', 0, 'log', 'export', join(dir, 'logs', 'irs-review'), '--log', 'irs-review'],
      ['customs', 0, 'exhibit', '9', '--reveal', 'kind', 'cite', 'taxpayer', 'packet'],
      ['customs', 2, 'exhibit', '99999'],
      ['customs', 0, 'seen', '--of', 'irs'],
    );
    assert.ok(
      findSecret(Buffer.from(shown.join())).includes('amount'),
      'the amount that was planted has crossed',
    );

    // What a fault is told by, and where it came from, also lands in somebody's terminal or report.
    for (const given of [
      { act: 'finding', case: reference, finds: AMOUNT, answer: TIN, reason: secrets.name },
      { act: secrets.name },
    ])
      await (async () => review(nodes.irs, { person: 'alex-firth' }, given))().then(
        () => assert.fail('it was done'),
        (error: unknown) => {
          assert.ok(error instanceof ProblemError);
          const told = `${JSON.stringify(error.problems)} ${error.stack}`;
          said.push(
            ...findSecret(Buffer.from(told)).map((what) => `${what} in the problem ${error.message}`),
          );
        },
      );
  } finally {
    await Promise.all(offices.map((office) => nodes[office].close()));
  }
  assert.deepEqual(said, []);

  // The places where it may be found, which also shows that the search looks.
  assert.ok(search(returns, findSecret).found.length > 0);
  assert.ok(
    search(join(dir, 'opened'), findSecret).found.some((where) =>
      where.startsWith('amount in purchases.json'),
    ),
  );

  let searched = 0;
  const found = ['nodes', 'logs', 'backups', 'temporary'].flatMap((place) => {
    const result = search(join(dir, place), findAny);
    searched += result.searched;
    return result.found.map((where) => `${where} (${place})`);
  });
  t.diagnostic(`${Math.round(searched / 1e6)} MB searched`);
  assert.deepEqual(found, []);
  assert.ok(
    readdirSync(join(at('irs'), 'postgres', 'cluster', 'pg_wal')).length > 0,
    'the write-ahead log was searched too',
  );
});
