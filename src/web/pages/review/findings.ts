import { html } from 'hono/html';
import { questions } from '../../../casework/acts/irs-findings.ts';
import type { Row } from '../../../casework/acts/board.ts';
import type { FindingName } from '../../../casework/schema.ts';
import { noForm } from '../../form.ts';
import { type Typed, actForm, choose, hidden, lines, yesNo } from '../../parts/fields.ts';
import { cite, nothing } from '../../parts/parts.ts';
import type { Html, Visit } from '../../route.ts';
import { type Reviewing, actorOf } from './read.ts';
import { answerWords, findingWords, reviewHref } from './words.ts';

const scopeOf = (finds: string): string => finds.replaceAll(' ', '-');

/** The form of the page that was sent: its fields have its name in their ids. */
export const sentScope = ({ form }: Visit): string =>
  scopeOf(form.get('act.finds') ?? form.get('about') ?? '');

/** What was typed belongs to the form that was sent, and to no other of the page. */
const typedFor = ({ form, problem }: Visit, finds: FindingName, action: string): Typed =>
  form.get('act.finds') === finds && form.get('about') === action
    ? { form, problem, scope: scopeOf(finds) }
    : { form: noForm, scope: scopeOf(finds) };

const answer = (finds: FindingName, typed: Typed, label: string): Html =>
  finds === 'treaty'
    ? html`${choose(
        {
          name: 'act.answer',
          label,
          required: true,
          choices: [
            { value: 'none', label: 'Nothing' },
            { value: 'part', label: 'A part' },
            { value: 'whole', label: 'All of it' },
          ],
        },
        typed,
      )}
      ${yesNo({ name: 'act.stripped?', label: 'If a part: has that part been taken out?' }, typed)}`
    : yesNo({ name: 'act.answer?', label, required: true }, typed);

const reason = (typed: Typed): Html =>
  lines(
    {
      name: 'act.reason',
      label: 'The reason',
      hint: 'It stays in the IRS’s own record.',
      required: true,
      rows: 2,
    },
    typed,
  );

const asCounsel = (visit: Visit, typed: Typed): Html =>
  actorOf(visit).duties.includes('counsel')
    ? yesNo({ name: 'act.counsel?', label: 'Is it found as counsel?' }, typed)
    : nothing;

/** A question that is open, or one that stands: then it is withdrawn first, in the open and with a reason. */
const findingForm = (visit: Visit, { reference, board }: Reviewing, row: Row, finds: FindingName): Html => {
  const standing = row.findings.find((one) => one.finds === finds);
  const action = standing === undefined ? 'finding' : 'withdraw-finding';
  const typed = typedFor(visit, finds, action);
  const label = findingWords[finds] ?? finds;
  const carried = html`${hidden('act.finds', finds)} ${hidden('about', action)}`;
  const all = choose(
    {
      name: 'all[]',
      label: 'Of what',
      choices: [{ value: 'yes', label: `All ${board.rows.length} items of the request, not only this one` }],
    },
    typed,
  );
  return html`
    <section class="wb-finding" aria-label="${label}">
      <h3>${label} ${cite(questions[finds]?.cite)}</h3>
      ${standing === undefined ? nothing : html`<p>It stands: <strong>${answerWords(standing.answer)}</strong>, ${standing.by.name}, on ${standing.on}.</p>`}
      ${actForm({
        action: `${reviewHref(reference, row.item)}/${action}`,
        seal: visit.seal,
        body:
          standing === undefined
            ? html`${carried} ${answer(finds, typed, label)} ${reason(typed)} ${asCounsel(visit, typed)}
              ${all}`
            : html`${carried} ${reason(typed)}`,
        button: standing === undefined ? 'Sign the finding' : 'Withdraw the finding',
        of: `“${finds}”`,
        kind: standing === undefined ? 'plain' : 'outline',
      })}
    </section>
  `;
};

/** The findings that this title signs: each in place, with the law’s own question. */
export const findings = (visit: Visit, seen: Reviewing, row: Row): Html =>
  seen.board.finds.length === 0
    ? html`<p class="wb-none">Your title makes no finding in a review.</p>`
    : html`${seen.board.finds.map((finds) => findingForm(visit, seen, row, finds))}`;
