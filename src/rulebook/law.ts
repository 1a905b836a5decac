import { readFileSync } from 'node:fs';
import { sha256 } from '../ground/digest.ts';
import type { Cite, SectionId } from './rule.ts';

export interface Paragraph {
  readonly cite: Cite;
  readonly text: string;
}

export interface Law {
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
  /** SHA-256 of the file in `law/`. */
  readonly digest: string;
}

const files: Readonly<Record<SectionId, string>> = {
  'l-14': 'l-14-1.txt',
  'l-2': 'l-2-3.tail.txt',
  m: 'm-1.head.txt',
};

/** `(a)` opens a paragraph, `(1)` a subparagraph of the last one; what stands before the first is the end of one the page cut. */
const parse = (text: string, cut: Cite): Law => {
  const paragraphs: { cite: Cite; text: string }[] = [];
  let title = '';
  let letter = '';
  for (const line of text.split('\n').map((one) => one.trim())) {
    const [, mark] = /^\((\w+)\) /.exec(line) ?? [];
    if (line === '' || line.startsWith('[') || line.startsWith('(Secs.')) continue;
    else if (line.startsWith('§')) title = line;
    else if (mark === undefined) paragraphs.push({ cite: cut, text: line });
    else if (/^\d+$/.test(mark)) paragraphs.push({ cite: `${letter}(${mark})` as Cite, text: line });
    else paragraphs.push({ cite: (letter = `(${mark})`) as Cite, text: line });
  }
  return { title, paragraphs, digest: sha256(text) };
};

const read = new Map<SectionId, Law>();

/** The words of a section, as far as the page goes. */
export const lawOf = (section: SectionId): Law => {
  const known = read.get(section);
  if (known !== undefined) return known;
  const law = parse(readFileSync(new URL(`../../law/${files[section]}`, import.meta.url), 'utf8'), '(d)');
  read.set(section, law);
  return law;
};

/** A paragraph in sentences. The abbreviation “U.S.” and the paragraph’s own heading end none. */
export const sentencesOf = (paragraph: Paragraph): readonly string[] =>
  paragraph.text
    .split(/(?<=[.;])(?<!U\.S\.)\s+(?=[A-Z(])/)
    .filter((one) => !/^\(\w+\) [^;]{0,70}\.$/.test(one));
