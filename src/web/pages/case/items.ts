import { html } from 'hono/html';
import { isOutcomeShown } from '../../../casework/acts/shown.ts';
import { nameOf } from '../../../casework/items.ts';
import { type HeldItem, type Recall, downstream } from '../../../casework/after/holding.ts';
import type { AnswerWay } from '../../../casework/after/letters.ts';
import type { Actor } from '../../../casework/acts/people.ts';
import type { CaseFile } from '../../../office/case-file.ts';
import type { Node } from '../../../office/node.ts';
import { caseHref } from '../../parts/cases.ts';
import { type State, cite, state, table } from '../../parts/parts.ts';
import type { Html } from '../../route.ts';

/** The items that were asked for, in the words of the request. */
const asked = (file: CaseFile) =>
  file.office === 'irs'
    ? (file.state.request?.body.items ?? [])
    : file.office === 'customs'
      ? (file.state.draft?.items ?? [])
      : (file.holding.matter?.items ?? []);
type Asked = ReturnType<typeof asked>[number];

const taxpayerOf = (file: CaseFile, { taxpayer }: Asked): string => {
  const all =
    file.office === 'irs'
      ? file.state.request?.body.taxpayers
      : file.office === 'customs'
        ? file.state.draft?.taxpayers
        : file.holding.matter?.taxpayers;
  return all?.find(({ id }) => id === taxpayer)?.name ?? '';
};

const ofHeld = ({ ended, recalled, locked, received }: HeldItem): readonly [State, string] => {
  if (recalled !== undefined && ended === undefined)
    return ['not met', `recalled ${recalled.on}: use it for nothing`];
  if (ended !== undefined) return ['not shown', `${ended.way}, ${ended.on}`];
  if (locked !== undefined) return ['not determined', `locked since ${locked.on}, (i)`];
  return ['met', `held since ${received.on}`];
};

const outcomes: Readonly<Record<string, readonly [State, string]>> = {
  disclosed: ['met', 'disclosed'],
  'returned for cure': ['not determined', 'returned for cure'],
  'not disclosed': ['not shown', 'not disclosed'],
};

const stateOf = (file: CaseFile, item: string, actor: Actor): readonly [State, string] => {
  if (file.office === 'irs') {
    const { told, release, given } = file.state;
    if (told.answered && !isOutcomeShown(actor)) return ['not shown', 'answered; not shown under this title'];
    const decided = told.answered ? release?.items.find((one) => one.item === item)?.outcome : undefined;
    const recalled = [...given.recalls.values()].some(({ items }) => items.includes(item));
    return recalled
      ? ['not met', 'disclosed, and recalled']
      : (outcomes[decided ?? ''] ?? ['not shown', 'not answered yet']);
  }
  const held = file.holding.items.get(item);
  if (held !== undefined) return ofHeld(held);
  const outcome = file.office === 'customs' ? file.state.items.get(item)?.outcome : undefined;
  return (
    outcomes[outcome ?? ''] ?? ['not shown', file.office === 'customs' ? 'not answered yet' : 'not referred']
  );
};

const reasons = (file: CaseFile, item: string): Html => {
  const all = file.office === 'customs' ? (file.state.items.get(item)?.reasons ?? []) : [];
  return html`${all.map(({ cite: of, cure }) => html`<br />${cite(of)} ${cure}`)}`;
};

/** Only for who may look: an attempt without right is put on record, and nobody is led into one. */
const mayLook = ({ duties }: Actor, { office }: CaseFile): boolean =>
  duties.includes('receives') || (office === 'justice' && duties.includes('counsel'));

const openLink = (file: CaseFile, item: string): Html => {
  const held = file.office === 'irs' ? undefined : file.holding.items.get(item);
  const open = held !== undefined && held.recalled === undefined && held.ended === undefined;
  return open
    ? html`<a class="usa-link" href="${caseHref(file.reference)}/open?item=${encodeURIComponent(item)}"
        >Open<span class="usa-sr-only"> item ${item}</span></a
      >`
    : html`<span class="wb-none">–</span>`;
};

const gone: readonly AnswerWay[] = ['returned', 'made undisclosable', 'never held'];

/** Whether a recall was answered for who had it so that nothing is there any more. */
const gaveUp = (recalls: Iterable<Pick<Recall, 'answers'>>, item: string, holder: string): boolean =>
  [...recalls].some(({ answers }) =>
    answers.some((one) => one.item === item && one.holder === holder && gone.includes(one.how)),
  );

const holdersOf = (file: CaseFile, item: string, actor: Actor): string => {
  if (file.office === 'irs') {
    if (!isOutcomeShown(actor)) return 'not shown under this title';
    const { disclosed, recalls } = file.state.given;
    if (!disclosed.has(item)) return '–';
    return gaveUp(recalls.values(), item, 'Customs') ? 'nobody from here any more' : 'Customs';
  }
  const held = file.holding.items.get(item);
  if (held === undefined) return '–';
  const here =
    held.ended !== undefined && held.ended.way !== 'safeguards continue' ? [] : [file.holding.office];
  const further = downstream(file.holding, item).filter(
    (holder) => !gaveUp(file.holding.recalls.values(), item, holder),
  );
  return [...here, ...further].join(', ') || 'nobody here any more';
};

/** What was asked for, and what has become of each item: its id, form and line, never a value. */
export const itemsTable = (node: Node, file: CaseFile, actor: Actor): Html =>
  table({
    caption: 'What was asked for, and what has become of it',
    rows: asked(file),
    none: file.office === 'justice' ? 'Nothing has been referred yet.' : 'No item is named yet.',
    columns: [
      { head: 'Item', cell: ({ id }) => id },
      {
        head: 'Form and line',
        cell: (item) => {
          const { form, line, caption } = nameOf(node.catalogue, item as Parameters<typeof nameOf>[1]);
          return `${form}${line === '' ? '' : `, line ${line}`}: ${caption}`;
        },
      },
      { head: 'Taxpayer', cell: (item) => taxpayerOf(file, item) },
      { head: 'State', cell: ({ id }) => html`${state(...stateOf(file, id, actor))}${reasons(file, id)}` },
      { head: 'Who has it', cell: ({ id }) => holdersOf(file, id, actor) },
      ...(file.office === 'irs' || !mayLook(actor, file)
        ? []
        : [{ head: 'Look', cell: ({ id }: Asked) => openLink(file, id) }]),
    ],
  });
