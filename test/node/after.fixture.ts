import assert from 'node:assert/strict';
import { openCheckpoint } from '../../src/custody/checkpoint.ts';
import type { Office } from '../../src/custody/entry.ts';
import { verifyLog } from '../../src/custody/verify.ts';
import { type Problem, ProblemError } from '../../src/ground/problem.ts';
import type { Order } from '../../src/office/act.ts';
import { type Done, actAfter } from '../../src/office/after.ts';
import { hopsOfCase } from '../../src/office/chain.ts';
import { review } from '../../src/office/irs.ts';
import { openItem } from '../../src/office/look.ts';
import type { Node } from '../../src/office/node.ts';
import { refer } from '../../src/office/refer.ts';
import { release } from '../../src/office/release.ts';
import type { Receipt, StoredEvent } from '../../src/store/types.ts';
import {
  type Three,
  brought,
  cleared,
  exampleDocument,
  reference,
  requested,
  returns,
} from './three.fixture.ts';

/* After the release, over the real road. All people are fictional. */

export const ITEMS = ['purchases', 'related-purchases', 'royalties', 'sister-purchases'];
export const AUDIT = 'TRA-2026-17';
export const JORDAN = { person: 'jordan-vale' };
export const CASEY = { person: 'casey-moor' };
export const TONI = { person: 'toni-brook' };
export const MAX = { person: 'max-ferris' };
export const ENTRY = 'B76-0324527-8';

export const inAudit = { matter: 'the audit', audit: AUDIT, aim: ['correctness'] };
export const inSuit = {
  matter: 'civil judicial',
  audit: AUDIT,
  aim: ['advocacy', 'recovery'],
  stage: 'preparation',
};
export const necessary = [{ finds: 'use is necessary', answer: true, reason: 'It is compared there.' }];

/** Three offices on: the items disclosed to Customs, each in its vault. */
export const disclosed = async (nodes: Three, items: readonly string[] = ITEMS): Promise<void> => {
  await brought(nodes, 'customs', 'irs', await requested(nodes, exampleDocument(items)), 'casey-moor');
  await cleared(nodes, items);
  await review(nodes.irs, { person: 'drew-haven' }, { act: 'approve', case: reference });
  const receipt = await release(nodes.irs, CASEY, reference, returns);
  await brought(nodes, 'irs', 'customs', receipt, 'jordan-vale');
};

export const referral = (items: readonly string[], name = 'Toni Brook') => ({
  case: reference,
  proposal: {
    act: 'disclose',
    items,
    to: { is: 'Justice officer', name, title: 'Trial Attorney', personally: true, directly: true },
    for: inSuit,
  },
  findings: necessary,
  do: {},
});

export const referred = (
  { customs }: Three,
  items: readonly string[],
  order: Order = JORDAN,
): Promise<Done> => refer(customs, order, referral(items));

export const engaged = async (
  { justice }: Three,
  person = 'toni-brook',
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> => {
  await actAfter(justice, MAX, {
    ...{ act: 'engage', case: reference, person, from: justice.when().day, document: 'the list' },
    ...more,
  });
};

/** And on: Justice has these of them. */
export const atJustice = async (nodes: Three, items: readonly string[]): Promise<void> => {
  await engaged(nodes);
  const { receipt } = await referred(nodes, items);
  await brought(nodes, 'customs', 'justice', receipt, 'toni-brook');
};

/** The importer's attorney, with an appearance on file, is shown an item. */
export const shown = (
  { customs }: Three,
  item: string,
  more: { readonly papers?: readonly string[]; readonly name?: string } = {},
): Promise<Done> =>
  actAfter(customs, JORDAN, {
    act: 'may i',
    case: reference,
    proposal: {
      act: 'disclose',
      items: [item],
      to: {
        is: 'importer’s representative',
        name: more.name ?? 'Dana Pell',
        importer: 'harbor-lamp',
      },
      for: inAudit,
      papers: more.papers ?? ['appearance-pell'],
    },
    findings: necessary,
    do: { shown: 'the line and its caption' },
  });

export const appearance = ({ customs }: Three, more: Readonly<Record<string, unknown>> = {}): Promise<Done> =>
  actAfter(customs, JORDAN, {
    act: 'file paper',
    case: reference,
    paper: 'appearance-pell',
    kind: 'appearance',
    of: 'Dana Pell',
    document: 'notice of appearance',
    from: customs.when().day,
    importer: 'harbor-lamp',
    attorney: true,
    ...more,
  });

export const looks = (node: Node, item: string, order: Order = node.office === 'justice' ? TONI : JORDAN) =>
  openItem(node, order, {
    case: reference,
    item,
    because: 'It is compared there.',
    audit: AUDIT,
    ...(node.office === 'justice' ? { stage: 'preparation' } : {}),
  });

export type Problems = readonly [Problem, ...Problem[]];

export const problemsOf = async (attempt: Promise<unknown>): Promise<Problems> => {
  const error = await attempt.then(
    () => assert.fail('it went through'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ProblemError, error instanceof Error ? `${error.stack}` : String(error));
  return error.problems;
};

export const caseEvents = (node: Node): Promise<readonly StoredEvent[]> =>
  node.views.stream(node.log, `case/${reference}`);

export const streamOf = (node: Node, stream: string): Promise<readonly StoredEvent[]> =>
  node.views.stream(node.log, stream);

/** Every log of every office verifies whole, and each goes on from the heads given. */
export const logsHold = async (nodes: Three, known: ReadonlyMap<string, readonly string[]> = new Map()) => {
  for (const office of ['irs', 'customs', 'justice'] as const) {
    const node = nodes[office];
    for (const log of node.logs) {
      const report = await verifyLog((path) => node.views.file(log, path), {
        log: node.signer(log).verifier,
        known: known.get(log) ?? [],
      });
      assert.deepEqual(report.findings, [], `${log} is not whole`);
      assert.equal(report.goesOnFrom, known.get(log)?.length ?? 0, `${log} does not go on`);
    }
  }
};

export const sizeOf = async (node: Node): Promise<number> => {
  const head = await node.views.head(node.log);
  return head === undefined ? 0 : openCheckpoint(head, node.signer(node.log).verifier).size;
};

export const receivedBy = (
  nodes: Three,
  from: Office,
  to: Office,
  receipt: Receipt,
): ReturnType<typeof brought> =>
  brought(nodes, from, to, receipt, { irs: 'casey-moor', customs: 'jordan-vale', justice: 'toni-brook' }[to]);

export const hopsAt = (node: Node) => hopsOfCase(node, reference);
