import { html, raw } from 'hono/html';
import { type RecordDocument, type Section, headingOf } from '../document.ts';
import { type OfficeId, officeNames } from '../event.ts';
import { type FolderScope, type Manifest, isWhole } from './folder.ts';
import type { FolderReport, OfficeReport } from './folder-verify.ts';
import { type Html, table } from './page-table.ts';
import { policy, styleElement } from './page-style.ts';

/** A table that says what a picture shows. */
export interface Twin {
  readonly caption: string;
  readonly columns: readonly { readonly head: string }[];
  readonly rows: readonly { readonly cells: readonly string[] }[];
}

/** A picture is markup of our own making, in which every text is escaped. */
export interface Picture {
  readonly name: string;
  readonly svg: string;
  readonly twins: readonly Twin[];
}

export interface CaseShown {
  readonly reference: string;
  readonly pictures: readonly Picture[];
}

export interface PageInput {
  readonly manifest: Pick<Manifest, 'at' | 'offices' | 'scope' | 'version'>;
  readonly report: FolderReport;
  readonly records: readonly RecordDocument[];
  readonly sample: RecordDocument | undefined;
  readonly anomalies: RecordDocument;
  readonly cases: readonly CaseShown[];
  /** Cases in the folder for which the page has no room. */
  readonly moreCases: number;
}

const section = (one: Section, of: string): Html =>
  html` <h3>${headingOf(one)}</h3>
    ${
      one.rows.length === 0
        ? html`<p>None.</p>`
        : table(
            `${of}: ${one.heading.toLowerCase()}`,
            one.columns.map(({ title }) => title),
            one.rows,
          )
    }`;

const sections = ({ words, sections: all, notice }: RecordDocument, of: string): Html =>
  html` ${words.map((paragraph) => html`<p>${paragraph}</p>`)} ${all.map((one) => section(one, of))}
    <p>${notice}</p>`;

