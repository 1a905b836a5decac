import * as library from '@dagrejs/dagre';
import type { Point } from './svg.ts';

/** A node of the graph; dagre sets `x` and `y`, its centre. */
export interface Node extends Point {
  readonly width: number;
  readonly height: number;
  readonly rank: number;
}

/** The part of dagre that the map uses. */
export interface LayoutGraph {
  setGraph(settings: object): unknown;
  setNode(id: string, node: Node): unknown;
  setEdge(from: string, to: string, edge: object): unknown;
  node(id: string): Node;
  /** `points`: one for each rank between the two nodes, and before and after them where it meets these. */
  edge(from: string, to: string): { readonly points?: readonly Point[] };
}

// Its own types import their parts without file extensions, which Node's resolution does not follow: they come out as `any`.
export const { Graph, layout } = library as unknown as {
  readonly Graph: new () => LayoutGraph;
  readonly layout: (graph: LayoutGraph) => unknown;
};
