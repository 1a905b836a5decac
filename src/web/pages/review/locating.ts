import { html } from 'hono/html';
import type { Row } from '../../../casework/acts/board.ts';
import { noForm } from '../../form.ts';
import { type Typed, actForm, choose, hidden, line, select } from '../../parts/fields.ts';
import { cite, more, nothing } from '../../parts/parts.ts';
import { returnFiles } from '../../../office/release/returns.ts';
import type { Html, Visit } from '../../route.ts';
import type { Reviewing } from './read.ts';
import { reviewHref } from './words.ts';

const SCOPE = 'locate';

const sources = [
  { value: 'return', label: 'A return on file', hint: 'Filer and period are read from the return itself.' },
  { value: 'examination', label: 'An examination’s file' },
  { value: 'none', label: 'There is no such record', hint: 'It was looked for.' },
];
const treatySources = [
  { value: 'APA', label: 'An Advance Pricing Agreement’s file' },
  { value: 'competent authority', label: 'A competent authority’s file' },
];

/** Where the item would be taken from. What lies in an APA’s file is for whoever finds under (d) to say. */
export const locating = async (visit: Visit, { reference, board }: Reviewing, row: Row): Promise<Html> => {
  const next = board.next.find(({ act }) => act === 'locate');
  if (next?.entitled !== true) return nothing;
  const { seal, form, problem, settings, actor } = visit;
  const typed: Typed =
    form.get('about') === SCOPE ? { form, problem, scope: SCOPE } : { form: noForm, scope: SCOPE };
  const files = settings.returns === undefined ? [] : await returnFiles(settings.returns);
  const body = html`
    ${hidden('about', SCOPE)}
    ${choose(
      {
        name: 'source',
        label: 'Which record would the item be taken from?',
        required: true,
        choices: [...sources, ...(actor?.duties.includes('finds (d)') === true ? treatySources : [])],
      },
      typed,
    )}
    ${select({ name: 'file', label: 'If a return: which file', choices: files.map((one) => ({ value: one, label: one })) }, typed)}
    ${line({ name: 'from', label: 'If a file: first day of its period', type: 'date', value: row.period?.from }, typed)}
    ${line({ name: 'to', label: 'If a file: last day of its period', type: 'date', value: row.period?.to }, typed)}
  `;
  return html`<section class="wb-finding" aria-label="The record">
    <h3>The record ${cite('(b)(2)')}</h3>
    <p>As it stands: ${row.record}.</p>
    ${more(
      row.record === 'not looked for' ? 'Locate it' : 'Locate it again',
      actForm({
        action: `${reviewHref(reference, row.item)}/locate`,
        seal,
        body,
        button: 'Record where it lies',
        kind: 'outline',
      }),
    )}
  </section>`;
};
