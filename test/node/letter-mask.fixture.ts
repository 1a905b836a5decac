import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { contentOf, readPdf } from '../../src/letter/pdf/read.fixture.ts';

/** A letter as two recipients would compare it: what must differ from letter to letter is taken out, and nothing else. */
export interface ComparedLetter {
  /** The whole file, streams inflated, in Latin-1. */
  readonly file: string;
  /** What a reader reads. */
  readonly text: string;
  /** The digest that was masked. */
  readonly digest: string;
}

const PACKED = /\/Length \d+(\n\/Filter \/FlateDecode\n(?:[^>\n]*\n)*>>\nstream\n)([\s\S]*?)(\nendstream)/g;

const inflated = (pdf: Uint8Array): string =>
  Buffer.from(pdf)
    .toString('latin1')
    .replace(
      PACKED,
      (_, head: string, packed: string, end: string) =>
        `/Length (masked)${head}${inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')}${end}`,
    );

/** Whether one text is the other with each character replaced by one of its own. */
const sameShape = (glyphs: readonly string[], digest: string): boolean => {
  // The letter’s face has one glyph for two f.
  const digits = digest.match(/ff|./g) ?? [];
  const digitOf = new Map<string, string>();
  const glyphOf = new Map<string, string>();
  return (
    glyphs.length === digits.length &&
    glyphs.every((glyph, at) => {
      const digit = digits[at] ?? '';
      if ((digitOf.get(glyph) ?? digit) !== digit || (glyphOf.get(digit) ?? glyph) !== glyph) return false;
      digitOf.set(glyph, digit);
      glyphOf.set(digit, glyph);
      return true;
    })
  );
};

const glyphsOf = (operator: string): readonly string[] =>
  [...operator.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);

/**
 * Masks the salted digest of the determination (as keyword and as drawn), the document’s id, and what follows from them:
 * the packed lengths of streams, and the places of objects in the file.
 */
export const comparedLetter = (pdf: Uint8Array): ComparedLetter => {
  const whole = inflated(pdf);
  const digest = /<pdf:Keywords>([0-9a-f]{64})</.exec(whole)?.[1] ?? '';
  assert.notEqual(digest, '', 'the letter has a digest of the determination');
  let drawn = 0;
  const masked = whole
    .slice(0, whole.lastIndexOf('\nxref\n'))
    .replaceAll(digest, '(digest)')
    .replace(/\[[^\]\n]*\] TJ/g, (operator) => {
      if (!sameShape(glyphsOf(operator), digest)) return operator;
      drawn++;
      return '(digest) TJ';
    });
  assert.equal(drawn, 1, 'the digest is drawn once');
  const trailer = /\ntrailer\n([\s\S]*?)\nstartxref\n/.exec(whole)?.[1] ?? '';
  assert.match(trailer, /\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/);
  const text = contentOf(readPdf(Buffer.from(whole, 'latin1')));
  assert.ok(text.includes(digest), 'the text can be read');
  return {
    file: `${masked}\n${trailer.replace(/\/ID \[[^\]]*\]/, '/ID (masked)')}`,
    text: text.replaceAll(digest, '(digest)'),
    digest,
  };
};
