import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { digestOf, requireFound } from './extract.ts';
import { problemOf, returnOf, rowsOf, withFile } from './extract.fixture.ts';
import { efile } from './namespaces.ts';

test('an item is given with its place, taxpayer, period and the text as filed', async () => {
  const xml = returnOf(
    '<IRS5472 documentId="RetDoc7"><RelatedPartyInfo><EIN> 08 </EIN></RelatedPartyInfo>' +
      '<RoyaltiesPaidAmt>1&amp;2<![CDATA[<3>]]><!-- no -->&#x34;</RoyaltiesPaidAmt></IRS5472>',
  );
  await withFile(xml, async (file) => {
    const { rows, digest, bytes, header } = await rowsOf(file, [
      'IRS5472/RoyaltiesPaidAmt',
      'IRS5472/RelatedPartyInfo/EIN',
    ]);
    assert.deepEqual(
      rows.map(({ path, value, xpath, documentId, byteOffset }) => ({
        path,
        value,
        xpath,
        documentId,
        byteOffset,
      })),
      [
        {
          path: 'IRS5472/RelatedPartyInfo/EIN',
          value: ' 08 ',
          xpath: 'IRS5472[1]/RelatedPartyInfo[1]/EIN[1]',
          documentId: 'RetDoc7',
          byteOffset: xml.indexOf('<EIN> 08'),
        },
        {
          path: 'IRS5472/RoyaltiesPaidAmt',
          value: '1&2<3>4',
          xpath: 'IRS5472[1]/RoyaltiesPaidAmt[1]',
          documentId: 'RetDoc7',
          byteOffset: xml.indexOf('<RoyaltiesPaidAmt>'),
        },
      ],
    );
    assert.equal(digest, createHash('sha256').update(xml).digest('hex'));
    assert.equal(digest, await digestOf(file));
    assert.equal(bytes, Buffer.byteLength(xml));
    assert.deepEqual(header.period, { from: '2021-01-01', to: '2021-12-31' });
    assert.deepEqual(
      [header.filer.tin, header.filer.tinType, header.schemaVersion],
      ['071234567', 'EIN', '2021v5.0'],
    );
  });
});

test('repeated documents and elements are numbered', async () => {
  const group = '<Grp><Amt>1</Amt></Grp><Grp/><Grp><Amt>2</Amt><Amt>3</Amt></Grp>';
  await withFile(returnOf(`<IRSA>${group}</IRSA><IRSB/><IRSA>${group}</IRSA>`), async (file) => {
    const { rows, counts } = await rowsOf(file, ['IRSA/Grp/Amt', 'IRSB/Amt']);
    assert.deepEqual(
      rows.map((r) => [r.documentIndex, r.elementIndex, r.xpath, r.value]),
      [
        [1, 1, 'IRSA[1]/Grp[1]/Amt[1]', '1'],
        [1, 2, 'IRSA[1]/Grp[3]/Amt[1]', '2'],
        [1, 3, 'IRSA[1]/Grp[3]/Amt[2]', '3'],
        [2, 1, 'IRSA[2]/Grp[1]/Amt[1]', '1'],
        [2, 2, 'IRSA[2]/Grp[3]/Amt[1]', '2'],
        [2, 3, 'IRSA[2]/Grp[3]/Amt[2]', '3'],
      ],
    );
    assert.deepEqual(
      [...counts],
      [
        ['IRSA/Grp/Amt', 6],
        ['IRSB/Amt', 0],
      ],
    );
  });
});

test('only elements of the e-file namespace are items, whatever their prefix', async () => {
  const xml = `<e:Return xmlns:e="${efile}"><e:ReturnHeader><e:ReturnTypeCd>1120</e:ReturnTypeCd>
    <e:TaxPeriodBeginDt>2021-01-01</e:TaxPeriodBeginDt><e:TaxPeriodEndDt>2021-12-31</e:TaxPeriodEndDt>
    <e:Filer><e:EIN>071234567</e:EIN><EIN>089999999</EIN></e:Filer></e:ReturnHeader><e:ReturnData>
    <e:D><e:A>in</e:A><A>none</A><A xmlns="${efile}">in too</A><A xmlns="urn:other">out</A></e:D>
    <D xmlns="urn:other"><e:A>in a foreign document</e:A></D></e:ReturnData></e:Return>`;
  await withFile(xml, async (file) => {
    const { rows, header } = await rowsOf(file, ['D/A']);
    assert.deepEqual(
      rows.map((r) => r.value),
      ['in', 'in too'],
    );
    assert.equal(header.filer.tin, '071234567');
  });
});

