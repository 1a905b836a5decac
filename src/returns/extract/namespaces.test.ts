import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { Namespaces } from './namespaces.ts';

const refuse = (what: string): never => {
  throw new Error(what);
};

/** The namespaces of all elements in order; undefined when the XML is refused. */
const ours = (xml: string): string[] | undefined => {
  const found: string[] = [];
  const namespaces = new Namespaces(refuse, () => refuse('too many'));
  const parser = new SaxesParser();
  let depth = 0;
  parser.on('attribute', ({ name, value }) => namespaces.attribute(name, value));
  parser.on('opentag', ({ name }) => found.push(namespaces.open(name, ++depth)));
  parser.on('closetag', () => namespaces.close(depth--));
  try {
    parser.write(xml).close();
    return found;
  } catch {
    return undefined;
  }
};

const theirs = (xml: string): string[] | undefined => {
  const found: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ uri }) => found.push(uri));
  try {
    parser.write(xml).close();
    return found;
  } catch {
    return undefined;
  }
};

const attribute = fc
  .tuple(
    fc.constantFrom(
      'xmlns',
      'xmlns:a',
      'xmlns:b',
      'a:x',
      'b:x',
      'x',
      'xml:lang',
      'xmlns:xml',
      'xmlns:xmlns',
      'xmlns:',
      'a:b:c',
    ),
    fc.constantFrom(
      'urn:1',
      'urn:1',
      'urn:2',
      '',
      ' urn:1 ',
      'http://www.w3.org/XML/1998/namespace',
      'http://www.w3.org/2000/xmlns/',
    ),
  )
  .map(([name, value]) => ` ${name}="${value}"`);

const usual = fc.constantFrom(' xmlns="urn:1"', ' xmlns:a="urn:1"', ' xmlns:b="urn:2"', ' a:x="1"', ' x="1"');

const start = fc.tuple(
  fc.constantFrom('e', 'e', 'e', 'a:e', 'b:e', 'xml:e'),
  fc.uniqueArray(fc.oneof({ weight: 9, arbitrary: usual }, attribute), {
    maxLength: 3,
    selector: (a) => a.split('=')[0],
  }),
);

const { tree } = fc.letrec<{ tree: string; leaf: string; branch: string }>((tie) => ({
  leaf: start.map(([name, attributes]) => `<${name}${attributes.join('')}/>`),
  branch: fc
    .tuple(start, fc.array(tie('tree'), { maxLength: 3 }))
    .map(([[name, attributes], inside]) => `<${name}${attributes.join('')}>${inside.join('')}</${name}>`),
  tree: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('branch')),
}));

test('elements are in the namespaces that saxes itself finds, and the same XML is refused', () => {
  let accepted = 0;
  fc.assert(
    fc.property(tree, (xml) => {
      const expected = theirs(xml);
      if (expected !== undefined) accepted += 1;
      assert.deepEqual(ours(xml), expected);
    }),
    { numRuns: 3000 },
  );
  assert.ok(accepted > 300, 'enough of the XML is good');
});

test('one attribute under two prefixes is refused', () => {
  assert.equal(ours('<e xmlns:a="urn:1" xmlns:b="urn:1" a:x="1" b:x="2"/>'), undefined);
  assert.deepEqual(ours('<e xmlns:a="urn:1" xmlns:b="urn:2" a:x="1" b:x="2"/>'), ['']);
});
