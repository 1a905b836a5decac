import { html } from 'hono/html';
import { streamSSE } from 'hono/streaming';
import { randomUUIDv7 } from 'node:crypto';
import { people } from '../office/act.ts';
import { visitorOf } from '../office/door.ts';
import { sealForm } from './csrf.ts';
import { type Form, formOf, noForm } from './form.ts';
import { hidden } from './parts/fields.ts';
import type { Reception, Request } from './reception.ts';
import type { Html, Visit } from './route.ts';
import type { Sitting } from './sittings.ts';

const sealOf = (sitting: Sitting): (() => Html) => {
  const act = randomUUIDv7();
  return () => html`${hidden('seal', sealForm(sitting.session))}${hidden('act-id', act)}`;
};

/** A request, with who makes it today under which title. */
export const visitAt = async (
  { node, settings, jobs }: Reception,
  c: Request,
  sitting: Sitting,
  form: Form,
): Promise<Visit> => {
  const when = node.when();
  const { session } = sitting;
  const visitor = visitorOf(await people(node), session.person, session.title, when.day);
  return {
    node,
    settings,
    params: c.req.param(),
    path: c.req.path,
    query: new URL(c.req.url).searchParams,
    form,
    session,
    ...visitor,
    when,
    seal: sealOf(sitting),
    jobs,
    events: (send) =>
      streamSSE(c, async (stream) => {
        try {
          await send(stream);
        } catch (error) {
          // Hono would send the error's own words to the browser.
          settings.log.error({ kind: error instanceof Error ? error.name : '' }, 'a stream of events failed');
        }
      }),
  };
};

/** What a form sent. Files are not taken by any page. */
export const readForm = async (c: Request): Promise<Form> => {
  if (c.req.method !== 'POST') return noForm;
  const pairs: [string, string][] = [];
  for (const [name, value] of (await c.req.formData().catch(() => new FormData())).entries())
    if (typeof value === 'string') pairs.push([name, value]);
  return formOf(pairs);
};
