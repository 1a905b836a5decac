import { html } from 'hono/html';
import { type Law, lawOf } from '../../rulebook/law.ts';
import type { Section, SectionId } from '../../rulebook/rule.ts';
import { sections } from '../../rulebook/rulebook.ts';
import { notice, nothing, table } from '../parts/parts.ts';
import { type Handler, type Html, type Route, everywhere } from '../route.ts';

/** The section that an address asks for: ours, unless it names a neighbour. Undefined where there is none of that name. */
export const sectionOf = (query: URLSearchParams): Section | undefined => {
  const id = query.get('section') ?? 'l-14';
  return Object.hasOwn(sections, id) ? sections[id as SectionId] : undefined;
};

/** Where a paragraph of a section stands. */
export const paragraphHref = (section: Section, cite: string): string => {
  const parts = [...cite.matchAll(/\(([^()]+)\)/g)].map(([, part]) => part ?? '');
  return `/rule/${parts.join('/')}${section.id === 'l-14' ? '' : `?section=${section.id}`}`;
};

export const noSuchSection: Handler = () => ({
  title: 'No such section',
  status: 404,
  main: html`<p>
    The rulebook has no section of this name. It has
    ${Object.values(sections).map(
      (one, n) =>
        html`${n === 0 ? '' : ', '}<a class="usa-link" href="/law?section=${one.id}">${one.name}</a>`,
    )}.
  </p>`,
});

const paragraphs = (section: Section, law: Law): Html =>
  html`${law.paragraphs.map(({ cite, text }) => {
    const below = (cite.match(/\(/g)?.length ?? 0) > 1;
    return html`<div
      class="wb-paragraph${below ? ' wb-paragraph--below' : ''}"
      id="${cite.replaceAll(/[()]/g, '')}"
    >
      <p>${text}</p>
      <p><a class="usa-link" href="${paragraphHref(section, cite)}">What ${cite} asks, and of whom</a></p>
    </div>`;
  })}`;

const hops = (section: Section): Html =>
  table({
    caption: 'Each way that information can go, and the paragraph for it',
    rows: section.hops,
    columns: [
      { head: 'From and to', cell: ({ title }) => title },
      { head: 'The question', cell: ({ question }) => question },
      {
        head: 'Paragraph',
        cell: ({ cite }) => html`<a class="usa-link" href="${paragraphHref(section, cite)}">${cite}</a>`,
      },
      {
        head: 'How necessary',
        cell: ({ necessity }) =>
          necessity === 'N1'
            ? 'to the extent necessary'
            : necessity === 'N2'
              ? 'to the extent necessary, and only if it cannot otherwise be accomplished'
              : '–',
      },
    ],
  });

const page: Handler = (visit) => {
  const section = sectionOf(visit.query);
  if (section === undefined) return noSuchSection(visit);
  const law = lawOf(section.id);
  return {
    title: section.id === 'l-14' ? 'The law' : section.name,
    main: html`
      <p><strong>${law.title === '' ? section.name : law.title}</strong></p>
      ${section.gap === undefined ? nothing : notice('warning', html`${section.gap}`)}
      <h2>The ways</h2>
      ${hops(section)}
      <h2>The text</h2>
      ${paragraphs(section, law)}
      <h2>Editions</h2>
      ${table({
        caption: 'Editions of the text',
        rows: section.editions,
        columns: [
          { head: 'Edition', cell: ({ id }) => id },
          { head: 'In force from', cell: ({ from }) => from },
          { head: 'Source', cell: ({ source, note }) => `${source}; ${note}` },
        ],
      })}
      <p>SHA-256 of the text: <code>${law.digest}</code></p>
      <h2>Neighbours</h2>
      <ul>
        ${Object.values(sections)
          .filter(({ id }) => id !== section.id)
          .map((one) => html`<li><a class="usa-link" href="/law?section=${one.id}">${one.name}</a></li>`)}
      </ul>
    `,
  };
};

export const lawRoutes: readonly Route[] = [
  { method: 'GET', path: '/law', offices: everywhere, need: 'a title', cite: '(a)', handle: page },
];
