import type { Chain, Column, Hop, HopKind, Holder, Outcome } from './chain.ts';

/** Hops alike in all that the picture tells of an arrow: drawn as one, listed one by one. */
export interface Cable {
  /** Its number in the picture, and in the table’s column “arrow”. */
  readonly n: number;
  /** Boxes; one and the same for a use. */
  readonly from: string;
  readonly to: string;
  readonly kind: HopKind;
  readonly outcome: Outcome;
  readonly cite: string;
  readonly hops: readonly Hop[];
}

/** One holder, or several of one kind where there are too many to draw each. */
export interface Box {
  readonly id: string;
  readonly column: Column;
  readonly role: string;
  readonly holders: readonly Holder[];
}

/** More of one capacity than this share a box; more boxes than this in a column, and the least busy share one. */
const MOST_ALIKE = 10;
const MOST_IN_COLUMN = 24;

const merged = (
  boxes: readonly Box[],
  which: ReadonlySet<Box>,
  into: Pick<Box, 'id' | 'role'>,
): readonly Box[] => {
  const first = boxes.find((box) => which.has(box));
  if (first === undefined) return boxes;
  const one = { ...into, column: first.column, holders: [...which].flatMap(({ holders }) => holders) };
  return boxes.flatMap((box) => (box === first ? [one] : which.has(box) ? [] : [box]));
};

const boxesOf = ({ holders, hops }: Chain): readonly Box[] => {
  let boxes: readonly Box[] = [...holders.values()].map((one) => ({
    id: one.id,
    column: one.column,
    role: one.role,
    holders: [one],
  }));
  for (const { column, role } of boxes) {
    const alike = new Set(boxes.filter((box) => box.column === column && box.role === role));
    if (alike.size > MOST_ALIKE)
      boxes = merged(boxes, alike, { id: `${column}:all ${role}`, role: `${role} (${alike.size} persons)` });
  }
  const busy = new Map<string, number>();
  for (const { from, to } of hops) for (const id of [from, to]) busy.set(id, (busy.get(id) ?? 0) + 1);
  const busyness = (box: Box): number => box.holders.reduce((sum, { id }) => sum + (busy.get(id) ?? 0), 0);
  for (const column of ['irs', 'customs', 'justice', 'outside'] as const) {
    const there = boxes.filter((box) => box.column === column);
    if (there.length <= MOST_IN_COLUMN) continue;
    const rest = new Set(there.toSorted((a, b) => busyness(b) - busyness(a)).slice(MOST_IN_COLUMN - 1));
    const persons = [...rest].reduce((sum, { holders: { length } }) => sum + length, 0);
    boxes = merged(boxes, rest, { id: `${column}:others`, role: `${persons} others` });
  }
  return boxes;
};

export interface Cabling {
  readonly boxes: readonly Box[];
  readonly cables: readonly Cable[];
  /** Number of the cable of each hop, by the hop’s own number. */
  readonly cableOf: ReadonlyMap<number, number>;
}

/** The same for the picture and for the table, so that a number in one is found in the other. */
export const cablingOf = (chain: Chain): Cabling => {
  const boxes = boxesOf(chain);
  const boxOf = new Map(boxes.flatMap((box) => box.holders.map(({ id }) => [id, box.id])));
  const cables: (Cable & { readonly hops: Hop[] })[] = [];
  const known = new Map<string, Cable & { readonly hops: Hop[] }>();
  const cableOf = new Map<number, number>();
  for (const hop of chain.hops) {
    const { kind, outcome, cite, note } = hop;
    const [from, to] = [boxOf.get(hop.from) ?? hop.from, boxOf.get(hop.to) ?? hop.to];
    // What was asked for and refused differs by what it was for.
    const key = JSON.stringify([from, to, kind, outcome, cite, kind === 'question' ? note : '']);
    const cable = known.get(key) ?? { n: cables.length + 1, from, to, kind, outcome, cite, hops: [] };
    if (cable.hops.length === 0) {
      known.set(key, cable);
      cables.push(cable);
    }
    cable.hops.push(hop);
    cableOf.set(hop.n, cable.n);
  }
  return { boxes, cables, cableOf };
};
