import type { Column } from './chain.ts';
import type { Box, Cable, Cabling } from './cables.ts';
import { Graph, layout } from './dagre.ts';
import type { Point } from './svg.ts';

const columns: readonly Column[] = ['irs', 'customs', 'justice', 'outside'];

export interface Sizes {
  readonly box: (box: Box) => { readonly width: number; readonly height: number };
  readonly label: (cable: Cable) => { readonly width: number; readonly height: number };
}

/** A place with its centre. */
export interface Place extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Passage extends Point {
  /** `true` where boxes stand, `false` where labels do. */
  readonly boxes: boolean;
}

export interface Route {
  readonly cable: Cable;
  /** Whether it goes against the reading direction: the arrowhead is at its left end. */
  readonly back: boolean;
  readonly left: string;
  readonly right: string;
  readonly label: Place;
  /** What it passes on a level, left and right of its label: the columns between, and the labels between those. */
  readonly before: readonly Passage[];
  readonly after: readonly Passage[];
}

export interface Layout {
  readonly boxes: ReadonlyMap<string, Place>;
  readonly routes: readonly Route[];
  readonly bands: readonly { readonly column: Column; readonly left: number; readonly right: number }[];
  readonly width: number;
  readonly height: number;
}

/**
 * How far inside its column a box stands: after whom it got something from in the same office. An arrow that would close
 * a circle goes against the direction.
 */
const depths = ({ boxes, cables }: Cabling): ReadonlyMap<string, number> => {
  const columnOf = new Map(boxes.map(({ id, column }) => [id, column]));
  const next = new Map<string, Set<string>>();
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(next.get(from) ?? [])].some((one) => reaches(one, to, seen));
  };
  for (const { from, to } of cables)
    if (from !== to && columnOf.get(from) === columnOf.get(to) && !reaches(to, from))
      next.set(from, (next.get(from) ?? new Set()).add(to));
  const depth = new Map(boxes.map(({ id }) => [id, 0]));
  for (let again = true; again;) {
    again = false;
    for (const [from, all] of next)
      for (const to of all)
        if ((depth.get(to) ?? 0) <= (depth.get(from) ?? 0)) {
          depth.set(to, (depth.get(from) ?? 0) + 1);
          again = true;
        }
  }
  return depth;
};

/**
 * Boxes stand in every fourth of dagre’s ranks, and the labels of arrows half way between them; what is left is room for the
 * arrows, for dagre has no bends for an edge that is one rank long.
 */
const STEP = 4;

/** Rank of every box: its column’s first, and its depth in it; columns with no box take no room. */
const ranksOf = (cabling: Cabling): ReadonlyMap<string, number> => {
  const depth = depths(cabling);
  const ranks = new Map<string, number>();
  let first = 0;
  for (const column of columns) {
    const there = cabling.boxes.filter((box) => box.column === column);
    for (const { id } of there) ranks.set(id, (first + (depth.get(id) ?? 0)) * STEP);
    if (there.length > 0) first += 1 + Math.max(...there.map(({ id }) => depth.get(id) ?? 0));
  }
  return ranks;
};

// Ids of our own: holders have names that people typed, and dagre keeps its nodes in plain objects.
const labelId = ({ n }: Cable): string => `label ${n}`;

/** dagre decides the order within the columns and the heights; which column, is decided here. */
export const layoutOf = (cabling: Cabling, sizes: Sizes): Layout => {
  const ranks = ranksOf(cabling);
  const rankOf = (id: string): number => ranks.get(id) ?? 0;
  const ids = new Map(cabling.boxes.map(({ id }, n) => [id, `box ${n}`]));
  const boxId = (id: string): string => ids.get(id) ?? '';
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranker: 'none', nodesep: 26, edgesep: 14, ranksep: 28 });
  const at = { x: 0, y: 0 };
  for (const box of cabling.boxes)
    graph.setNode(boxId(box.id), { ...sizes.box(box), ...at, rank: rankOf(box.id) });
  const passing = cabling.cables
    .filter(({ from, to }) => from !== to)
    .map((cable) => {
      const back = rankOf(cable.from) > rankOf(cable.to);
      const [left, right] = back ? [cable.to, cable.from] : [cable.from, cable.to];
      return { cable, back, left, right };
    });
  for (const { cable, left, right } of passing) {
    graph.setNode(labelId(cable), { ...sizes.label(cable), ...at, rank: rankOf(left) + STEP / 2 });
    graph.setEdge(boxId(left), labelId(cable), {});
    graph.setEdge(labelId(cable), boxId(right), {});
  }
  layout(graph);
  const placeOf = (id: string): Place => {
    const { x, y, width, height } = graph.node(id);
    return { x, y, width, height };
  };
  /** The bends of an edge, one a rank; of those, the ones where something stands beside. */
  const passages = (from: string, to: string, rank: number): readonly Passage[] =>
    (graph.edge(from, to).points ?? []).slice(1, -1).flatMap(({ x, y }, n) => {
      const here = rank + 1 + n;
      return here % (STEP / 2) === 0 ? [{ x, y, boxes: here % STEP === 0 }] : [];
    });
  const boxes = new Map(cabling.boxes.map(({ id }) => [id, placeOf(boxId(id))]));
  const routes = passing.map((one): Route => {
    const [label, rank] = [labelId(one.cable), rankOf(one.left)];
    return {
      ...one,
      label: placeOf(label),
      before: passages(boxId(one.left), label, rank),
      after: passages(label, boxId(one.right), rank + STEP / 2),
    };
  });
  return {
    boxes,
    routes,
    bands: bandsOf(cabling, boxes),
    ...extent([...boxes.values(), ...routes.map(({ label }) => label)]),
  };
};

const bandsOf = ({ boxes }: Cabling, places: ReadonlyMap<string, Place>): Layout['bands'] =>
  columns.flatMap((column) => {
    const there = boxes.filter((box) => box.column === column).flatMap(({ id }) => places.get(id) ?? []);
    if (there.length === 0) return [];
    return [
      {
        column,
        left: Math.min(...there.map(({ x, width }) => x - width / 2)),
        right: Math.max(...there.map(({ x, width }) => x + width / 2)),
      },
    ];
  });

const extent = (places: readonly Place[]): { readonly width: number; readonly height: number } => ({
  width: Math.max(0, ...places.map(({ x, width }) => x + width / 2)),
  height: Math.max(0, ...places.map(({ y, height }) => y + height / 2)),
});
