import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { test } from 'node:test';

/** DESIGN section 3: which folders a folder may import from. A folder may always import from itself. */
const floors: Record<string, readonly string[]> = {
  ground: [],
  rulebook: ['ground'],
  custody: ['ground'],
  returns: ['ground'],
  casework: ['rulebook', 'returns', 'ground'],
  letter: ['casework', 'rulebook', 'returns', 'ground'],
  packet: ['custody', 'ground'],
  store: ['casework', 'custody', 'ground'],
  record: ['letter', 'casework', 'returns', 'custody', 'ground'],
  map: ['casework', 'ground'],
  office: [
    'map',
    'record',
    'packet',
    'store',
    'letter',
    'casework',
    'rulebook',
    'custody',
    'returns',
    'ground',
  ],
  api: [
    'office',
    'map',
    'record',
    'packet',
    'store',
    'letter',
    'casework',
    'rulebook',
    'custody',
    'returns',
    'ground',
  ],
  web: [
    'office',
    'map',
    'record',
    'packet',
    'store',
    'letter',
    'casework',
    'rulebook',
    'custody',
    'returns',
    'ground',
  ],
  cli: [
    'web',
    'api',
    'office',
    'map',
    'record',
    'packet',
    'store',
    'letter',
    'casework',
    'rulebook',
    'custody',
    'returns',
    'ground',
  ],
};

const floorOf = (path: string) => normalize(path).split(sep)[1] ?? '';

test('an import goes down the house, never up or sideways', () => {
  const climbs: string[] = [];
  for (const file of globSync('src/**/*.ts')) {
    const allowed = floors[floorOf(file)];
    assert.ok(allowed, `${file}: no floor of the house has this folder; add it to DESIGN and here`);
    for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import)\s*\(?\s*'(\.[^']*)'/g,
    )) {
      const to = floorOf(join(dirname(file), target));
      if (to !== floorOf(file) && !allowed.includes(to)) climbs.push(`${file} imports ${target}`);
    }
  }
  assert.deepEqual(climbs, []);
});

test('a source file is short enough to be read from top to bottom', () => {
  const long = globSync('src/**/*.ts')
    .filter((file) => !/generated|\.test\.ts$/.test(file))
    .filter((file) => readFileSync(file, 'utf8').split('\n').length > 300);
  assert.deepEqual(long, []);
});

test('only the command line speaks of its commands: what others say is read at every door', () => {
  const onPurpose =
    // A template for the command line; the folder of an inspector, which is verified by it, and the desk that offers one.
    /casework.template\.ts$|record.inspect.page\.ts$|web.pages.desk(\.ts$|.)/;
  const commanding = globSync('src/**/*.ts')
    .filter((file) => floorOf(file) !== 'cli' && !file.endsWith('.test.ts') && !onPurpose.test(file))
    .filter((file) => readFileSync(file, 'utf8').includes('./waybill'));
  assert.deepEqual(commanding, []);
});
