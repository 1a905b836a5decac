import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { saltOf } from './entry.ts';
import { formatExhibit, verifyExhibit } from './exhibit.ts';
import type { Opening } from './exhibit.ts';
import { proveInclusion } from './inclusion.ts';
import { entriesOf, flip, logOf, logSigner, readerOf, saltsOf, witnessSigner } from './log.fixture.ts';
import { formatNote, parseNote, signNote } from './note.ts';
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts';

const entries = entriesOf(300);
const log = logOf(entries);
const checkpoint = formatNote(signNote(parseNote(log.checkpoint), witnessSigner, 1_700_000_900));
const entry = entries[257] ?? new Uint8Array();
const open: Opening[] = [{ field: 'kind', salt: saltOf(saltsOf(257), 'kind'), value: 'item-viewed' }];

const exhibit = async (openings = open) => {
  const path = await proveInclusion(300, 257, readerOf(log.files));
  return formatExhibit({ entry, index: 257, path, checkpoint, open: openings });
};

describe('C2SP tlog-proof', () => {
  it('the example’s lines', () => {
    const text = `c2sp.org/tlog-proof@v1
extra AAEC
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

example.com/fancylog
109482
`;
    const proof = parseTlogProof(text);
    assert.equal(proof.index, 73_894);
    assert.deepEqual(proof.extra, Buffer.from([0, 1, 2]));
    assert.equal(proof.path.length, 2);
    assert.equal(proof.checkpoint, 'example.com/fancylog\n109482\n');
    assert.equal(formatTlogProof(proof), text);
    const bare = 'c2sp.org/tlog-proof@v1\nindex 0\n\nhead';
    assert.equal(formatTlogProof(parseTlogProof(bare)), bare);
  });

  for (const [why, text] of [
    ['another version', 'c2sp.org/tlog-proof@v2\nindex 0\n\nhead'],
    ['no index', 'c2sp.org/tlog-proof@v1\n\nhead'],
    ['index before extra', 'c2sp.org/tlog-proof@v1\nindex 0\nextra AAEC\n\nhead'],
    ['leading zero', 'c2sp.org/tlog-proof@v1\nindex 00\n\nhead'],
    ['a hash of 31 bytes', `c2sp.org/tlog-proof@v1\nindex 0\n${Buffer.alloc(31).toString('base64')}\n\nhead`],
    ['extra that is not base64', 'c2sp.org/tlog-proof@v1\nextra *\nindex 0\n\nhead'],
    ['no head', 'c2sp.org/tlog-proof@v1\nindex 0\n'],
    [
      '64 hashes',
      `c2sp.org/tlog-proof@v1\nindex 0\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\nhead`,
    ],
  ] as const) {
    it(`refuses: ${why}`, () => {
      assert.throws(() => parseTlogProof(text), { name: 'ProblemError' });
    });
  }
});

describe('an exhibit', () => {
  it('proves the entry and the field that it opens, and nothing more', async () => {
    const text = await exhibit();
    assert.ok(text.length < 10_000);
    const verified = verifyExhibit(text, logSigner.verifier, [witnessSigner.verifier]);
    assert.equal(verified.index, 257);
    assert.equal(verified.head.size, 300);
    assert.deepEqual(
      verified.head.by.map(({ key }) => key.name),
      ['irs.waybill.example/log', 'customs.waybill.example/witness'],
    );
    assert.deepEqual(verified.opened, { kind: 'item-viewed' });
    assert.equal(verified.entry.time, 1_700_000_257);
  });

  it('of which all salts are destroyed still proves that the entry is in the log', async () => {
    assert.deepEqual(verifyExhibit(await exhibit([]), logSigner.verifier).opened, {});
  });

  it('is refused with any bit turned over that is not of the witness’s line', async () => {
    const bytes = Buffer.from(await exhibit());
    const own = bytes.indexOf(Buffer.from('— customs'));
    for (let bit = 0; bit < own * 8; bit++) {
      const bad = Buffer.from(flip(bytes, bit)).toString('latin1');
      const text = Buffer.from(bad, 'latin1').toString('utf8');
      assert.throws(() => verifyExhibit(text, logSigner.verifier), { name: 'ProblemError' }, `bit ${bit}`);
    }
  });

  it('is refused at another index, or for another entry', async () => {
    const proof = parseTlogProof(await exhibit());
    assert.throws(
      () => verifyExhibit(formatTlogProof({ ...proof, index: 256 }), logSigner.verifier),
      /does not lead/,
    );
    const other = await exhibit().then((text) => parseTlogProof(text));
    const swapped = Buffer.from(other.extra ?? [])
      .toString()
      .replace(Buffer.from(entry).toString('base64'), Buffer.from(entries[3] ?? []).toString('base64'));
    const text = formatTlogProof({ ...proof, extra: Buffer.from(swapped) });
    assert.throws(() => verifyExhibit(text, logSigner.verifier), /does not lead/);
  });

  it('is refused if it opens a field as what it is not, or twice', async () => {
    const proof = parseTlogProof(await exhibit());
    const withExtra = (change: (text: string) => string) =>
      formatTlogProof({ ...proof, extra: Buffer.from(change(Buffer.from(proof.extra ?? []).toString())) });
    assert.throws(
      () =>
        verifyExhibit(
          withExtra((x) => x.replace('item-viewed', 'item-closed')),
          logSigner.verifier,
        ),
      /kind that the exhibit shows is not the one/,
    );
    assert.throws(
      () =>
        verifyExhibit(
          withExtra((x) => x.replace(/"open":\[(.*)\]/, '"open":[$1,$1]')),
          logSigner.verifier,
        ),
      /opens the kind twice/,
    );
    for (const change of [
      (x: string) => x.replace('"kind"', '"kinds"'),
      (x: string) => x.replace('{"entry"', '{ "entry"'),
      (x: string) => x.slice(1),
      () => 'null',
      () => '{}',
      () => '[]',
    ]) {
      assert.throws(
        () => verifyExhibit(withExtra(change), logSigner.verifier),
        /not an entry with its openings/,
      );
    }
    const { extra: _, ...bare } = proof;
    assert.throws(
      () => verifyExhibit(formatTlogProof(bare), logSigner.verifier),
      /not an entry with its openings/,
    );
  });

  it('is not made with a salt that does not open', async () => {
    const [opening] = open;
    assert.ok(opening);
    await assert.rejects(exhibit([{ ...opening, value: 'bar' }]), /does not open the kind/);
  });
});
