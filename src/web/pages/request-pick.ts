import { html } from 'hono/html';
import { freeId, withItem } from '../../casework/acts/edit-draft.ts';
import { ProblemError } from '../../ground/problem.ts';
import { draftRequest } from '../../office/customs.ts';
import type { RequestFile } from '../../office/request.ts';
import type { ChapterFinding } from '../../returns/catalogue/chapter.ts';
import { itemsMatching } from '../../returns/catalogue/find.ts';
import type { Item } from '../../returns/catalogue/items.ts';
import { type Choice, actForm, choose, hidden, line, select } from '../parts/fields.ts';
import { more, nothing } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import { type Places, withPlaces } from '../placed.ts';
import { type Handler, type Html, type Visit, orderOf } from '../route.ts';
import { fileOf, stepPage, trailOf } from './request-parts.ts';
import { taxpayerChoices } from './request-words.ts';

/** As many as one reads through; the search says how many more there are. */
const MOST = 25;

const labels: Readonly<Record<string, string>> = {
  form: 'The form',
  line: 'The line',
  path: 'The item',
  taxpayer: 'The taxpayer',
};
const places: Places = (where) => {
  const field = /^document\.items\[\d+\]\.?(.*)$/.exec(where)?.[1];
  if (field === undefined) return undefined;
  // Asked for twice: said where it was chosen.
  const at = field === '' ? 'pick' : field;
  return [at === 'pick' ? 'pick' : `item.${at}`, labels[at] ?? 'This item'];
};

const standing = (chapter: ChapterFinding | undefined): string => {
  if (chapter === undefined) return 'chapter of the Code not known';
  const of = chapter.chapters.length === 0 ? '' : `chapter ${chapter.chapters.join(', ')}`;
  const outside = {
    in: '',
    out: ': not this section’s, (a)',
    mixed: ': in part not this section’s, (a)',
    public: ': open to the public',
    excluded: 'excluded by (d)',
  }[chapter.standing];
  return `${of}${outside}`;
};

const pickOf = ({ form, line: at, path }: Item): string => JSON.stringify([form, at, path]);

const choiceOf = (item: Item): Choice => ({
  value: pickOf(item),
  label: `Form ${item.form}${item.line === '' ? '' : `, line ${item.line}`}: ${item.caption}`,
  hint: [
    item.bearsOn.length === 0 ? 'bears on none of what (c) names' : `bears on ${item.bearsOn.join(', ')}`,
    standing(item.chapter),
    `forms of ${item.years.join(' and ')}`,
  ].join(' · '),
});

const taxpayerField = ({ draft }: RequestFile, visit: Visit): Html =>
  draft.taxpayers.length === 0
    ? html`<p>No taxpayer is entered yet; you can say later whose item it is.</p>`
    : select(
        {
          name: 'act.item.taxpayer',
          label: 'Whose item',
          choices: taxpayerChoices(draft),
          value: draft.taxpayers.length === 1 ? draft.taxpayers[0]?.id : undefined,
        },
        visit,
      );

const found = (file: RequestFile, visit: Visit, words: string, form: string | undefined): Html => {
  if (words === '' && form === undefined) return nothing;
  const { items, total } = itemsMatching(visit.node.catalogue, words, { form, limit: MOST });
  if (items.length === 0)
    return html`<p role="status">
      The catalogue has no such item. Try fewer words, or enter form and line yourself below.
    </p>`;
  return html`
    <p role="status">
      ${total === 1 ? 'One item' : `${total} items`}
      found${total > MOST ? `; the first ${MOST} are shown` : ''}.
    </p>
    ${actForm({
      action: to('requests', file.reference, 'items'),
      seal: visit.seal,
      expect: file.version,
      body: html`
        ${hidden('words', words)}${form === undefined ? nothing : hidden('form', form)}
        ${choose({ name: 'act.pick', label: 'Which item', required: true, choices: items.map(choiceOf) }, visit)}
        ${taxpayerField(file, visit)}
      `,
      button: 'Ask for this item',
    })}
  `;
};

const byHand = (file: RequestFile, visit: Visit): Html =>
  more(
    'The item is not in the catalogue: enter form and line',
    actForm({
      action: to('requests', file.reference, 'items'),
      seal: visit.seal,
      expect: file.version,
      body: html`
        ${line({ name: 'act.item.form', label: 'Form', hint: 'Such as 1125-A.' }, visit)}
        ${line({ name: 'act.item.line', label: 'Line', hint: 'As printed, such as 16(d).' }, visit)}
        ${taxpayerField(file, visit)}
      `,
      button: 'Ask for this line',
      kind: 'outline',
    }),
  );

/** GET /requests/:case/items/new: the catalogue, searched; what is found stands there to choose from. */
export const pickPage: Handler = async (visit) => {
  const file = await fileOf(visit);
  const { query, form: typed, node } = visit;
  const words = (query.get('words') ?? typed.get('words') ?? '').trim();
  const wanted = query.get('form') ?? typed.get('form') ?? '';
  const form = node.catalogue.form(wanted)?.form;
  const here = to('requests', file.reference, 'items', 'new');
  return {
    ...stepPage(file, visit, {
      title: 'Find an item',
      task: undefined,
      form: html`
        <p>
          Ask for particular items, (b)(1): a line of a form, never a whole return. Search by form number,
          line, or words of the caption, such as “5472 royalties” or “cost of goods”.
        </p>
        <form class="usa-form wb-form" method="get" action="${here}" role="search">
          ${line({ name: 'words', label: 'Form, line or words', type: 'search', value: words }, visit)}
          ${select(
            {
              name: 'form',
              label: 'Only of this form',
              none: 'Any form',
              value: form,
              choices: node.catalogue.forms
                .filter(({ table }) => table !== '')
                .map((one) => ({ value: one.form, label: `${one.form}: ${one.title}` })),
            },
            visit,
          )}
          <button class="usa-button usa-button--outline" type="submit">Search</button>
        </form>
        ${found(file, visit, words, form)} ${byHand(file, visit)}
      `,
    }),
    trail: [...trailOf(file.reference), [to('requests', file.reference, 'items'), 'Items']],
  };
};

const nothingChosen = new ProblemError({
  kind: 'usage',
  what: 'No item is chosen.',
  where: 'pick',
  cite: '(b)(1)',
  next: 'Choose one of the items found, or enter form and line.',
});

/** The item chosen from the catalogue: only one that it has, whatever a form sends. */
const chosen = ({ node, form }: Visit): Item | undefined => {
  const pick = form.get('act.pick');
  return pick === undefined ? undefined : node.catalogue.items().find((one) => pickOf(one) === pick);
};

export const addItem: Handler = async (visit) => {
  const file = await fileOf(visit);
  const { form } = visit;
  const item = chosen(visit);
  const [byForm, byLine] = [form.get('act.item.form'), form.get('act.item.line')];
  if (item === undefined && byForm === undefined && byLine === undefined) throw nothingChosen;
  const named =
    item === undefined
      ? { form: byForm, line: byLine }
      : { form: item.form, line: item.line === '' ? undefined : item.line, path: item.path };
  const id = freeId(
    item?.caption ?? `${byForm ?? ''} ${byLine ?? ''}`,
    file.draft.items.map((one) => one.id),
  );
  const changed = withItem(file.draft, id, { ...named, taxpayer: form.get('act.item.taxpayer') });
  await withPlaces(places, () => draftRequest(visit.node, orderOf(visit), file.reference, changed));
  return {
    to: to('requests', file.reference, 'items', id),
    say: 'The item is asked for, and saved. Say now for when, for what, and how it is necessary.',
  };
};