test('attributes are items, those with a prefix are not', async () => {
  const data = '<D a="x&#10;&lt;y" xmlns:q="urn:q" q:b="no"><A c="1"/></D>';
  await withFile(returnOf(data), async (file) => {
    const { rows } = await rowsOf(file, ['D/@a', 'D/@b', 'D/A/@c', 'D/A']);
    assert.deepEqual(
      rows.map((r) => [r.path, r.value, r.xpath]),
      [
        ['D/@a', 'x\n<y', 'D[1]/@a'],
        ['D/A/@c', '1', 'D[1]/A[1]/@c'],
        ['D/A', '', 'D[1]/A[1]'],
      ],
    );
  });
});

test('a group is refused by name, with the names of its parts', async () => {
  await withFile(returnOf('<D><G><A>1</A><B>2</B><A>3</A></G></D>'), async (file) => {
    const problem = await problemOf(rowsOf(file, ['D/G']));
    assert.equal(problem.kind, 'item-unknown');
    assert.match(problem.what, /^D\/G is a group/);
    assert.match(problem.next, /D\/G\/A, D\/G\/B\.$/);
    assert.match(problem.where ?? '', /return\.xml:\d+:\d+$/);
  });
});

test('paths that are none, stand twice or match nothing are refused by name', async () => {
  await withFile(returnOf('<D><A>1</A></D>'), async (file) => {
    for (const path of ['', 'D', '/D/A', 'D//A', 'D/A/', 'D/@', 'D/A[1]', 'D/@a/B', '../A', 'D/ A'])
      assert.equal((await problemOf(rowsOf(file, [path]))).kind, 'item-unknown', path);
    assert.equal((await problemOf(rowsOf(file, ['D/A', 'D/A']))).where, 'D/A');
    const extraction = await rowsOf(file, ['D/A', 'D/B']);
    const missing = await problemOf(Promise.resolve().then(() => requireFound(file, extraction)));
    assert.equal(missing.kind, 'item-not-found');
    assert.match(missing.where ?? '', /D\/B$/);
  });
});

test('a file that is not the one whose digest was taken is refused', async () => {
  await withFile(returnOf('<D><A>1</A></D>'), async (file) => {
    const { digest } = await rowsOf(file, ['D/A']);
    assert.equal((await rowsOf(file, ['D/A'], { digest })).rows.length, 1);
    const problem = await problemOf(
      rowsOf(file, ['D/A'], { digest: digest.replace(/^./, (c) => (c === '0' ? '1' : '0')) }),
    );
    assert.match(problem.what, /changed/);
  });
});

// The slow, obvious way: a tree of the whole file, by saxes with its own namespaces, and a search of that tree.
interface Node {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

const treeOf = (xml: string): Node => {
  const parser = new SaxesParser({ xmlns: true });
  const root: Node = { name: '', uri: '', attributes: {}, children: [], text: '' };
  const open = [root];
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(
      Object.values(tag.attributes).map((a) => [
        typeof a === 'string' ? a : a.name,
        typeof a === 'string' ? a : a.value,
      ]),
    );
    const node: Node = { name: tag.local, uri: tag.uri, attributes, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  const add = (some: string): void => void ((open.at(-1) ?? root).text += some);
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root;
};

interface Expected {
  readonly value: string;
  readonly xpath: string;
  readonly group: boolean;
}

const search = (from: Node, path: readonly string[], at: string): Expected[] => {
  const [name = '', ...rest] = path;
  if (name.startsWith('@')) {
    const value = from.attributes[name.slice(1)];
    return value === undefined ? [] : [{ value, xpath: `${at}/${name}`, group: false }];
  }
  return from.children
    .filter((child) => child.name === name && child.uri === efile)
    .flatMap((child, index) => {
      const here = `${at}${at === '' ? '' : '/'}${name}[${index + 1}]`;
      if (rest.length > 0) return search(child, rest, here);
      return [{ value: child.text, xpath: here, group: child.children.length > 0 }];
    });
};

const piece = fc.oneof(
  fc.constantFrom(
    'a',
    '12',
    ' ',
    '\n',
    '\r\n',
    '\r',
    'é',
    '中文',
    '😀',
    '&lt;',
    '&amp;',
    '&#65;',
    '&#x1F600;',
    '>',
  ),
  fc.constantFrom(
    '<![CDATA[<A>&amp;]]>',
    '<!-- <A>x</A> -->',
    '<?pi <B> ?>',
    '<![CDATA[]]]]>',
    '<![CDATA[]]>',
  ),
);
const names = ['A', 'B', 'Cé'];
const tag = fc.record({
  name: fc.constantFrom(...names),
  style: fc.constantFrom('', '', '', 'e:', 'f:', ' xmlns="urn:other"', ` xmlns="${efile}"`),
  attributes: fc.uniqueArray(fc.constantFrom('k', 'long', 'f:k', 'e:k'), { maxLength: 3 }),
  space: fc.constantFrom('', ' ', '\r\n', '\n\t'),
});

const written = (
  { name, style, attributes, space }: { name: string; style: string; attributes: string[]; space: string },
  inside: string,
): string => {
  const prefix = style.endsWith(':') ? style : '';
  const declared = style.startsWith(' ') ? style : '';
  const pairs = attributes.map((a) => ` ${a}="v é&quot;${a.length}"`).join('');
  const start = `<${prefix}${name}${declared}${pairs}${space}`;
  return inside === '' ? `${start}/>` : `${start}>${inside}</${prefix}${name}${space}>`;
};

const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));

