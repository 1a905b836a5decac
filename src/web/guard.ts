import { ProblemError } from '../ground/problem.ts';
import { refusalAt } from '../office/door.ts';
import { recordRefused } from '../office/refusals.ts';
import { isSealed } from './csrf.ts';
import { type Reception, type Request, isPage, problemPage, send } from './reception.ts';
import { addressOf } from './limits.ts';
import type { Answer, Route, Visit } from './route.ts';
import type { Settings } from './settings.ts';
import type { Sitting } from './sittings.ts';
import { nothingSent, readForm, visitAt } from './visit.ts';

/** A form from another site, or one whose session is over. */
const notOurs = (): ProblemError =>
  new ProblemError({
    kind: 'not-entitled',
    what: 'The form did not come from this site, or was open for too long.',
    next: 'Open the page again, and send the form from there.',
  });

/** A browser says where a form comes from; who writes his own request has no session of ours to ride on. */
const isFromHere = ({ settings }: Reception, c: Request): boolean => {
  const origin = c.req.header('origin');
  return origin === undefined ? c.req.header('sec-fetch-site') !== 'cross-site' : origin === settings.origin;
};

/** Where a request comes from, as far as that can be believed. */
export const addressAt = ({ proxies }: Settings, c: Request): string =>
  addressOf(c.env.incoming.socket.remoteAddress, c.req.header('x-forwarded-for'), proxies);

/** Refuses for now, where there is a time to wait. */
export const waitIf = (c: Request, seconds: number | undefined): void => {
  if (seconds === undefined) return;
  c.header('Retry-After', String(seconds));
  throw new ProblemError({
    kind: 'too-often',
    what: 'This was tried too often in a short time.',
    next: `Wait ${seconds} seconds, and send it again.`,
  });
};

export const checkForm = async (reception: Reception, c: Request, { session }: Sitting, { form }: Visit) => {
  const { limits, settings } = reception;
  waitIf(c, await limits.act(session.person ?? addressAt(settings, c)));
  if (!isFromHere(reception, c) || !isSealed(session, form.get('seal'))) throw notOurs();
};

/** The page to come back to, with its search. */
const wanted = ({ path, query }: Visit): string => (query.size === 0 ? path : `${path}?${query.toString()}`);

const guarded = async (
  reception: Reception,
  c: Request,
  route: Route,
  sitting: Sitting,
  visit: Visit,
): Promise<Answer> => {
  const refused = refusalAt(route, visit);
  if (refused !== undefined) {
    if (refused.problems[0].kind === 'not-signed-in' && route.method === 'GET')
      return { to: `/sign-in?to=${encodeURIComponent(wanted(visit))}` };
    if (visit.actor === undefined && visit.titles.length > 1 && route.method === 'GET')
      return { to: `/title?to=${encodeURIComponent(wanted(visit))}` };
    throw refused;
  }
  if (route.method === 'POST') await checkForm(reception, c, sitting, visit);
  return route.handle(visit);
};

/** What somebody may not do is put on record, under their title if they hold one. */
const onRecord = async (
  { node, settings, metrics }: Reception,
  route: Route,
  visit: Visit,
  error: ProblemError,
): Promise<void> => {
  for (const { kind } of error.problems) metrics.refused(kind);
  const asked = `${route.method} ${route.path}`;
  settings.log.warn({ asked, kinds: error.problems.map(({ kind }) => kind) }, 'refused');
  if (visit.person === undefined) return;
  const typed = visit.params['case'];
  const reference = typed !== undefined && /^[\w.-]{1,64}$/.test(typed) ? typed : undefined;
  await recordRefused(
    node,
    { person: visit.person.id, ...(visit.actor === undefined ? {} : { title: visit.actor.title }) },
    { kind: 'door-refused', asked, ...(reference === undefined ? {} : { case: reference }) },
    error,
  );
};

/** A form that was wrong comes back as it was typed, with what was wrong; anything else is a page that says so. */
const again = async (route: Route, visit: Visit, error: ProblemError): Promise<Answer> => {
  const page = problemPage(error, visit);
  if (route.again === undefined || page.status === 401 || page.status === 403 || page.status === 429)
    return page;
  try {
    const back = await route.again({ ...visit, problem: error });
    return isPage(back) ? { ...back, status: page.status ?? 422 } : back;
  } catch (caught) {
    // What the form is about is not there, or no longer: then there is no form to come back to.
    if (caught instanceof ProblemError) return page;
    throw caught;
  }
};

/** Who comes is asked before a large body is read: nobody fills the memory who would not be let in. */
const visitOf = async (reception: Reception, route: Route, sitting: Sitting, c: Request): Promise<Visit> => {
  const before = route.files === true ? await visitAt(reception, c, sitting, nothingSent) : undefined;
  if (before !== undefined && refusalAt(route, before) !== undefined) return before;
  return visitAt(reception, c, sitting, await readForm(c));
};

/** A request to a route of the table: session, guard, proof that the form is ours, and only then what it asks. */
export const answerTo = async (reception: Reception, route: Route, c: Request): Promise<Response> => {
  const sitting = reception.sittings.of(c, route.polled === true);
  const visit = await visitOf(reception, route, sitting, c);
  const answer = await guarded(reception, c, route, sitting, visit).catch(async (error: unknown) => {
    if (!(error instanceof ProblemError)) throw error;
    await onRecord(reception, route, visit, error);
    return again(route, visit, error);
  });
  return send(reception, c, sitting, visit, answer);
};
