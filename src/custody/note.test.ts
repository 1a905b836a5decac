import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCheckpoint } from './checkpoint.ts';
import { flip, logSigner, seed, witnessSigner } from './log.fixture.ts';
import { formatNote, openNote, parseNote, signNote } from './note.ts';
import { formatSkey, parseSkey, signerFromSeed } from './signer.ts';
import { COSIGNATURE_V1, ED25519, formatVkey, parseVkey } from './vkey.ts';

const refuses = (kind: string, what?: RegExp) => (error: unknown) => {
  const [problem] = (error as { problems: { kind: string; what: string }[] }).problems;
  assert.equal(problem?.kind, kind);
  if (what !== undefined) assert.match(problem.what, what);
  return true;
};

// golang.org/x/mod/sumdb/note, example_test.go.
const NEUMANN_TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NEUMANN_VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const NEUMANN_SKEY = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const NEUMANN_NOTE = `${NEUMANN_TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
const ROOT_NOTE = `${NEUMANN_NOTE}— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=
`;

describe('the published examples', () => {
  it('golang.org/x/mod/sumdb/note: opens', () => {
    const note = openNote(NEUMANN_NOTE, [parseVkey(NEUMANN_VKEY)]);
    assert.equal(note.text, NEUMANN_TEXT);
    assert.deepEqual(
      note.by.map(({ key }) => [key.name, key.id]),
      [['PeterNeumann', 'c74f20a3']],
    );
  });

  it('golang.org/x/mod/sumdb/note: signs, byte for byte', () => {
    const signed = signNote({ text: NEUMANN_TEXT, signatures: [] }, parseSkey(NEUMANN_SKEY));
    assert.equal(formatNote(signed), NEUMANN_NOTE);
    const root = signerFromSeed('EnochRoot', ED25519, new Uint8Array(32));
    assert.equal(formatNote(signNote(signed, root)), ROOT_NOTE);
  });

  it('C2SP signed-note, Verifier keys', () => {
    const note = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
    const key = parseVkey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    assert.equal(openNote(note, [key]).text, 'This is an example message.\n');
  });

  it('a head of the Go checksum database', () => {
    const note = `go.sum database tree
35225469
vt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=

— sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=
`;
    const key = parseVkey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8');
    assert.equal(parseCheckpoint(openNote(note, [key]).text).size, 35_225_469);
  });
});

describe('verifier keys', () => {
  it('are written as they were read, of either type', () => {
    for (const vkey of [
      NEUMANN_VKEY,
      'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2',
    ]) {
      assert.equal(formatVkey(parseVkey(vkey)), vkey);
    }
    assert.equal(parseVkey(formatVkey(witnessSigner.verifier)).type, COSIGNATURE_V1);
  });

  it('of one key for two types have two ids', () => {
    const [log, witness] = [ED25519, COSIGNATURE_V1].map((type) =>
      signerFromSeed('a', type as 1 | 4, seed(3)),
    );
    assert.notEqual(log?.verifier.id, witness?.verifier.id);
  });

  for (const [why, vkey] of [
    ['two parts', 'bananas.sigstore.dev+12344556'],
    ['not base64', 'rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!'],
    ['unknown type', 'rekor.sigstore.dev+12345678+AwEB'],
    ['id not hex', NEUMANN_VKEY.replace('c74f20a3', 'NOT_A_NU')],
    ['id in capitals', NEUMANN_VKEY.replace('c74f20a3', 'C74F20A3')],
    ['wrong id', NEUMANN_VKEY.replace('c74f20a3', 'c74f20a4')],
    ['another name', NEUMANN_VKEY.replace('Peter', 'Paul')],
    ['a name with a space', NEUMANN_VKEY.replace('Neumann', ' Neumann')],
    ['no name', NEUMANN_VKEY.replace('PeterNeumann', '')],
    ['short key', NEUMANN_VKEY.slice(0, -4)],
    ['unpadded', 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2'],
    ['a line end', `${NEUMANN_VKEY}\n`],
    ['nothing', ''],
  ] as const) {
    it(`refuses: ${why}`, () => {
      assert.throws(() => parseVkey(vkey), refuses('not-a-key'));
    });
  }
});

describe('private keys', () => {
  it('are written as golang writes them', () => {
    const bytes = Buffer.from(NEUMANN_SKEY.split('+').slice(4).join('+'), 'base64').subarray(1);
    assert.equal(formatSkey('PeterNeumann', ED25519, bytes), NEUMANN_SKEY);
  });

  it('are refused without a word of them in the message', () => {
    for (const skey of [NEUMANN_SKEY.replace('c74f20a3', 'c74f20a4'), NEUMANN_SKEY.slice(0, -4), 'x']) {
      assert.throws(
        () => parseSkey(skey),
        (error) => {
          assert.doesNotMatch((error as Error).message, /AYEKFALVFGyNhPJE/);
          return refuses('not-a-key')(error);
        },
      );
    }
    assert.throws(() => parseSkey(NEUMANN_SKEY, COSIGNATURE_V1), refuses('not-a-key'));
  });
});

describe('opening a note', () => {
  const key = parseVkey(NEUMANN_VKEY);

  it('is refused with any bit of it turned over', () => {
    const bytes = Buffer.from(NEUMANN_NOTE);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      assert.throws(() => openNote(flip(bytes, bit), [key]), { name: 'ProblemError' }, `bit ${bit}`);
    }
  });

  it('is refused when cut anywhere', () => {
    for (let end = 0; end < NEUMANN_NOTE.length; end++) {
      assert.throws(() => openNote(NEUMANN_NOTE.slice(0, end), [key]), { name: 'ProblemError' });
    }
  });

  it('ignores signatures of keys not given, even of the same name or the same id', () => {
    const other = '— SomeoneElse x08goAAAAAAAAAAA\n';
    const namesake = '— PeterNeumann AAAAAAAAAAAAAAAA\n';
    assert.equal(openNote(NEUMANN_NOTE + other + namesake, [key]).by.length, 1);
    assert.equal(openNote(ROOT_NOTE, [key]).by.length, 1);
  });

  it('counts a key once, however often its signature is there', () => {
    const line = NEUMANN_NOTE.slice(NEUMANN_NOTE.indexOf('—'));
    assert.equal(openNote(NEUMANN_NOTE + line + line, [key]).by.length, 1);
  });

  it('refuses a note that no key given has signed', () => {
    assert.throws(
      () => openNote(NEUMANN_NOTE, [logSigner.verifier]),
      refuses('signature-refused', /not signed by any/),
    );
    assert.throws(() => openNote(NEUMANN_NOTE, []), refuses('signature-refused'));
  });

  it('refuses the whole note if one signature of a key given does not hold', () => {
    const bad = ROOT_NOTE.replace('tiOHp', 'tiOHq');
    const root = signerFromSeed('EnochRoot', ED25519, new Uint8Array(32)).verifier;
    assert.throws(() => openNote(bad, [key, root]), refuses('signature-refused', /EnochRoot does not hold/));
    assert.equal(openNote(bad, [key]).by.length, 1);
  });

  it('finds the signatures after the last blank line', () => {
    const text = 'one\n\n— not a signature\n\ntwo\n';
    const note = formatNote(signNote({ text, signatures: [] }, logSigner));
    assert.equal(openNote(note, [logSigner.verifier]).text, text);
  });

  for (const [why, note] of [
    ['no blank line', NEUMANN_NOTE.replace('\n\n', '\n')],
    ['no signature', `${NEUMANN_TEXT}\n`],
    ['no line end at the end', NEUMANN_NOTE.slice(0, -1)],
    ['a carriage return', NEUMANN_NOTE.replaceAll('\n', '\r\n')],
    ['a tab', NEUMANN_NOTE.replace('If ', 'If\t')],
    ['a hyphen for the dash', NEUMANN_NOTE.replace('— ', '- ')],
    ['no name', NEUMANN_NOTE.replace('— PeterNeumann', '—')],
    ['two spaces', NEUMANN_NOTE.replace('PeterNeumann ', 'PeterNeumann  ')],
    ['a plus sign in the name', NEUMANN_NOTE.replace('PeterNeumann', 'Peter+Neumann')],
    ['a no-break space in the name', NEUMANN_NOTE.replace('PeterNeumann', 'Peter\u00a0Neumann')],
    ['a next-line sign in the name', NEUMANN_NOTE.replace('PeterNeumann', 'Peter\u0085Neumann')],
    ['base64 without padding', NEUMANN_NOTE.replace('=\n', '\n')],
    ['base64 with loose last bits', NEUMANN_NOTE.replace('nAM=', 'nAN=')],
    ['base64 of a URL', NEUMANN_NOTE.replace('x08go/Z', 'x08go_Z')],
    ['a signature of four bytes', `${NEUMANN_TEXT}\n— PeterNeumann x08gow==\n`],
    ['text after the signatures', `${NEUMANN_NOTE}more\n`],
    ['a hundred and one signatures', NEUMANN_NOTE + '— a AAAAAAAA\n'.repeat(100)],
    ['more than a million bytes', 'a'.repeat(1_000_000) + NEUMANN_NOTE],
    ['half a surrogate pair', NEUMANN_NOTE.replace('If', 'I\ud800')],
    ['nothing', ''],
  ] as const) {
    it(`refuses: ${why}`, () => {
      assert.throws(() => openNote(note, [key]), refuses('not-a-note'));
    });
  }

  it('refuses bytes that are not UTF-8, and keeps a byte order mark as text', () => {
    assert.throws(
      () => parseNote(Buffer.from([0xff, ...Buffer.from(NEUMANN_NOTE)])),
      refuses('not-a-note', /UTF-8/),
    );
    assert.ok(parseNote(Buffer.from(`\ufeff${NEUMANN_NOTE}`)).text.startsWith('\ufeff'));
  });
});
