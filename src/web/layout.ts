import { html, raw } from 'hono/html';
import type { Office } from '../custody/entry.ts';
import type { Duty } from '../casework/acts/duties.ts';
import type { Actor, Person } from '../casework/acts/people.ts';
import { officeNames } from '../office/init.ts';
import { ftiLabel } from './words.ts';
import { href } from './assets.ts';
import { nothing } from './parts/parts.ts';
import type { Html, Page } from './route.ts';

export interface Around {
  readonly office: Office;
  readonly path: string;
  readonly person?: Person | undefined;
  readonly actor?: Actor | undefined;
  /** What an act just done has to say. */
  readonly said?: string | undefined;
  readonly demo: boolean;
  readonly seal?: (() => Html) | undefined;
}

/** A page by its address. With a duty, it stands there only for who has it: an attempt at what is not one’s own goes on record. */
type Place = readonly [href: string, words: string, duty?: Duty];

const places: Readonly<Record<Office, readonly Place[]>> = {
  irs: [
    ['/', 'Inbox'],
    ['/cases', 'Cases'],
    ['/desk', 'Inspector’s desk'],
    ['/law', 'The law'],
    ['/people', 'People'],
    ['/settings', 'Settings'],
  ],
  customs: [
    ['/', 'Inbox'],
    ['/cases', 'Cases'],
    ['/requests/new', 'New request', 'drafts requests'],
    ['/may-i', 'May I?'],
    ['/desk', 'Inspector’s desk'],
    ['/law', 'The law'],
    ['/people', 'People'],
    ['/settings', 'Settings'],
  ],
  justice: [
    ['/', 'Inbox'],
    ['/cases', 'Cases'],
    ['/may-i', 'May I?'],
    ['/desk', 'Inspector’s desk'],
    ['/law', 'The law'],
    ['/people', 'People'],
    ['/settings', 'Settings'],
  ],
};

const isHere = (at: string, path: string): boolean =>
  at === '/' ? path === '/' : path === at || path.startsWith(`${at}/`);

/** The place of the list that the page stands in: the one whose address is the longest of those that fit. */
const hereOf = (office: Office, path: string): string | undefined =>
  places[office]
    .map(([at]) => at)
    .filter((at) => isHere(at, path))
    .toSorted((a, b) => b.length - a.length)[0];

const nav = ({ office, path, actor }: Around): Html => {
  const here = hereOf(office, path);
  return html`
    <nav class="wb-nav" aria-label="Main">
      <ul>
        ${places[office]
          .filter(([, , duty]) => duty === undefined || actor?.duties.includes(duty) === true)
          .map(
            ([at, words]) =>
              html`<li><a href="${at}" ${at === here ? raw(' aria-current="page"') : ''}>${words}</a></li>`,
          )}
      </ul>
    </nav>
  `;
};

const who = ({ person, actor, seal }: Around): Html =>
  person === undefined || seal === undefined
    ? html`<a class="usa-link" href="/sign-in">Sign in</a>`
    : html`<span class="wb-who">${person.name}${actor === undefined ? nothing : html`, ${actor.title}`}</span>
        <a class="usa-link" href="/title">Change title</a>
        <form method="post" action="/sign-out">
          ${seal()}<button class="usa-button usa-button--unstyled" type="submit">Sign out</button>
        </form>`;

const trailOf = (trail: NonNullable<Page['trail']>, title: string): Html => html`
  <nav class="usa-breadcrumb" aria-label="Breadcrumbs">
    <ol class="usa-breadcrumb__list">
      ${trail.map(
        ([at, words]) =>
          html`<li class="usa-breadcrumb__list-item">
            <a class="usa-breadcrumb__link" href="${at}"><span>${words}</span></a>
          </li>`,
      )}
      <li class="usa-breadcrumb__list-item usa-current" aria-current="page"><span>${title}</span></li>
    </ol>
  </nav>
`;

/** Within `noscript`: a page with script goes on in place, and is never taken from under whoever reads it. */
const refreshOf = ({ refresh }: Page): Html =>
  refresh === undefined
    ? nothing
    : html`<noscript><meta http-equiv="refresh" content="${refresh.seconds};url=${refresh.to}" /></noscript>`;

/** The whole document. Which office this is stands on every page, for the three look alike, and the law does not treat them alike. */
export const layout = (page: Page, around: Around): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} — Waybill, ${officeNames[around.office]}</title>
        <link rel="stylesheet" href="${href('uswds.min.css')}" />
        <link rel="stylesheet" href="${href('waybill.css')}" />
        <link rel="icon" href="${href('waybill.svg')}" type="image/svg+xml" />
        <script type="module" src="${href('waybill.js')}"></script>
        ${refreshOf(page)}
      </head>
      <body class="wb-office-${around.office}">
        <a class="usa-skipnav" href="#main">Skip to main content</a>
        <header class="wb-header">
          ${page.fti === true ? html`<p class="wb-fti">${ftiLabel}</p>` : nothing}
          <div class="wb-header__office">
            <span><strong>Waybill</strong> · ${officeNames[around.office]}</span>
            <span class="wb-header__who">${who(around)}</span>
          </div>
          ${
            around.demo
              ? html`<p class="wb-demo">
                  This is a demonstration. Every person, company and number in it is fictional.
                </p>`
              : nothing
          }
          ${around.person === undefined ? nothing : nav(around)}
        </header>
        <main class="wb-main" id="main" tabindex="-1">
          ${page.trail === undefined ? nothing : trailOf(page.trail, page.title)}
          <h1>${page.title}</h1>
          ${
            around.said === undefined
              ? nothing
              : html`<div class="usa-alert usa-alert--success usa-alert--slim" role="status">
                  <div class="usa-alert__body"><p class="usa-alert__text">${around.said}</p></div>
                </div>`
          }
          ${page.main}
        </main>
        <footer class="wb-footer">
          <p>
            26 CFR § 301.6103(l)(14)-1. Looking at a return or return information without right is an offence:
            26 U.S.C. 7213A. Every look is recorded.
          </p>
          ${page.fti === true ? html`<p class="wb-fti">${ftiLabel}</p>` : nothing}
        </footer>
      </body>
    </html>`;
