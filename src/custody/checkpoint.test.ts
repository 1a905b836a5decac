import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { ORIGIN, flip, logSigner, seed, witnessSigner } from './log.fixture.ts';
import { formatNote, openNote, parseNote, signNote } from './note.ts';
import { sha256Bytes } from './hash.ts';
import { signerFromSeed } from './signer.ts';
import { ED25519 } from './vkey.ts';

const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
// C2SP tlog-checkpoint.
const EXAMPLE = `example.com/behind-the-sofa\n20852163\n${ROOT}\n`;

const head = { origin: ORIGIN, size: 5, root: sha256Bytes('root') };
const note = signCheckpoint(head, logSigner);
const cosigned = formatNote(signNote(parseNote(note), witnessSigner, 1_700_000_000));

describe('C2SP tlog-checkpoint', () => {
  it('the example', () => {
    const read = parseCheckpoint(EXAMPLE);
    assert.deepEqual(read, {
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      root: Buffer.from(ROOT, 'base64'),
    });
    assert.equal(formatCheckpoint(read), EXAMPLE);
  });

  it('extension lines are kept', () => {
    const text = `${EXAMPLE}one\ntwo 2\n`;
    assert.deepEqual(parseCheckpoint(text).extensions, ['one', 'two 2']);
    assert.equal(formatCheckpoint(parseCheckpoint(text)), text);
  });

  for (const [why, text] of [
    ['no origin', `\n5\n${ROOT}\n`],
    ['leading zero', `a\n05\n${ROOT}\n`],
    ['sign', `a\n+5\n${ROOT}\n`],
    ['not decimal', `a\n0x5\n${ROOT}\n`],
    ['more than a number holds', `a\n9007199254740993\n${ROOT}\n`],
    ['no size', `a\n\n${ROOT}\n`],
    ['short root', `a\n5\n${ROOT.slice(4)}\n`],
    ['no root', 'a\n5\n'],
    ['an empty extension line', `a\n5\n${ROOT}\n\n`],
    ['no line end', `a\n5\n${ROOT}`],
    ['nothing', ''],
  ] as const) {
    it(`refuses: ${why}`, () => {
      assert.throws(() => parseCheckpoint(text), { name: 'ProblemError' });
    });
  }

  it('a signed head opens with its log’s key and gives the note back as it was', () => {
    const opened = openCheckpoint(note, logSigner.verifier);
    assert.equal(opened.size, 5);
    assert.equal(opened.note, note);
  });

  it('is refused with any bit turned over', () => {
    const bytes = Buffer.from(note);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      assert.throws(() => openCheckpoint(flip(bytes, bit), logSigner.verifier), { name: 'ProblemError' });
    }
  });

  it('is refused if only a witness has signed it, or it is another log’s', () => {
    const only = formatNote(signNote({ text: formatCheckpoint(head), signatures: [] }, witnessSigner, 1));
    assert.throws(
      () => openCheckpoint(only, logSigner.verifier, [witnessSigner.verifier]),
      /not signed by the log itself/,
    );
    const foreign = signCheckpoint({ ...head, origin: `${ORIGIN}/accounts/2026-01-31` }, logSigner);
    assert.throws(() => openCheckpoint(foreign, logSigner.verifier), /another log/);
    const impostor = signCheckpoint(head, signerFromSeed(ORIGIN, ED25519, seed(9)));
    assert.throws(() => openCheckpoint(impostor, logSigner.verifier), /not signed by any/);
  });
});

describe('C2SP tlog-cosignature, Ed25519', () => {
  it('is verified beside the log’s signature, with its time', () => {
    const opened = openCheckpoint(cosigned, logSigner.verifier, [witnessSigner.verifier]);
    assert.deepEqual(
      opened.by.map(({ key, time }) => [key.name, time]),
      [
        [ORIGIN, undefined],
        ['customs.waybill.example/witness', 1_700_000_000],
      ],
    );
  });

  it('is the timestamp and an Ed25519 signature of the cosignature/v1 message', () => {
    const bytes = parseNote(cosigned).signatures[1]?.signature ?? new Uint8Array();
    assert.equal(bytes.length, 72);
    assert.equal(Buffer.from(bytes).readBigUInt64BE(), 1_700_000_000n);
    // The message signed as a plain note, by the same key: the same 64 bytes.
    const plain = signerFromSeed('plain', ED25519, seed(2));
    const text = `cosignature/v1\ntime 1700000000\n${formatCheckpoint(head)}`;
    assert.deepEqual(signNote({ text, signatures: [] }, plain).signatures[0]?.signature, bytes.subarray(8));
  });

  it('is ignored by those who do not know the witness', () => {
    assert.equal(openCheckpoint(cosigned, logSigner.verifier).by.length, 1);
  });

  it('with any bit turned over refuses the whole head', () => {
    const read = parseNote(cosigned);
    const last = read.signatures[1];
    assert.ok(last);
    for (let bit = 0; bit < last.signature.length * 8; bit++) {
      const bad = formatNote({
        ...read,
        signatures: [...read.signatures.slice(0, 1), { ...last, signature: flip(last.signature, bit) }],
      });
      assert.throws(() => openNote(bad, [logSigner.verifier, witnessSigner.verifier]), /does not hold/);
    }
  });

  it('of the same witness takes the place of its older one', () => {
    const later = signNote(parseNote(cosigned), witnessSigner, 1_700_000_500);
    assert.equal(later.signatures.length, 2);
    assert.equal(openNote(formatNote(later), [witnessSigner.verifier]).by[0]?.time, 1_700_000_500);
  });

  it('needs a time', () => {
    assert.throws(() => signNote(parseNote(note), witnessSigner), RangeError);
    assert.throws(() => signNote(parseNote(note), witnessSigner, 0.5), RangeError);
  });
});