export const hour = (at: number): string =>
  `${new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const scopeWords = (scope: FolderScope): string =>
  isWhole(scope)
    ? 'the whole record of each office'
    : [
        ...(scope.case === undefined ? [] : [`case ${scope.case}`]),
        ...(scope.taxpayer ? ['the cases with one taxpayer'] : []),
        ...(scope.from === undefined ? [] : [`acts from ${scope.from}`]),
        ...(scope.to === undefined ? [] : [`acts to ${scope.to}`]),
      ].join(', ') + '; each case is in it whole';

const names = (offices: readonly OfficeId[]): string => offices.map((one) => officeNames[one]).join(', ');

/** What was verified, in sentences; the same words for the page and for a terminal. */
export const officeWords = ({
  office,
  head,
  events,
  undisclosable,
  withheld,
  heads,
  complete,
}: OfficeReport): string =>
  [
    `${officeNames[office]}: log of ${head.size} entries, whole; ${events} events, each proven to be the whole of its entry`,
    ...(undisclosable.length === 0
      ? []
      : [
          `${undisclosable.length} of them made undisclosable, which is the office’s word and to be asked about: entries ${undisclosable.join(', ')}`,
        ]),
    ...(withheld === 0
      ? []
      : [
          `${withheld} of them, an answer each, without the head of the review’s log: what is left of its body is the office’s word`,
        ]),
    `goes on from ${heads} heads that the offices cosigned for one another`,
    ...(complete === undefined
      ? []
      : [
          `the taxpayer’s ${complete.acts} acts are all that there were at entry ${complete.size}, by the map of ${complete.day}`,
        ]),
  ].join('; ') + '.';

export const packetWords = ({ packets: { matched, underWay } }: FolderReport): string =>
  `Packets: ${matched} recorded by sender and receiver alike, ${underWay} sent and not yet received.`;

/** What a part of a record cannot show. */
export const partWords = (scope: FolderScope): string =>
  isWhole(scope)
    ? 'Every entry of each log has its event here: nothing is left out.'
    : `This is a part. That no event between two others of a case is missing is shown${scope.taxpayer ? ', and that the taxpayer’s acts are all there' : ''}; that nothing was recorded after the last one is shown only by the whole record.`;

const verified = ({ manifest: { scope }, report }: PageInput): Html =>
  html` <p class="label">
      This page proves nothing. Only <code>./waybill verify</code>, run on your own machine over this folder,
      proves it.
    </p>
    <ul>
      ${report.offices.map((one) => html`<li>${officeWords(one)}</li>`)}
      <li>${packetWords(report)}</li>
      <li>${partWords(scope)}</li>
    </ul>
    <p>Then, with no database, no key and no network:</p>
    <ul>
      <li><code>./waybill verify FOLDER</code></li>
      <li><code>./waybill sample --folder FOLDER --n 25 --seed "any words of yours"</code></li>
      <li><code>./waybill anomalies --folder FOLDER</code></li>
      <li><code>./waybill record --folder FOLDER --office customs</code></li>
      <li><code>./waybill map CASE --folder FOLDER --out PICTURES</code></li>
    </ul>`;

const picture = ({ name, svg, twins }: Picture): Html =>
  html` <h3>${name}</h3>
    <div class="picture" role="region" tabindex="0" aria-label="${name}">${raw(svg)}</div>
    ${twins.map(({ caption, columns, rows }) =>
      table(
        caption,
        columns.map(({ head }) => head),
        rows.map(({ cells }) => cells),
      ),
    )}`;

const facts = ({ manifest: { at, offices, scope }, report }: PageInput): Html =>
  html` <dl>
    <dt>Offices</dt>
    <dd>${names(offices)}</dd>
    <dt>Limited to</dt>
    <dd>${scopeWords(scope)}</dd>
    <dt>Made</dt>
    <dd><time datetime="${new Date(at * 1000).toISOString()}">${hour(at)}</time></dd>
    ${report.offices.map(
      ({ office, keys: { log }, head }) =>
        html` <dt>Node of ${officeNames[office]}</dt>
          <dd>
            log <code>${log.name}</code>, key <code>${log.id}</code>, ${head.size} entries, root
            <code>${Buffer.from(head.root).toString('base64')}</code>
          </dd>`,
    )}
  </dl>`;

interface Chapter {
  readonly title: string;
  readonly body: Html;
}

const chaptersOf = (input: PageInput): readonly Chapter[] => [
  { title: 'What was verified at the export', body: verified(input) },
  ...input.records.map((one) => ({
    title: `${one.title}: ${one.office}`,
    body: html`<p>Kept under: ${one.law}.</p>
      ${sections(one, one.office)}`,
  })),
  {
    title: 'Sample',
    body:
      input.sample === undefined
        ? html`<p>None was drawn: no seed was given at the export. Draw one with a seed of your own.</p>`
        : sections(input.sample, 'Sample'),
  },
  { title: 'Anomalies', body: sections(input.anomalies, 'Anomalies') },
  ...input.cases.map(({ reference, pictures }) => ({
    title: `Custody of ${reference}`,
    body: html`${pictures.map(picture)}`,
  })),
  ...(input.moreCases === 0
    ? []
    : [
        {
          title: 'Further cases',
          body: html`<p>
            ${input.moreCases} more cases are in the folder; <code>./waybill map</code> draws them.
          </p>`,
        },
      ]),
];

/** The folder as one file that a browser opens from the disk: no script, nothing to load, every text escaped. */
export const inspectionPage = (input: PageInput): string => {
  const title = `Inspector’s folder: ${names(input.manifest.offices)}`;
  const chapters = chaptersOf(input);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p class="label">
            For official use. Names taxpayers; the folder’s events hold their numbers and officers’ own words
            (26 USC 6103). It holds no content of any item.
          </p>
          ${facts(input)}
          <nav aria-label="On this page">
            <ul>
              ${chapters.map((one, n) => html`<li><a href="#c${n + 1}">${one.title}</a></li>`)}
            </ul>
          </nav>
          ${chapters.map(
            (one, n) =>
              html`<section aria-labelledby="c${n + 1}">
                <h2 id="c${n + 1}">${one.title}</h2>
                ${one.body}
              </section>`,
          )}
        </main>
      </body>
    </html>`;
  return `${page as string}\n`;
};
