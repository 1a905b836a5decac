import { html } from 'hono/html';
import type { Question } from '../../casework/after/question.ts';
import type { StoredEvent } from '../../store/types.ts';
import { type Form, formOf } from '../form.ts';
import { nothing, table } from '../parts/parts.ts';
import { lined } from '../parts/lined.ts';
import { to } from '../parts/to.ts';
import type { Html } from '../route.ts';
import { matterWords, recipientWords } from './may-i-words.ts';

type Pair = readonly [name: string, value: string];

/** The other way round of `fieldsOf`: a value by the name that its field has. */
const typedAs = (name: string, value: unknown): readonly Pair[] => {
  if (Array.isArray(value)) return value.map((one) => [`${name}[]`, String(one)]);
  if (typeof value === 'boolean') return [[`${name}?`, value ? 'yes' : 'no']];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([part, one]) => typedAs(`${name}.${part}`, one));
  return typeof value === 'string' ? [[name, value]] : [];
};

/** A question of before as it was typed: nobody types it anew once the paper that it lacked is on file. */
export const typedBefore = ({ proposal, findings }: Pick<Question, 'proposal' | 'findings'>): Form =>
  formOf([
    ...typedAs('act.proposal', proposal),
    ...findings.map(({ finds, reason }): Pair => [`act.reasons.${finds}`, reason]),
  ]);

/** As many as one looks through. */
const MOST = 20;

interface Told extends Pick<Question, 'proposal'> {
  readonly on: string;
  readonly by: { readonly name?: string; readonly title: string };
}

const inWords = ({ proposal: { act, to: whom, for: use, items } }: Told): string => {
  const name = whom?.name === undefined ? '' : `, ${whom.name}`;
  const what =
    act === 'look or use'
      ? 'use'
      : `show to ${whom === undefined ? 'somebody' : recipientWords[whom.is]}${name}`;
  return `${what}: ${items.join(', ')}; for ${matterWords[use.matter]}`;
};

/** What was asked in this case, the newest first: each answer can be read again, and each question put once more. */
export const askedBefore = (reference: string, events: readonly StoredEvent[]): Html => {
  const asked = events.filter(({ kind, data }) => kind === 'may-i-answered' && data !== null).toReversed();
  if (asked.length === 0) return nothing;
  const at = to('cases', reference, 'may-i');
  return html`
    <h2>Asked before</h2>
    ${table({
      caption:
        asked.length > MOST
          ? `The ${MOST} newest of ${asked.length} questions`
          : 'In this case, the newest first',
      rows: asked.slice(0, MOST).map(({ act, data }) => ({ act, told: data as unknown as Told })),
      columns: [
        {
          head: 'Question',
          cell: ({ act, told }) =>
            html`<a class="usa-link" href="${to('cases', reference, 'may-i', act)}"
              >May I ${inWords(told)}?</a
            >`,
        },
        { head: 'By whom', cell: ({ told: { on, by } }) => lined([by.name ?? '', by.title, on]) },
        {
          head: 'Again',
          cell: ({ act, told }) =>
            html`<a class="usa-link" href="${at}?again=${encodeURIComponent(act)}"
              >Put once more<span class="usa-sr-only">: ${inWords(told)}</span></a
            >`,
        },
      ],
    })}
  `;
};
