import { html } from 'hono/html';
import type { Duty } from '../../../casework/acts/duties.ts';
import type { Actor } from '../../../casework/acts/people.ts';
import { irsStage } from '../../../casework/acts/irs.ts';
import { unanswered } from '../../../casework/after/holding.ts';
import { unforwarded } from '../../../casework/after/recall.ts';
import type { CaseFile } from '../../../office/case-file.ts';
import { caseHref } from '../../parts/cases.ts';
import { cite, more, nothing } from '../../parts/parts.ts';
import type { Html } from '../../route.ts';

/** What can be done on a case, what somebody waits for first: where, by which duties (any title, where none is named), under which paragraph. */
interface Deed {
  readonly at: string;
  readonly words: string;
  readonly by?: readonly Duty[];
  readonly cite: string;
  readonly fits: (file: CaseFile) => boolean;
}

const held = (file: CaseFile) => (file.office === 'irs' ? undefined : file.holding);
const holds = (file: CaseFile): boolean => (held(file)?.items.size ?? 0) > 0;
const isOf =
  (office: CaseFile['office'], fits: (file: CaseFile) => boolean = () => true) =>
  (file: CaseFile): boolean =>
    file.office === office && fits(file);

const deeds: readonly Deed[] = [
  {
    at: 'recall/forward',
    words: 'Tell Justice of a recall',
    by: ['receives', 'counsel', 'sends'],
    cite: '(j)',
    fits: (file) => file.office === 'customs' && unforwarded(file.holding).length > 0,
  },
  {
    at: 'recall/answer',
    words: 'Answer a recall',
    by: ['receives', 'counsel'],
    cite: '(j)',
    fits: (file) => file.office !== 'irs' && unanswered(file.holding).length > 0,
  },
  {
    at: 'questions',
    words: 'Answer the questions that the review has for you',
    by: ['reviews', 'finds (d)', 'finds (e)'],
    cite: '(a)',
    fits: (file) => file.office === 'irs' && irsStage(file.state) === 'in review',
  },
  { at: 'may-i', words: 'May I show or use it? Ask first', cite: '(j)', fits: holds },
  { at: 'open', words: 'Open an item', by: ['receives'], cite: '(f)', fits: isOf('customs', holds) },
  {
    at: 'open',
    words: 'Open an item',
    by: ['receives', 'counsel'],
    cite: '(g)',
    fits: isOf('justice', holds),
  },
  {
    at: 'letter',
    words: 'Open the IRS’s letter',
    by: ['receives'],
    cite: '(f)',
    fits: (file) => file.office === 'customs' && file.state.answer?.letter !== undefined,
  },
  {
    at: 'papers',
    words: 'File or withdraw a paper',
    by: ['receives', 'counsel'],
    cite: '(f)',
    fits: (file) => held(file) !== undefined,
  },
  { at: 'engage', words: 'Put a person on the list', by: ['counsel'], cite: '(g)', fits: isOf('justice') },
  {
    at: 'disengage',
    words: 'End an engagement',
    by: ['counsel'],
    cite: '(g)',
    fits: (file) => file.office === 'justice' && file.holding.engaged.length > 0,
  },
  {
    at: 'audit',
    words: 'Record what has become of the audit',
    by: ['receives', 'counsel', 'drafts requests'],
    cite: '(j)',
    fits: isOf('customs', holds),
  },
  {
    at: 'audit',
    words: 'Record that the audit was dropped',
    by: ['receives', 'counsel'],
    cite: '(j)',
    fits: isOf('justice', holds),
  },
  {
    at: 'unlock',
    words: 'Take off the padlock of (i)',
    by: ['counsel'],
    cite: '(i)',
    fits: (file) => [...(held(file)?.items.values() ?? [])].some(({ locked }) => locked !== undefined),
  },
  {
    at: 'recall',
    words: 'Recall what was disclosed in error',
    by: ['approves', 'sends'],
    cite: '(j)',
    fits: (file) => file.office === 'irs' && file.state.given.disclosed.size > 0,
  },
  {
    at: 'recall',
    words: 'Recall what was given on in error',
    by: ['receives', 'counsel', 'sends'],
    cite: '(j)',
    fits: holds,
  },
  {
    at: 'end-use',
    words: 'End the use of items',
    by: ['receives', 'counsel', 'sends'],
    cite: '26 USC 6103(p)(4)(F)',
    fits: holds,
  },
  {
    at: 'custody',
    words: 'See its custody: who had what, from whom, when',
    by: ['approves', 'sends', 'inspects'],
    cite: '26 USC 6103(p)(4)(A)',
    fits: isOf('irs'),
  },
  {
    at: 'custody',
    words: 'See its custody: who had what, from whom, when',
    cite: '26 USC 6103(p)(4)(A)',
    fits: (file) => held(file) !== undefined,
  },
  {
    at: 'incident',
    words: 'Report an incident',
    cite: '26 USC 6103(p)(4)',
    fits: (file) => held(file) !== undefined,
  },
  {
    at: 'correct',
    words: 'Correct an entry',
    by: ['receives', 'counsel', 'sends'],
    cite: '26 USC 6103(p)(4)(A)',
    fits: (file) => held(file) !== undefined,
  },
];

const mine = ({ duties }: Actor, { by }: Deed): boolean =>
  by === undefined || by.some((duty) => duties.includes(duty));

/** What this title can do on the case, and below it what others can. */
export const doList = (file: CaseFile, actor: Actor): Html => {
  const all = deeds.filter(({ fits }) => fits(file));
  const others = all.filter((one) => !mine(actor, one));
  const own = all.filter((one) => mine(actor, one));
  const at = (one: Deed) => `${caseHref(file.reference)}/${one.at}`;
  return html`
    <h2>What you can do</h2>
    ${
      own.length === 0
        ? html`<p class="wb-none">Nothing on this case is for your title now.</p>`
        : html`<ul class="wb-do">
            ${own.map((one) => html`<li><a class="usa-link" href="${at(one)}">${one.words}</a> ${cite(one.cite)}</li>`)}
          </ul>`
    }
    ${
      others.length === 0
        ? nothing
        : more(
            'What others of this office can do',
            html`<ul>
              ${others.map(({ words, by = [], cite: of }) => html`<li>${words}: a title that ${by.join(', or ')} ${cite(of)}</li>`)}
            </ul>`,
          )
    }
  `;
};
