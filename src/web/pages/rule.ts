import { html } from 'hono/html';
import type { CaseLine } from '../../office/line.ts';
import { casesTurnedOn } from '../../office/lines.ts';
import { readScenarios } from '../../office/scenarios.ts';
import { isTold } from '../../office/turned.ts';
import { type Explanation, explain } from '../../rulebook/explain.ts';
import { facts } from '../../rulebook/facts.ts';
import type { Hop, Section } from '../../rulebook/rule.ts';
import { caseLink } from '../parts/cases.ts';
import { cite, law, notice, nothing, table } from '../parts/parts.ts';
import { type Handler, type Html, type Page, type Route, type Visit, everywhere } from '../route.ts';
import { noSuchSection, paragraphHref, sectionOf } from './law.ts';

const SHOWN = 50;

const finders = {
  machine: 'read off papers and lists',
  requester: 'stated by whoever requests',
  official: 'found and signed by an official',
} as const;

const ruleBlock = ({ rule, hops, facts: asked }: Explanation['rules'][number]): Html => html`
  <section class="wb-rule">
    <h3>${rule.kind === 'bars' ? 'Bars' : 'Requires'}: ${rule.id}</h3>
    ${law(rule.law)}
    <ul>
      ${asked.map((id) => html`<li>${facts[id].question} <span class="usa-hint">(${finders[facts[id].by]}; ask ${facts[id].ask})</span></li>`)}
    </ul>
    ${
      rule.reading === undefined
        ? nothing
        : html`<p class="wb-reading">
            <strong>Our reading ${rule.reading[0]}</strong>, not the law’s words: ${rule.reading[1]}
          </p>`
    }
    <p><strong>If it is not met:</strong> ${rule.cure}</p>
    <p>Asked in: ${hops.map(({ title }) => title).join('; ')}.</p>
  </section>
`;

/** What the law still asks of whoever acts on a permission under this paragraph. */
const obligations = (section: Section, of: string): Html => {
  const hops = section.hops.filter((hop) => hop.cite === of);
  const others = section.hops.filter((hop) => hop.cite !== of);
  const from = (all: readonly Hop[]) => all.flatMap((hop) => hop.obligations);
  const all = [...new Set([...from(hops), ...from(others).filter((one) => one.cite === of)])];
  return all.length === 0
    ? nothing
    : html`<h2>What it still asks of whoever acts on it</h2>
        <ul>
          ${all.map((one) => html`<li>${one.text} ${cite(one.cite)}</li>`)}
        </ul>`;
};

const about = (given: string, of: string): boolean => given === of || given.startsWith(`${of}(`);

const scenarios = (section: Section, of: string): Html => {
  const all =
    section.id === 'l-14' ? readScenarios().filter((one) => one.about.some((given) => about(given, of))) : [];
  return all.length === 0
    ? nothing
    : html`<h2>Scenarios</h2>
        <p>Made-up cases with their lawful outcome, by which the rules are tested.</p>
        <ul>
          ${all.map(({ title }) => html`<li>${title.replace(/( \[[^\]]*\])+$/, '')}</li>`)}
        </ul>`;
};

const caseList = (all: readonly CaseLine[]): Html => html`
  ${table({
    caption: all.length === 1 ? 'One case' : `${all.length} cases`,
    rows: all.slice(0, SHOWN),
    none: 'No case of this office that you may be told of has turned on it.',
    columns: [
      { head: 'Case', cell: ({ reference }) => caseLink(reference) },
      { head: 'Title', cell: ({ title }) => title },
      { head: 'Stands at', cell: ({ stage }) => stage },
    ],
  })}
  ${all.length > SHOWN ? html`<p>The ${SHOWN} begun last.</p>` : nothing}
`;

/** Under (d) and (e), whoever may not be told of a case is told the same whether there is one or not. */
const ourCases = async ({ node, actor }: Visit, { section, cite: of }: Explanation): Promise<Html> => {
  if (section.id !== 'l-14' || actor === undefined) return nothing;
  return html`
    <h2>Cases of this office that turned on it</h2>
    ${
      isTold(of, actor)
        ? caseList(await casesTurnedOn(node, of, actor))
        : html`<p>Whether any did is shown only to titles that find it, approve or send.</p>`
    }
  `;
};

const unknown = (section: Section, of: string): Page => ({
  title: 'No such paragraph',
  status: 404,
  trail: [[`/law?section=${section.id}`, 'The law']],
  main: notice(
    'error',
    html`${section.name} has no paragraph ${of}.
      <a class="usa-link" href="/law?section=${section.id}">Read the section</a>, and choose one from there.`,
  ),
});

const page: Handler = async (visit) => {
  const section = sectionOf(visit.query);
  if (section === undefined) return noSuchSection(visit);
  const { p1, p2, p3 } = visit.params;
  const of = [p1, p2, p3].flatMap((part) => (part === undefined ? [] : `(${part.toLowerCase()})`)).join('');
  const found = explain(of, section.id);
  if (found === undefined) return unknown(section, of);
  const own = section.id === 'l-14';
  return {
    title: own ? `Paragraph ${of}` : `${section.name}, paragraph ${of}`,
    trail: [[own ? '/law' : `/law?section=${section.id}`, own ? 'The law' : section.name]],
    main: html`
      ${section.gap === undefined ? nothing : notice('warning', html`${section.gap}`)}
      <h2>The law’s words</h2>
      ${found.law.map(
        (one) =>
          html`<blockquote class="wb-law">
            <p>${one.text}</p>
            ${one.cite === of ? nothing : html`<footer><a class="usa-link" href="${paragraphHref(section, one.cite)}">${one.cite}</a></footer>`}
          </blockquote>`,
      )}
      <h2>What it asks</h2>
      ${found.rules.length === 0 ? html`<p>No rule rests on these words alone.</p>` : found.rules.map(ruleBlock)}
      ${found.left.map(
        (one) =>
          html`<h3>Left to judgment</h3>
            ${law(one.law)}
            <p>${one.why}</p>`,
      )}
      ${obligations(section, of)} ${scenarios(section, of)} ${await ourCases(visit, found)}
    `,
  };
};

export const ruleRoutes: readonly Route[] = ['/rule/:p1', '/rule/:p1/:p2', '/rule/:p1/:p2/:p3'].map(
  (path) => ({
    method: 'GET',
    path,
    offices: everywhere,
    need: 'a title',
    cite: '(a)',
    handle: page,
  }),
);
