import type { Period } from '../../ground/dates.ts';
import type { Catalogue } from '../../returns/catalogue/catalogue.ts';
import type { Verdict } from '../../rulebook/determine.ts';
import type { Decision } from '../decide.ts';
import { nameOf, periodOf } from '../items.ts';
import type { Outcome } from './answer.ts';
import { type BoardFinding, type Gate, type Seen, findingOf, gateOf } from './board-gate.ts';
import { gates } from './board-gates.ts';
import { isFindingShown, notShownTo } from './board-shown.ts';
import type { Duty } from './duties.ts';
import type { LocatedRecord, ReviewedItem } from './irs-state.ts';
import type { RequestBody } from './request.ts';
import { isShown } from './shown.ts';

export interface Row {
  readonly item: string;
  readonly form: string;
  /** Empty where the item is named by its path alone. */
  readonly line: string;
  readonly caption: string;
  readonly taxpayer?: { readonly id: string; readonly name: string };
  readonly period?: Period;
  /** The request's own words, (b)(4). */
  readonly asked: {
    readonly purposes: readonly string[];
    readonly purpose?: string;
    readonly necessity?: string;
    readonly relatesTo?: string;
  };
  /** The file it lies in, only where (d) is shown. */
  readonly record: 'not looked for' | 'none' | 'located' | LocatedRecord['source'];
  /** `not shown`: what is shown would permit it, and the rest decides. */
  readonly verdict: Verdict | 'not shown';
  /** What would be answered as things stand. */
  readonly outcome: Outcome | 'not shown';
  readonly elected: boolean;
  readonly returned: boolean;
  readonly findings: readonly BoardFinding[];
  /** Always nine, in the order of `gates`. */
  readonly gates: readonly Gate[];
}

/** What the answer would be, from what is shown; `not shown` where only the rest decides. */
const outcomeOf = (verdict: Row['verdict'], review: ReviewedItem, decision: Decision): Row['outcome'] => {
  if (decision.outward?.say === 'returned for cure') return 'returned for cure';
  if (review.elected) return 'not disclosed';
  return verdict === 'permitted' ? 'disclosed' : verdict === 'not shown' ? verdict : 'not disclosed';
};

const recordOf = (duties: readonly Duty[], { record }: ReviewedItem): Row['record'] =>
  record === undefined
    ? 'not looked for'
    : record === 'none'
      ? record
      : isShown({ duties }, '(d)')
        ? record.source
        : 'located';

/** The item as anyone of the office names it. */
export const subjectOf = (
  { taxpayers }: RequestBody,
  item: RequestBody['items'][number],
  catalogue: Catalogue,
): Pick<Row, 'item' | 'form' | 'line' | 'caption' | 'taxpayer' | 'period'> => {
  const taxpayer = taxpayers.find(({ id }) => id === item.taxpayer);
  const period = periodOf(item);
  return {
    item: item.id,
    ...nameOf(catalogue, item),
    ...(taxpayer === undefined ? {} : { taxpayer: { id: taxpayer.id, name: taxpayer.name } }),
    ...(period === undefined ? {} : { period }),
  };
};

/** One item as a title may see it. */
export const rowOf = (
  seen: Seen,
  body: RequestBody,
  item: RequestBody['items'][number],
  catalogue: Catalogue,
): Row => {
  const { duties, decision, review } = seen;
  const known = decision.determination.verdict;
  const verdict = known === 'permitted' && notShownTo(duties).length > 0 ? 'not shown' : known;
  const { purposes, purpose, necessity, relatesTo } = item;
  return {
    ...subjectOf(body, item, catalogue),
    asked: {
      purposes,
      ...(purpose === undefined ? {} : { purpose }),
      ...(necessity === undefined ? {} : { necessity }),
      ...(relatesTo === undefined ? {} : { relatesTo }),
    },
    record: recordOf(duties, review),
    verdict,
    outcome: outcomeOf(verdict, review, decision),
    elected: review.elected,
    returned: review.returned,
    findings: [...review.findings]
      .filter(([name]) => isFindingShown(duties, name))
      .map(([name, found]) => findingOf(name, found)),
    gates: gates.map((gate) => gateOf(seen, gate)),
  };
};
