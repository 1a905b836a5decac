import type { Day } from '../../ground/dates.ts';
import type { Case, FindingName } from '../schema.ts';
import { type IrsState, reviewed } from './irs-state.ts';
import type { Actor } from './people.ts';
import { notInOrder } from './problems.ts';
import { type RequestBody, caseOf } from './request.ts';

/** The request of the case. Throws `not-in-order` where none was received. */
export const received = (state: IrsState): NonNullable<IrsState['request']> => {
  if (state.request !== undefined) return state.request;
  throw notInOrder({
    what: 'No request was received in this case.',
    cite: '(b)',
    next: 'Receive the request first: the law acts only following receipt.',
  });
};

export const itemsOf = (state: IrsState): RequestBody['items'] => received(state).body.items;

export const recordId = (item: string): string => `${item}-record`;

/**
 * The case as the rules read it: the request’s words, the records located, and the findings that stand. `sender` is who
 * would disclose: the person releasing, and before that whoever asks, for only the office counts.
 */
export const irsCase = (state: IrsState, sender: Actor, day: Day): Case => {
  const { body, on } = received(state);
  const known = body.items.map((item) => ({ item, review: reviewed(state, item.id) }));
  return {
    ...caseOf(body, { day, received: on }),
    sender: { name: sender.name, title: sender.title, office: sender.office },
    records: known.flatMap(({ item, review: { record } }) =>
      record === undefined || record === 'none' ? [] : [{ id: recordId(item.id), ...record }],
    ),
    items: known.map(({ item, review: { record } }) =>
      record === undefined || record === 'none' ? item : { ...item, record: recordId(item.id) },
    ),
    findings: known.flatMap(({ item, review }) =>
      [...review.findings].map(
        ([finds, { by, ...found }]: [FindingName, NonNullable<ReturnType<typeof review.findings.get>>]) => ({
          finds,
          of: [item.id],
          ...found,
          by: { name: by.name, title: by.title, office: by.office },
        }),
      ),
    ),
  };
};
