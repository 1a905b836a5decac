import type { Hono } from 'hono';
import { ProblemError } from '../ground/problem.ts';
import { people } from '../office/act.ts';
import { visitorOf } from '../office/door.ts';
import { localPath } from './login/login.ts';
import { signInPage, signedOutPage, unknownPerson } from './pages/sign-in.ts';
import { titlePage } from './pages/title.ts';
import { addressAt, waitIf } from './guard.ts';
import type { Reception, Request } from './reception.ts';
import { type Step, stepAt } from './steps.ts';
import type { Answer, Visit } from './route.ts';
import type { Env } from './site.ts';
import type { Sitting } from './sittings.ts';

/*
 * Signing in, choosing a title, signing out. Each step goes on under another session id, so that who planted an id in a
 * browser before the sign-in has nothing after it.
 */

/** The person that the login named, if this office's directory knows them. */
const admitted = async (
  { node, settings, sittings }: Reception,
  sitting: Sitting,
  signedIn: { readonly person: string; readonly endSession?: URL },
): Promise<Sitting> => {
  const { person } = visitorOf(await people(node), signedIn.person, undefined, node.when().day);
  if (person === undefined) throw unknownPerson;
  settings.log.info({ person: person.id }, 'signed in');
  return sittings.changed(sitting, signedIn);
};

/** Steps at which somebody could try many times, by the address that they come from. */
const limited = async ({ limits, settings }: Reception, c: Request) =>
  waitIf(c, await limits.signIn(addressAt(settings, c)));

/** The demonstration’s: whom somebody says they want to be. */
const become: Step = async (reception, c, sitting, { form }) => {
  await limited(reception, c);
  const { login } = reception.settings;
  if (login.kind !== 'demo') return [sitting, { to: '/sign-in' }];
  const next = await admitted(reception, sitting, login.choose(form.get('person') ?? ''));
  return [next, { to: localPath(form.get('to') ?? '/') }];
};

/** To the provider: by a link, for browsers hold the redirects of a form to `form-action`, and a provider may go on elsewhere. */
const begin: Step = async (reception, c, sitting, { query }) => {
  await limited(reception, c);
  const { login } = reception.settings;
  if (login.kind !== 'oidc') return [sitting, { to: '/sign-in' }];
  const { location, pending } = await login.begin(localPath(query.get('to') ?? '/'));
  return [reception.sittings.changed(sitting, { login: pending }), { to: location.href }];
};

const back: Step = async (reception, c, sitting) => {
  const { settings, sittings } = reception;
  await limited(reception, c);
  const { login: pending } = sitting.session;
  // Taken out first: an answer that fails is not tried again.
  const waiting = sittings.changed(sitting, {});
  if (settings.login.kind !== 'oidc' || pending === undefined) return [waiting, { to: '/sign-in' }];
  const { search } = new URL(c.req.url);
  try {
    const signedIn = await settings.login.finish(new URL(`/sign-in/back${search}`, settings.origin), pending);
    return [await admitted(reception, waiting, signedIn), { to: localPath(pending.to) }];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    settings.log.warn({ kinds: error.problems.map(({ kind }) => kind) }, 'a sign-in was refused');
    const status = error.problems[0].kind === 'login-unfit' ? 503 : 403;
    return [waiting, (visit: Visit) => ({ ...signInPage({ ...visit, problem: error }), status })];
  }
};

const chosen: Step = (reception, _c, sitting, { form, titles }) => {
  const title = form.get('title');
  if (title === undefined || !titles.includes(title))
    throw new ProblemError({
      kind: 'usage',
      what: 'Choose one of the titles that you hold today.',
      where: 'title',
      next: 'Choose a title.',
    });
  return [
    reception.sittings.changed(sitting, { ...sitting.session, title }),
    { to: localPath(form.get('to') ?? '/') },
  ];
};

const out: Step = ({ sittings, jobs }, _c, sitting) => {
  const { endSession, person } = sitting.session;
  if (person !== undefined) jobs.leave(person);
  return [sittings.ended(sitting), () => signedOutPage(endSession)];
};

/** The steps that change a session; they stand outside of the table of routes, for they are there for whoever is not in yet. */
export const signInRoutes = (app: Hono<Env>, reception: Reception): void => {
  const page = (path: string, show: (visit: Visit) => Answer) =>
    app.get(path, (c) => stepAt(reception, c as Request, (_r, _c, sitting) => [sitting, show]));
  const step = (path: string, take: Step, again: (visit: Visit) => Answer) =>
    app.post(path, (c) => stepAt(reception, c as Request, take, again));
  page('/sign-in', signInPage);
  page('/title', titlePage);
  app.get('/sign-in/begin', (c) => stepAt(reception, c as Request, begin, signInPage));
  app.get('/sign-in/back', (c) => stepAt(reception, c as Request, back, signInPage));
  step('/sign-in', become, signInPage);
  step('/title', chosen, titlePage);
  step('/sign-out', out, signInPage);
};
