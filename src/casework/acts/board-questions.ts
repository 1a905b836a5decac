import { decideCase } from '../decide.ts';
import type { FindingName } from '../schema.ts';
import { type Row, rowOf } from './board-row.ts';
import { decisionFor } from './board-shown.ts';
import type { Duty } from './duties.ts';
import type { Situation } from './events.ts';
import { irsCase, received } from './irs-case.ts';
import { impairment, questions } from './irs-findings.ts';
import { type IrsState, reviewed } from './irs-state.ts';
import type { Actor } from './people.ts';

/** One question to a colleague. It says which item, and nothing of what anyone has found. */
export interface ColleagueQuestion extends Pick<
  Row,
  'item' | 'form' | 'line' | 'caption' | 'taxpayer' | 'period'
> {
  /** The finding to make; `record`: the record is to be located. */
  readonly finds: FindingName | 'record';
  readonly question: string;
  readonly cite: string;
  /** Answered before, and asked again on the day of the release, (e). */
  readonly again: boolean;
}

const subject = ({ item, form, line, caption, taxpayer, period }: Row) => ({
  item,
  form,
  line,
  caption,
  ...(taxpayer === undefined ? {} : { taxpayer }),
  ...(period === undefined ? {} : { period }),
});

/** Nobody is asked about an item that, as far as they may know, is settled: the question itself names the taxpayer. */
const isOpen = ({ outcome, elected, record, verdict }: Row): boolean =>
  outcome !== 'returned for cure' && !elected && record !== 'none' && verdict !== 'refused';

const toFind = (row: Row, duty: Duty): readonly ColleagueQuestion[] =>
  row.gates.flatMap(({ ask }) =>
    ask.flatMap(({ finds, question }) => {
      const asked = finds === undefined ? undefined : questions[finds];
      return finds === undefined || asked?.duty !== duty
        ? []
        : [{ ...subject(row), finds, question, cite: asked.cite, again: false }];
    }),
  );

const toLocate = (row: Row, duty: Duty): readonly ColleagueQuestion[] =>
  row.record === 'not looked for' && (duty === 'reviews' || duty === 'finds (d)')
    ? [
        {
          ...subject(row),
          finds: 'record',
          question: 'Which record would the item be taken from, and from which file?',
          cite: '(b)(2)',
          again: false,
        },
      ]
    : [];

/** Once the release is approved, (e) is asked again on each day on which it might go. */
const toFindAgain = (row: Row, duty: Duty, { day }: Situation): readonly ColleagueQuestion[] =>
  duty !== 'finds (e)'
    ? []
    : row.gates
        .flatMap(({ facts }) => facts)
        .flatMap(({ question, found }) =>
          found !== undefined && impairment.includes(found.finds) && found.on !== day
            ? [{ ...subject(row), finds: found.finds, question, cite: '(e)', again: true }]
            : [],
        );

/**
 * What whoever holds a duty has to find, item by item. Which items are asked about rests on nothing but what that duty is
 * shown: were an item left out for a ground under (e), the one asked about (d) could read it from the gap.
 */
export const questionsFor = (state: IrsState, duty: Duty, now: Situation): readonly ColleagueQuestion[] => {
  const { body } = received(state);
  const { day, catalogue } = now;
  const holder: Actor = { id: '', name: '', title: '', office: 'IRS', duties: [duty], from: day };
  const { decisions } = decideCase(irsCase(state, holder, day), catalogue);
  const { duties } = holder;
  const again = state.approval !== undefined;
  return body.items.flatMap((item, n) => {
    const decided = decisions[n];
    if (decided === undefined || state.release !== undefined || state.withdrawal !== undefined) return [];
    const decision = decisionFor(duties, decided);
    const row = rowOf({ duties, decision, review: reviewed(state, item.id) }, body, item, catalogue);
    if (!isOpen(row)) return [];
    return [...toLocate(row, duty), ...toFind(row, duty), ...(again ? toFindAgain(row, duty, now) : [])];
  });
};
