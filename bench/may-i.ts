import { join } from 'node:path';
import { readAct } from '../src/casework/acts/act.ts';
import type { AfterAct } from '../src/casework/acts/act.ts';
import { afterwards } from '../src/office/after.ts';
import { actOnCase, draftRequest } from '../src/office/customs.ts';
import { changeDirectory } from '../src/office/directory.ts';
import { init } from '../src/office/init.ts';
import type { Node } from '../src/office/node.ts';
import type { NewEvent } from '../src/store/types.ts';
import { PER_CASE, documentOf, dressed, newId, useQuestion } from '../src/office/cases.fixture.ts';

const CALLERS = 16;
const ACTS = 12;
const ROUNDS = 7;
/** In the audit of the cases, after the answer. */
const NOW = Date.UTC(2026, 3, 6, 17);

const person = 'jordan';
const keeper = { id: 'pat', name: 'Pat Lowe', title: 'Registrar' };

const customs = async (dir: string): Promise<Node> => {
  const founding = { office: 'customs', origin: 'customs.bench.example/log', keeper } as const;
  const node = await init(dir, founding, { now: () => NOW });
  const order = { person: keeper.id };
  await changeDirectory(node, order, { act: 'add person', id: person, name: 'Jordan Pike' });
  await changeDirectory(node, order, {
    act: 'give title',
    person,
    title: 'Auditor',
    from: '2026-01-01',
    duties: ['drafts requests', 'sends', 'receives'],
  });
  return node;
};

/** Records these acts of a case, one after another. */
const seed = async (node: Node, acts: readonly (readonly NewEvent[])[]): Promise<void> => {
  const ledger = await node.ledger('customs');
  let version = 0;
  for (const [first, ...rest] of acts) {
    if (first === undefined) continue;
    await ledger.append({
      id: newId(),
      asked: 'a'.repeat(64),
      log: 'customs',
      office: 'customs',
      person: 'Jordan Pike',
      title: 'Auditor',
      time: NOW / 1000,
      expect: { [first.stream]: version },
      events: [first, ...rest],
    });
    version += rest.length + 1;
  }
};

/** What a case has before it is acted on: its answer and its uses, or as many drafts, or nothing. */
const before: Readonly<Record<Kind, (reference: string, pair: number) => NewEvent[][]>> = {
  'may-i': dressed,
  look: dressed,
  redraft: (reference, pair) => {
    const [draft = []] = dressed(reference, pair);
    return Array.from({ length: PER_CASE }, () => draft);
  },
  draft: () => [],
};

type Kind = 'may-i' | 'look' | 'redraft' | 'draft';

const once = (node: Node, kind: Kind, reference: string): Promise<unknown> => {
  const order = { person };
  switch (kind) {
    case 'may-i':
      return afterwards(
        node,
        order,
        readAct({ act: 'may i', case: reference, ...useQuestion('purchases') }) as AfterAct,
      );
    case 'look':
      return actOnCase(node, order, {
        act: 'open',
        case: reference,
        item: 'purchases',
        because: 'To compare it with the entry.',
        for: { audit: 'AUDIT-1' },
      });
    case 'redraft':
    case 'draft':
      return draftRequest(node, order, reference, documentOf(reference, 0));
  }
};

/** Acts a second of 16 callers, each in a case of its own. */
const round = async (node: Node, kind: Kind, name: string): Promise<number> => {
  const references = Array.from({ length: CALLERS }, (_, n) => `CBP-${name}-${kind}-${n}`);
  await Promise.all(references.map((one, n) => seed(node, before[kind](one, n))));
  const start = performance.now();
  await Promise.all(
    references.map(async (reference) => {
      for (let n = 0; n < ACTS; n++) await once(node, kind, reference);
    }),
  );
  return (CALLERS * ACTS) / ((performance.now() - start) / 1000);
};

/** Acts a second of each kind, of each round; the first round warms up and is left out. */
export const mayIRounds = async (
  folder: string,
  rounds = ROUNDS,
): Promise<Readonly<Record<Kind, readonly number[]>>> => {
  const node = await customs(join(folder, 'customs'));
  const rates: Record<Kind, number[]> = { 'may-i': [], look: [], redraft: [], draft: [] };
  const kinds: readonly Kind[] = ['may-i', 'look', 'redraft', 'draft'];
  try {
    for (let n = 0; n <= rounds; n++)
      for (const kind of n % 2 === 0 ? kinds : [...kinds].reverse()) {
        const rate = await round(node, kind, String(n));
        if (n > 0) rates[kind].push(rate);
      }
  } finally {
    await node.close();
  }
  return rates;
};
