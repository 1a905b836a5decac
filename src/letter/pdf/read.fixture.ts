/**
 * Reads back a PDF that pdfkit wrote uncompressed, far enough to judge it: what is drawn on each page, under which tag.
 * Deliberately knows nothing of how the letter is drawn.
 */
export interface Drawn {
  /** The outermost marked content it lies in: `Artifact`, or a structure tag with an MCID; '' for none. */
  readonly tag: string;
  readonly text: string;
}

export interface ReadPdf {
  /** All of the file as Latin-1, for looking up what stands in its dictionaries. */
  readonly raw: string;
  readonly pages: readonly (readonly Drawn[])[];
  /** Painting operators outside of any marked content: PDF/UA-1 allows none. */
  readonly unmarked: number;
}

export const readPdf = (bytes: Uint8Array): ReadPdf => {
  const raw = Buffer.from(bytes).toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of raw.matchAll(/(?<=\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(id, body);
  const at = (reference: string | undefined): string => objects.get(reference ?? '') ?? '';

  const characters = new Map<string, readonly string[]>();
  const fontOf = (id: string): readonly string[] => {
    const known = characters.get(id) ?? toUnicode(at(/\/ToUnicode (\d+) 0 R/.exec(at(id))?.[1]));
    characters.set(id, known);
    return known;
  };

  const kids = [...objects.values()].find((body) => body.includes('/Type /Pages')) ?? '';
  const ids = [...(/\/Kids \[([^\]]*)\]/.exec(kids)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, id]) => id);
  let unmarked = 0;
  const pages = ids.map((id) => {
    const page = at(id);
    const resources = at(/\/Resources (\d+) 0 R/.exec(page)?.[1]);
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', font = '']) => [name, fontOf(font)]),
    );
    const content = streamOf(at(/\/Contents (\d+) 0 R/.exec(page)?.[1]));
    const drawn: Drawn[] = [];
    const marks: string[] = [];
    let font: readonly string[] = [];
    for (const line of joined(content)) {
      const opened = /^\/(\w+) (?:[\s\S]* )?B[MD]C$/.exec(line);
      const set = /^\/(F\d+) [\d.]+ Tf$/.exec(line);
      if (opened) marks.push(opened[1] ?? '');
      else if (line === 'EMC') marks.pop();
      else if (set) font = fonts.get(set[1] ?? '') ?? [];
      else if (/(?:^|\s)(TJ|Tj|f|S|s|B|f\*)$/.test(line)) {
        if (marks.length === 0) unmarked++;
        const glyphs = [...line.matchAll(/<([0-9a-f]+)>/g)].flatMap(
          ([, hex = '']) => hex.match(/.{4}/g) ?? [],
        );
        const text = glyphs.map((glyph) => font[parseInt(glyph, 16)] ?? '').join('');
        if (text !== '') drawn.push({ tag: marks[0] ?? '', text });
      }
    }
    return drawn;
  });
  return { raw, pages, unmarked };
};

export const contentOf = ({ pages }: ReadPdf): string =>
  pages
    .flat()
    .filter(({ tag }) => tag !== 'Artifact')
    .map(({ text }) => text)
    .join('');

const streamOf = (body: string): string => /stream\n([\s\S]*)\nendstream/.exec(body)?.[1] ?? '';

/** Operators, one a line; a dictionary that pdfkit spread over lines is joined again. */
const joined = (content: string): string[] =>
  content
    .replace(/<<[\s\S]*?>>/g, (dictionary) => dictionary.replaceAll('\n', ' '))
    .split('\n')
    .map((line) => line.trim());

/** The characters by glyph number, from the one `bfrange` array a 256 that pdfkit writes. */
const toUnicode = (body: string): string[] =>
  [...streamOf(body).matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[([^\]]*)\]/g)].flatMap(([, entries = '']) =>
    [...entries.matchAll(/<([0-9a-f ]*)>/g)].map(([, hex = '']) =>
      String.fromCharCode(
        ...hex
          .split(' ')
          .filter((unit) => unit !== '')
          .map((unit) => parseInt(unit, 16)),
      ),
    ),
  );
