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
import { routes } from './routes.ts';
import type { Sitting } from './sittings.ts';
import { wayTo } from './ways.ts';

const sealOf = (sitting: Sitting): (() => Html) => {
  const act = randomUUIDv7();
  return () => html`${hidden('seal', sealForm(sitting.session))}${hidden('act-id', act)}`;
};

export interface Sent {
  readonly form: Form;
  readonly files: readonly File[];
}

export const nothingSent: Sent = { form: noForm, files: [] };

/** A request, with who makes it today under which title. */
export const visitAt = async (
  { node, settings, jobs }: Reception,
  c: Request,
  sitting: Sitting,
  { form, files }: Sent,
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
    files,
    session,
    ...visitor,
    when,
    seal: sealOf(sitting),
    wayTo: wayTo(routes, { office: node.office, visitor, path: c.req.path, reference: c.req.param('case') }),
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

/** What a form sent: fields, and files where the page takes any. */
export const readForm = async (c: Request): Promise<Sent> => {
  if (c.req.method !== 'POST') return nothingSent;
  const pairs: [string, string][] = [];
  const files: File[] = [];
  for (const [name, value] of (await c.req.formData().catch(() => new FormData())).entries())
    if (typeof value === 'string') pairs.push([name, value]);
    // A browser sends an empty file without a name where none was chosen.
    else if (value.name !== '') files.push(value);
  return { form: formOf(pairs), files };
};
