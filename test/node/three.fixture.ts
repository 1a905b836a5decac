import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'node:test';
import { type Nodes, carry, raise } from '../../src/cli/demo/stage.ts';
import { documentOf } from '../../src/cli/request.ts';
import type { Office } from '../../src/custody/entry.ts';
import { draftRequest, sendRequest, signRequest } from '../../src/office/customs.ts';
import { offices } from '../../src/office/gate.ts';
import { locate, review } from '../../src/office/irs.ts';
import { type Node, openNode } from '../../src/office/node.ts';
import { type Received, receive } from '../../src/office/receive.ts';
import { readPacketFile } from '../../src/packet/packet-file.ts';
import { testDatabaseUrl } from '../../src/store/database.fixture.ts';
import type { Receipt } from '../../src/store/types.ts';

export const example = fileURLToPath(new URL('../../examples/harbor-lamp/', import.meta.url));
export const returns = join(example, 'returns');
export const reference = 'CBP-2026-0147';

/** A clock that tests set. */
export interface Clock {
  /** POSIX milliseconds. */
  now: number;
}

/** Three offices with the demo's people, each on a fresh database; closed after the test. All are fictional. */
export const threeOffices = async (
  t: TestContext,
  clock: Clock = { now: Date.UTC(2026, 2, 16, 15) },
): Promise<Nodes & { readonly dir: string; readonly clock: Clock }> => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-nodes-'));
  const urls = new Map<Office, string>();
  for (const office of offices) urls.set(office, await testDatabaseUrl(t));
  const nodes = await raise(dir, (office) => ({ databaseUrl: urls.get(office), now: () => clock.now }));
  t.after(async () => {
    await Promise.all(offices.map((office) => nodes[office].close()));
    rmSync(dir, { recursive: true, force: true });
  });
  return { ...nodes, dir, clock };
};

/** Three offices and what goes with them. */
export type Three = Awaited<ReturnType<typeof threeOffices>>;

/**
 * The three offices as they are after `play`, to go on from as often as one likes, one time after the other: with the same
 * people, keys, logs and ids, so that what comes out differently does so because of what was done differently.
 */
export const standAfter = async (
  t: TestContext,
  play: (nodes: Three) => Promise<void> = () => Promise.resolve(),
  clock: Clock = { now: Date.UTC(2026, 2, 16, 15) },
): Promise<(t: TestContext) => Promise<Three>> => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-stand-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const urls = new Map<Office, string>();
  for (const office of offices) urls.set(office, await testDatabaseUrl(t));
  const first = await raise(dir, (office) => ({ databaseUrl: urls.get(office), now: () => clock.now }));
  try {
    await play({ ...first, dir, clock });
    await Promise.all(offices.map((office) => keepRows(first[office])));
  } finally {
    await Promise.all(offices.map((office) => first[office].close()));
  }
  return async (again) => {
    const copy = mkdtempSync(join(tmpdir(), 'waybill-nodes-'));
    cpSync(dir, copy, { recursive: true });
    const at: Clock = { now: clock.now };
    const opened = await Promise.all(
      offices.map(async (office) => {
        const around = { databaseUrl: urls.get(office), now: () => at.now };
        const node = await openNode(join(copy, office), around);
        await bringRowsBack(node);
        return [office, node] as const;
      }),
    );
    const nodes = Object.fromEntries(opened) as Record<Office, Node>;
    again.after(async () => {
      await Promise.all(offices.map((office) => nodes[office].close()));
      rmSync(copy, { recursive: true, force: true });
    });
    return { ...nodes, dir: copy, clock: at };
  };
};

const tablesOf = async ({ database }: Node): Promise<readonly string[]> => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'waybill'`,
  );
  return rows.map(({ name }) => name);
};

const keepRows = async (node: Node): Promise<void> => {
  const tables = (await tablesOf(node)).map((name) => `create table kept.${name} as table waybill.${name}`);
  // As of one moment: a projection may still be taking in the last entries.
  await node.database.owner.query(
    ['begin isolation level repeatable read', 'create schema kept', ...tables, 'commit'].join(';'),
  );
};

const bringRowsBack = async (node: Node): Promise<void> => {
  const tables = await tablesOf(node);
  await node.database.owner.query(
    [
      `truncate ${tables.map((name) => `waybill.${name}`).join()}`,
      ...tables.map((name) => `insert into waybill.${name} select * from kept.${name}`),
    ].join(';'),
  );
};

/** The example's request, with the items that pass its check, or those named. */
export const exampleDocument = (items?: readonly string[]) => {
  const { document } = documentOf(join(example, 'case.yaml'));
  const sound = [
    'purchases',
    'cost-of-goods-sold',
    'related-purchases',
    'royalties',
    'sister-purchases',
    'sister-sales',
  ];
  return { ...document, items: document.items.filter(({ id }) => (items ?? sound).includes(id)) };
};

/** Customs drafts, signs and sends; the receipt of the sending. */
export const requested = async (
  { customs }: Nodes,
  document: unknown = exampleDocument(),
  as = reference,
): Promise<Receipt> => {
  await draftRequest(customs, { person: 'jordan-vale' }, as, document);
  await signRequest(customs, { person: 'robin-alder' }, as);
  return sendRequest(customs, { person: 'jordan-vale' }, as);
};

/** Carries the packet of an act, and receives it. */
export const brought = async (
  nodes: Nodes,
  from: Office,
  to: Office,
  receipt: Receipt,
  person: string,
): Promise<Received> =>
  receive(nodes[to], { person }, await readPacketFile(await carry(nodes, from, to, receipt)));

const files: Readonly<Record<string, string>> = {
  'sister-purchases': 'lantern-holdings-2021.xml',
  'sister-sales': 'lantern-holdings-2021.xml',
};

/** The IRS locates a return for every item and finds nothing that stands in the way; the caller changes what it wants. */
export const cleared = async ({ irs }: Nodes, items: readonly string[]): Promise<void> => {
  for (const item of items)
    await locate(
      irs,
      { person: 'alex-firth' },
      { case: reference, item, source: 'return', file: files[item] ?? 'harbor-lamp-2021.xml' },
      returns,
    );
  const finds = (person: string, name: string, answer: boolean | string, of: readonly string[]) =>
    review(
      irs,
      { person },
      { act: 'finding', case: reference, finds: name, answer, of, reason: 'Looked at.' },
    );
  await finds('alex-firth', 'necessary to determination', true, items);
  await finds('alex-firth', 'no more than necessary', true, items);
  await finds('alex-firth', 'relates to merchandise', true, items);
  const related = items.filter((item) => item.startsWith('sister'));
  if (related.length > 0) await finds('alex-firth', 'relationship holds', true, related);
  await finds('sam-torr', 'treaty', 'none', items);
  await finds('lee-carr', 'identifies informant', false, items);
  await finds('lee-carr', 'seriously impairs', false, items);
};
