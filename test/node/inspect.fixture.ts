import { chmodSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { TestContext } from 'node:test';
import { inspectFolder } from '../../src/office/inspect/folder.ts';
import { formatExhibit } from '../../src/custody/exhibit.ts';
import { parseTlogProof } from '../../src/custody/tlog-proof.ts';
import { sha256 } from '../../src/ground/digest.ts';
import { type Problem, ProblemError } from '../../src/ground/problem.ts';
import { sendHead } from '../../src/office/heads.ts';
import { review } from '../../src/office/irs.ts';
import { openItem } from '../../src/office/look.ts';
import { release } from '../../src/office/release.ts';
import { type Manifest, manifestText } from '../../src/record/inspect/folder.ts';
import {
  type Three,
  brought,
  cleared,
  exampleDocument,
  reference,
  requested,
  returns,
} from './three.fixture.ts';

/** Free text that would run, load or show if it were not escaped. */
export const PLANTED = '</td><script>alert(1)</script><img src=x onerror="alert(2)"> & \u202eevil';
const ITEMS = ['purchases', 'sister-purchases'];

const planted = () => {
  const document = exampleDocument(ITEMS) as { items: readonly { purpose: string }[] };
  return {
    ...document,
    items: document.items.map((item) => ({ ...item, purpose: `${item.purpose} ${PLANTED}` })),
  };
};

/** From the request to a look at an item, with Justice shown a head; answers the bytes that Customs saw. */
export const played = async (nodes: Three): Promise<string> => {
  await brought(nodes, 'customs', 'irs', await requested(nodes, planted()), 'casey-moor');
  await cleared(nodes, ITEMS);
  await review(nodes.irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
  const answer = await release(nodes.irs, { person: 'casey-moor' }, reference, returns);
  await brought(nodes, 'irs', 'customs', answer, 'jordan-vale');
  await brought(
    nodes,
    'customs',
    'justice',
    await sendHead(nodes.customs, { person: 'jordan-vale' }, 'justice'),
    'max-ferris',
  );
  const { bytes } = await openItem(
    nodes.customs,
    { person: 'jordan-vale' },
    { case: reference, item: 'purchases', because: `To compare. ${PLANTED}`, audit: 'TRA-2026-17' },
  );
  return Buffer.from(bytes).toString();
};

export const pathsOf = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => relative(dir, join(one.parentPath, one.name)).split(sep).join('/'));

/** A copy of a folder that may be written to, removed after the test. */
export const copyOf = (t: TestContext, folder: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-folder-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  cpSync(folder, dir, { recursive: true });
  for (const path of pathsOf(dir)) chmodSync(join(dir, path), 0o600);
  return dir;
};

export const manifestOf = (dir: string): Manifest =>
  JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as Manifest;

/** As one would who changed something and then made the list of files anew: only the proofs can still tell. */
export const listAnew = (dir: string, change: (before: Manifest) => Manifest = (one) => one): void => {
  const files = Object.fromEntries(
    pathsOf(dir)
      .filter((path) => path !== 'manifest.json')
      .map((path) => [path, sha256(readFileSync(join(dir, path)))]),
  );
  writeFileSync(join(dir, 'manifest.json'), manifestText(change({ ...manifestOf(dir), files })));
};

export const found = async (
  dir: string,
  elsewhere: Parameters<typeof inspectFolder>[1] = {},
): Promise<readonly Problem[]> => {
  try {
    return (await inspectFolder(dir, elsewhere)).report.findings;
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
};

export const edit = (dir: string, path: string, change: (text: string) => string): void => {
  const file = join(dir, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};

interface Extra {
  readonly entry: string;
  readonly open: readonly { readonly field: string; readonly salt: string; readonly value: string }[];
}

/** The text of an exhibit with its openings changed, and everything else as it was. */
export const reopened = (text: string, change: (open: Extra['open']) => Extra['open']): string => {
  const proof = parseTlogProof(text);
  const { entry, open } = JSON.parse(Buffer.from(proof.extra ?? []).toString()) as Extra;
  const extra = Buffer.from(JSON.stringify({ entry, open: change(open) })).toString('base64');
  return text.replace(/^extra .*$/m, `extra ${extra}`);
};

/** The same exhibit, opening nothing: what is left of an event whose key was destroyed. */
export const closedExhibit = (text: string): string => {
  const proof = parseTlogProof(text);
  const { entry } = JSON.parse(Buffer.from(proof.extra ?? []).toString()) as Extra;
  return formatExhibit({ ...proof, entry: Buffer.from(entry, 'base64'), open: [] });
};
