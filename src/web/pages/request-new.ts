import { html } from 'hono/html';
import { beginRequest } from '../../office/request.ts';
import { actForm, line } from '../parts/fields.ts';
import { nothing, problems } from '../parts/parts.ts';
import { to } from '../parts/to.ts';
import { type Places, withPlaces } from '../placed.ts';
import { type Handler, type Page, orderOf } from '../route.ts';

const labels: Readonly<Record<string, string>> = {
  'document.request.reference': 'The reference',
  'document.title': 'The title',
};
const places: Places = (where) => {
  const field = where === 'case' ? 'document.request.reference' : where;
  const label = labels[field];
  return label === undefined ? undefined : [field, label];
};

export const newPage: Handler = (visit): Page => ({
  title: 'A new request',
  main: html`
    ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)}
    <p>
      A request asks the IRS for particular items of return information, for an audit under section 509 of the
      Tariff Act of 1930. You write it step by step; each step is saved, complete or not. At the end the
      Commissioner signs it, and it is sent.
    </p>
    ${actForm({
      action: '/requests/new',
      seal: visit.seal,
      body: html`
        ${line(
          {
            name: 'act.document.request.reference',
            label: 'The request’s reference',
            hint: 'It names the case in every office, such as CBP-2026-0147. Put no name and no number of a taxpayer in it.',
            required: true,
          },
          visit,
        )}
        ${line(
          {
            name: 'act.document.title',
            label: 'A title for the case',
            hint: 'For your own lists, and for the IRS’s.',
          },
          visit,
        )}
      `,
      button: 'Begin the request',
    })}
  `,
});

export const begin: Handler = async (visit) => {
  const { node, form, settings } = visit;
  const reference = form.get('act.document.request.reference') ?? '';
  const title = form.get('act.document.title');
  await withPlaces(places, () =>
    beginRequest(node, orderOf(visit), {
      reference,
      ...(title === undefined ? {} : { title }),
      // Whatever a demonstration asks for is fictional, and its papers say so.
      fictional: settings.login.kind === 'demo',
    }),
  );
  return { to: to('requests', reference), say: `Request ${reference} is begun, and saved.` };
};
