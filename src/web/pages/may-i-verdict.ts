import { html } from 'hono/html';
import type { Answer, ItemAnswer, Stop, Verdict } from '../../casework/after/answer.ts';
import { bareOf } from '../../casework/after/events.ts';
import type { Given } from '../../office/may-i.ts';
import { type State, cite, law, nextStep, notice, nothing, state, terms } from '../parts/parts.ts';
import type { Html, Visit } from '../route.ts';
import { aimWords, itemWords, matterWords, recipientWords } from './may-i-words.ts';
import type { Holding } from '../../casework/after/holding.ts';

const states: Readonly<Record<Verdict, State>> = {
  permitted: 'met',
  'not yet': 'not determined',
  refused: 'not met',
};

export const verdictWord: Readonly<Record<Verdict, string>> = {
  permitted: 'Permitted',
  'not yet': 'Not yet',
  refused: 'Refused',
};

export const verdictOf = (of: Verdict): Html => state(states[of], verdictWord[of]);

const stop = (
  { what, cite: of, law: words, reading, because, cure: next, way, state: how }: Stop,
  { names, visit }: Pick<Shown, 'names' | 'visit'>,
): Html => html`
  <li class="wb-stop">
    <p>${state(how === 'failed' ? 'not met' : 'not determined')} ${what} ${cite(of)}</p>
    ${law(words)} ${reading === undefined ? nothing : html`<p>Our reading ${reading[0]}: ${reading[1]}</p>`}
    ${names && because.length > 0 ? html`<p>Seen: ${[...new Set(because)].join('; ')}.</p>` : nothing}
    <p><strong>Next:</strong> ${nextStep({ next, ...bareOf({ way }) }, visit)}</p>
  </li>
`;

/** Items of which the same is said, said once. */
const together = (items: readonly ItemAnswer[]): readonly (readonly ItemAnswer[])[] => [
  ...Map.groupBy(items, ({ item: _, ...said }) => JSON.stringify(said)).values(),
];

interface Shown {
  readonly holding: Holding;
  readonly visit: Visit;
  /** Papers behind a stop may name people: they are for whoever asked. */
  readonly names: boolean;
}

const itemGroup = (group: readonly ItemAnswer[], { holding, visit, names }: Shown): Html => {
  const [first] = group;
  if (first === undefined) return nothing;
  const { verdict, stops, ask, before } = first;
  return html`
    <section class="wb-answer">
      <h3>${verdictOf(verdict)}: ${group.length === 1 ? 'one item' : `${group.length} items`}</h3>
      <ul class="usa-list">
        ${group.map(({ item }) => {
          const [label, hint] = itemWords(holding, visit.node.catalogue, item);
          return html`<li>${label} <span class="usa-hint">${hint}</span></li>`;
        })}
      </ul>
      ${before === undefined ? nothing : notice('info', html`The same was done on ${before.on}, by the ${before.title}.`)}
      ${
        stops.length === 0
          ? nothing
          : html`<h4>What stands in the way</h4>
              <ol class="wb-stops">
                ${stops.map((one) => stop(one, { names, visit }))}
              </ol>`
      }
      ${
        ask.length === 0
          ? nothing
          : html`<h4>Whom to ask</h4>
              <ul class="usa-list">
                ${ask.map(({ question, whom }) => html`<li>${question} Ask ${whom}.</li>`)}
              </ul>`
      }
    </section>
  `;
};

const list = (heading: string, lines: readonly (Html | string)[]): Html =>
  lines.length === 0
    ? nothing
    : html`<h2>${heading}</h2>
        <ul class="usa-list">
          ${lines.map((one) => html`<li>${one}</li>`)}
        </ul>`;

const asked = ({ by, on, question: { proposal, findings } }: Given): Html => {
  const { act, to, for: use, papers } = proposal;
  return terms([
    ['Asked', `${on}, by ${by.name}, ${by.title}`],
    [
      'To do what',
      act === 'look or use'
        ? 'look at it, or use it'
        : `show it to ${to === undefined ? 'somebody' : recipientWords[to.is]}${to?.name === undefined ? '' : `, ${to.name}`}`,
    ],
    [
      'For what',
      [
        `${matterWords[use.matter]}${use.audit === undefined ? '' : ` (${use.audit})`}`,
        ...use.aim.map((one) => aimWords[one] ?? one),
      ].join('; '),
    ],
    ...findings.map(({ finds, reason, counsel }): readonly [string, string] => [
      finds === 'use is necessary' ? 'How it is necessary' : `Found${counsel ? ' as counsel' : ''}: ${finds}`,
      reason,
    ]),
    ...(papers.length === 0 ? [] : [['On papers', papers.join(', ')] as const]),
  ]);
};

/** The whole answer: verdict, question, items with what stops each, and what follows for whoever asked. */
export const answerBody = (given: Given, holding: Holding, visit: Visit): Html => {
  const { verdict, hop, items, door, attach, warnings, must }: Answer = given.answer;
  const shown: Shown = { holding, visit, names: visit.actor?.id === given.by.id };
  return html`
    <p class="wb-verdict">${verdictOf(verdict)} ${cite(hop.cite)}</p>
    <p>${hop.question}</p>
    ${asked(given)}
    ${
      door === undefined
        ? nothing
        : html`<h2>The lawful door</h2>
            <p>${door}</p>`
    }
    <h2>The items</h2>
    ${together(items).map((group) => itemGroup(group, shown))}
    ${list('What to attach, or to find, before you ask again', attach)}
    ${list('What the law leaves to you', warnings)}
    ${
      verdict === 'permitted'
        ? list(
            'What must be kept to',
            must.map(({ cite: of, text }) => html`${text} ${cite(of)}`),
          )
        : nothing
    }
  `;
};
