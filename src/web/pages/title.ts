import { html } from 'hono/html';
import { inForce } from '../../casework/acts/people.ts';
import { localPath } from '../login/login.ts';
import { choose, actForm, hidden } from '../parts/fields.ts';
import { nothing, notice, problems } from '../parts/parts.ts';
import type { Page, Visit } from '../route.ts';

/** Each act is done under one title: who holds several says which. */
export const titlePage = (visit: Visit): Page => {
  const { person, titles, actor, when, seal, query, form, problem } = visit;
  const held = person?.titles.filter((one) => inForce(one, when.day)) ?? [];
  return {
    title: 'Your title',
    main: html`
      ${problem === undefined ? nothing : problems(problem, visit, true)}
      ${
        titles.length === 0
          ? notice(
              'error',
              html`You hold no title today. Access ended with the last one: have a title given by whoever
              keeps the directory.`,
            )
          : actForm({
              action: '/title',
              seal,
              button: 'Act under this title',
              body: html`${hidden('to', localPath(form.get('to') ?? query.get('to') ?? '/'))}
              ${choose(
                {
                  name: 'title',
                  label: 'Under which title do you act?',
                  required: true,
                  ...(actor === undefined ? {} : { value: actor.title }),
                  choices: held.map(({ title, from, to, duties }) => ({
                    value: title,
                    label: title,
                    hint: `Held from ${from}${to === undefined ? '' : ` to ${to}`}. ${duties.join(', ')}`,
                  })),
                },
                visit,
              )}`,
            })
      }
    `,
  };
};
