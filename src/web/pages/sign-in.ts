import { html } from 'hono/html';
import { ProblemError } from '../../ground/problem.ts';
import { officeNames } from '../../office/init.ts';
import type { Node } from '../../office/node.ts';
import { type DemoPerson, localPath } from '../login/login.ts';
import { nothing, notice, problems } from '../parts/parts.ts';
import { hidden } from '../parts/fields.ts';
import type { Html, Page, Visit } from '../route.ts';

const withProvider = (node: Node, to: string): Html => html`
  <p>You sign in with your agency’s own card or account. Waybill keeps no password.</p>
  <p>
    <a class="usa-button" href="/sign-in/begin?to=${encodeURIComponent(to)}"
      >Sign in to ${officeNames[node.office]}</a
    >
  </p>
`;

const asAnyone = (people: readonly DemoPerson[], seal: Visit['seal'], to: string): Html => html`
  ${notice('warning', html`A demonstration: nobody’s identity is checked. Choose whom to be.`)}
  <form class="usa-form wb-form" method="post" action="/sign-in">
    ${seal()} ${hidden('to', to)}
    <ul class="wb-people">
      ${people.map(
        ({ id, name, title }) =>
          html`<li>
            <button class="usa-button usa-button--outline" type="submit" name="person" value="${id}">
              ${name}<span class="wb-people__title">${title}</span>
            </button>
          </li>`,
      )}
    </ul>
  </form>
`;

/** The first page of who is not signed in. */
export const signInPage = (visit: Visit): Page => {
  const { settings, node, query, form, seal, problem } = visit;
  const to = localPath(form.get('to') ?? query.get('to') ?? '/');
  const people = settings.login.kind === 'demo' ? settings.login.people : undefined;
  return {
    title: 'Sign in',
    ...(problem === undefined ? {} : { status: 403 as const }),
    main: html`
      ${problem === undefined ? nothing : problems(problem, visit)}
      ${people === undefined ? withProvider(node, to) : asAnyone(people, seal, to)}
    `,
  };
};

/** Where the directory does not know who signed in. */
export const unknownPerson = new ProblemError({
  kind: 'not-entitled',
  what: 'You have signed in, but this office’s directory has nobody by that name.',
  cite: '(b)(4)',
  next: 'Have yourself entered by whoever keeps the directory, and sign in again.',
});

/** Here everything is over; at the provider a session may go on, and whoever uses the browser next would be let in by it. */
export const signedOutPage = (endSession: URL | undefined): Page => ({
  title: 'You are signed out',
  main: html`
    ${
      endSession === undefined
        ? nothing
        : html`<p>
            You may still be signed in at your agency’s provider.
            <a class="usa-link" href="${endSession.href}">Sign out there too</a>.
          </p>`
    }
    <p><a class="usa-link" href="/sign-in">Sign in again</a></p>
  `,
});