const { tree } = fc.letrec<{ tree: string; leaf: string; branch: string }>((tie) => ({
  leaf: fc.tuple(tag, text).map(([start, inside]) => written(start, inside)),
  branch: fc
    .tuple(tag, text, fc.array(tie('tree'), { minLength: 1, maxLength: 4, size: 'max' }))
    .map(([start, before, children]) => written(start, before + children.join(before))),
  tree: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('branch')),
}));

const path = fc
  .tuple(
    fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
    fc.constantFrom(...names, '@k', '@long'),
  )
  .map(([to, last]) => [...to, last].join('/'));

test('the stream finds what a search of the whole tree finds, wherever the file is cut', async () => {
  let met = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(tree, { minLength: 3, maxLength: 8, size: 'max' }),
      fc.uniqueArray(path, { minLength: 6, maxLength: 14, size: 'max' }),
      fc.integer({ min: 160, max: 700 }),
      fc.boolean(),
      async (documents, wanted, chunkSize, bom) => {
        const body = returnOf(documents.join('\n')).replace(
          '<Return ',
          `<Return xmlns:e="${efile}" xmlns:f="urn:f" `,
        );
        const xml = (bom ? '\uFEFF' : '') + body;
        const data = treeOf(xml).children[0]?.children[1];
        assert.ok(data !== undefined);
        const all = wanted.map((one) => ({ one, matches: search(data, one.split('/'), '') }));
        const groups = all.filter(({ matches }) => matches.some((match) => match.group));
        const items = all.filter((some) => !groups.includes(some));
        await withFile(xml, async (file) => {
          for (const { one } of groups)
            assert.equal((await problemOf(rowsOf(file, [one], { chunkSize }))).kind, 'item-unknown');
          const { rows } = await rowsOf(
            file,
            items.map(({ one }) => one),
            { chunkSize },
          );
          const found = items.map(({ one }) => ({
            one,
            matches: rows
              .filter((r) => r.path === one)
              .map(({ value, xpath }) => ({ value, xpath, group: false })),
          }));
          assert.deepEqual(found, items);
          met += rows.length;
          const bytes = Buffer.from(xml);
          let last = 0;
          for (const row of rows) {
            const element =
              row.path
                .split('/')
                .filter((name) => !name.startsWith('@'))
                .at(-1) ?? '';
            assert.match(
              bytes.subarray(row.byteOffset, row.byteOffset + 40).toString(),
              new RegExp(`^<(?:e:)?${element}[\\s/>]`),
            );
            assert.ok(row.byteOffset >= last, 'rows come in the order of the file');
            last = row.byteOffset;
          }
        });
      },
    ),
    { numRuns: 300 },
  );
  assert.ok(met > 300, `only ${met} rows in all`);
});

test('byte offsets count bytes, not characters', async () => {
  const documents = Array.from({ length: 400 }, (_, n) => `<D><N>é中😀${n}</N><A>${n}</A></D>`).join('\r\n');
  await withFile(`\uFEFF${returnOf(documents)}`, async (file) => {
    const bytes = Buffer.from(`\uFEFF${returnOf(documents)}`);
    const { rows } = await rowsOf(file, ['D/A'], { chunkSize: 256 });
    assert.equal(rows.length, 400);
    for (const { byteOffset, value } of rows)
      assert.equal(bytes.subarray(byteOffset, byteOffset + 7 + value.length).toString(), `<A>${value}</A>`);
  });
});
