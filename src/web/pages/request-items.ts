import { html } from 'hono/html';
import { withoutItem } from '../../casework/acts/edit-draft.ts';
import { draftRequest } from '../../office/customs.ts';
import { actForm } from '../parts/fields.ts';
import { nothing, table } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import { type Handler, orderOf } from '../route.ts';
import { closed, fileOf, stepPage, stopsAt, taskNamed, taskState, things } from './request-parts.ts';
import { periodWords, taxpayerName } from './request-words.ts';

/** GET /requests/:case/items: every item asked for, and what is still to mend in it. */
export const itemsPage: Handler = async (visit) => {
  const file = await fileOf(visit);
  const { draft, reference, tasks, version } = file;
  const parts = tasks.find(({ id }) => id === 'items')?.parts ?? [];
  const rows = draft.items.flatMap((one, n) => {
    const task = parts[n];
    return task === undefined ? [] : [{ one, task }];
  });
  return stepPage(file, visit, {
    title: 'The items, with period, purpose and necessity',
    task: taskNamed(file, 'items'),
    form: html`
      <p>
        <a class="usa-button" href="${to('requests', reference, 'items', 'new')}">Find an item to ask for</a>
      </p>
      ${table({
        caption: 'Items of this request',
        none: 'No item is asked for yet.',
        rows,
        columns: [
          {
            head: 'Item',
            cell: ({ one, task }) =>
              html`<a class="usa-link" href="${to('requests', reference, 'items', one.id)}"
                >${task.title}</a
              >`,
          },
          { head: 'Taxpayer', cell: ({ one }) => taxpayerName(draft, one.taxpayer) },
          { head: 'Period or date', cell: ({ one }) => periodWords(one) },
          {
            head: 'State',
            cell: ({ task }) =>
              html`${taskState(task.state)}${stopsAt(task) === 0 ? nothing : html`<br />${things(stopsAt(task))} to mend`}`,
          },
          {
            head: 'Take out',
            cell: ({ one, task }) =>
              closed(file) !== undefined
                ? nothing
                : actForm({
                    action: to('requests', reference, 'items', one.id, 'remove'),
                    seal: visit.seal,
                    expect: version,
                    body: nothing,
                    button: 'Take out',
                    of: task.title,
                    kind: 'outline',
                    small: true,
                  }),
          },
        ],
      })}
    `,
  });
};

export const removeItem: Handler = async (visit) => {
  const file = await fileOf(visit);
  const changed = withoutItem(file.draft, visit.params['item'] ?? '');
  await draftRequest(visit.node, orderOf(visit), file.reference, changed);
  return { to: to('requests', file.reference, 'items'), say: 'The item is taken out.' };
};
