import { html } from 'hono/html';
import type { Chain, HopKind } from '../../map/chain.ts';
import type { CaseFile } from '../../office/case-file.ts';
import { refusalAt } from '../../office/door.ts';
import { caseHref } from '../parts/cases.ts';
import { nothing } from '../parts/parts.ts';
import type { Html, Visit } from '../route.ts';
import { recallRoutes, recallable } from './acts/recall.ts';

/** Hops by which items are given on. */
const gives: ReadonlySet<HopKind> = new Set(['answer', 'referral', 'disclosure']);

/** Where on the map a recall begins: what it offers at a hop, and at somebody who holds something. */
export interface Recalls {
  readonly ofRow: ((n: number) => Html) | undefined;
  readonly ofHolding: ((at: number) => Html) | undefined;
}

const link = (reference: string, items: readonly string[]): Html => {
  if (items.length === 0) return nothing;
  const query = new URLSearchParams(items.map((item) => ['item', item]));
  return html`<a class="usa-link" href="${caseHref(reference)}/recall?${query.toString()}"
    >Recall ${items.join(', ')}</a
  >`;
};

/** Whether this title may recall here: as the page of the recall asks it, which asks again. */
const mayRecall = (visit: Visit): boolean =>
  recallRoutes.some(
    (route) =>
      route.path === '/cases/:case/recall' &&
      route.method === 'GET' &&
      route.offices.includes(visit.node.office) &&
      refusalAt(route, visit) === undefined,
  );

/** What this office has given on and may still recall; nothing, where this title may not. */
export const recallsIn = (visit: Visit, file: CaseFile, { hops, holders, holdings }: Chain): Recalls => {
  const { office } = visit.node;
  const open = new Set(recallable(file).map(({ value }) => value));
  if (!mayRecall(visit) || open.size === 0) return { ofRow: undefined, ofHolding: undefined };
  const given = new Map(
    hops
      .filter(
        ({ kind, outcome, from }) =>
          gives.has(kind) && outcome === 'done' && holders.get(from)?.column === office,
      )
      .map(({ n, items }) => [n, items.filter((item) => open.has(item))] as const),
  );
  return {
    ofRow: (n) => link(file.reference, given.get(n) ?? []),
    ofHolding: (at) => {
      const one = holdings[at];
      const ours = one === undefined || holders.get(one.holder)?.column === office;
      return ours || one.end !== undefined || one.recalled !== undefined || !open.has(one.item)
        ? nothing
        : link(file.reference, [one.item]);
    },
  };
};
