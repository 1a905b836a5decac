import { html } from 'hono/html';
import { type Look, openItem, openLetter } from '../../../office/look.ts';
import { caseHref } from '../../parts/cases.ts';
import { choose, hidden, line, lines, select } from '../../parts/fields.ts';
import { cite, notice, nothing, terms } from '../../parts/parts.ts';
import { type Answer, type Html, type Route, type Visit, orderOf } from '../../route.ts';
import { type HeldFile, actRoutes, itemChoices, trailTo } from './act-page.ts';
import { contentView } from './content.ts';
import { lawOfAct } from './law-words.ts';

const lookOf = ({ form }: Visit, { reference }: HeldFile): Look => {
  const stage = form.get('act.for.stage');
  return {
    case: reference,
    because: form.get('act.because') ?? '',
    audit: form.get('act.for.audit') ?? '',
    ...(stage === undefined ? {} : { stage }),
  };
};

const stages = [
  { value: 'proceeding', label: 'a civil judicial proceeding' },
  { value: 'preparation', label: 'the preparation of one' },
  { value: 'investigation', label: 'an investigation that may result in one' },
];

/** Why, and for which audit: the same for an item and for the letter. */
const lookFields = (visit: Visit, { office, holding }: HeldFile): Html => html`
  ${line(
    {
      name: 'act.for.audit',
      label: 'For which audit?',
      hint: 'The one for which it was requested, and no other.',
      required: true,
      value: holding.matter?.audit?.reference,
    },
    visit,
  )}
  ${
    office === 'justice'
      ? select(
          { name: 'act.for.stage', label: 'At which stage is the matter?', required: true, choices: stages },
          visit,
        )
      : nothing
  }
  ${lines(
    {
      name: 'act.because',
      label: 'Why is it necessary to look?',
      hint: 'In your own words. They are your finding that the use is necessary, and stay on record with your name.',
      required: true,
    },
    visit,
  )}
`;

const conditions = ({ reference, holding }: HeldFile, item: string): Html => {
  const held = holding.items.get(item);
  if (held === undefined) return nothing;
  const { audit, purpose, cite: of } = held.conditions;
  return terms([
    ['Case', reference],
    ['Audit', audit],
    ['Purpose, in the request’s words', purpose],
    ['Disclosed under', cite(of)],
    ['Use', 'Only in this audit, and in what results from it.'],
  ]);
};

const openOne = async (visit: Visit, file: HeldFile): Promise<Answer> => {
  const item = visit.form.get('act.item') ?? '';
  const { receipt, bytes } = await openItem(visit.node, orderOf(visit), { ...lookOf(visit, file), item });
  return {
    title: `Item ${item}`,
    fti: true,
    trail: trailTo(file.reference),
    main: html`
      ${notice('info', html`Your look is on record: entry ${receipt.first} of this office’s log.`)}
      ${conditions(file, item)} ${contentView(bytes)}
      <h2>What may be done with it</h2>
      <ul>
        <li>
          A paper that documents an entry with it becomes federal tax information itself: label it.
          ${cite('(f)')}
        </li>
        <li>
          Before you show it to anyone,
          <a class="usa-link" href="${caseHref(file.reference)}/may-i?item=${encodeURIComponent(item)}"
            >ask whether you may</a
          >.
        </li>
        <li><a class="usa-link" href="${caseHref(file.reference)}">Back to case ${file.reference}</a></li>
      </ul>
    `,
  };
};

const openAll = async (visit: Visit, file: HeldFile): Promise<Answer> => {
  const { bytes } = await openLetter(visit.node, orderOf(visit), lookOf(visit, file));
  return new Response(Uint8Array.from(bytes), {
    headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': 'inline; filename="letter.pdf"' },
  });
};

const chosen = (visit: Visit, file: HeldFile): Html => {
  const item = visit.form.get('act.item') ?? visit.query.get('item') ?? '';
  return file.holding.items.has(item)
    ? html`<p>Item <strong>${item}</strong></p>
        ${hidden('act.item', item)}`
    : choose(
        { name: 'act.item', label: 'Which item?', required: true, choices: itemChoices(file.holding) },
        visit,
      );
};

const opening = (offices: Route['offices'], need: Route['need'], of: '(f)' | '(g)') =>
  actRoutes<HeldFile>({
    path: '/cases/:case/open',
    offices,
    need,
    cite: of,
    title: 'Open an item',
    button: 'Record the look, and open it',
    about: (file) => html`
      ${file.office === 'justice' ? lawOfAct.lookAtJustice : lawOfAct.lookAtCustoms}
      <p>Looking is a use. It is recorded with your name, title and reason before anything is shown.</p>
    `,
    none: ({ holding }) => (holding.items.size === 0 ? 'No item is held in this case.' : undefined),
    fields: (visit, file) => html`${chosen(visit, file)} ${lookFields(visit, file)}`,
    act: openOne,
  });

export const openRoutes: readonly Route[] = [
  ...opening(['customs'], ['receives'], '(f)'),
  ...opening(['justice'], ['receives', 'counsel'], '(g)'),
  ...actRoutes<HeldFile>({
    path: '/cases/:case/letter',
    offices: ['customs'],
    need: ['receives'],
    cite: '(f)',
    title: 'Open the IRS’s letter',
    button: 'Record the looks, and open the letter',
    about: () => html`
      ${lawOfAct.lookAtCustoms}
      <p>
        Every item disclosed stands in the letter: opening it is a look at each of them, and each is recorded.
        It is a PDF that a screen reader can read.
      </p>
    `,
    none: (file) =>
      file.office === 'customs' && file.state.answer?.letter !== undefined
        ? undefined
        : 'No letter has been received in this case.',
    fields: lookFields,
    act: openAll,
  }),
];
