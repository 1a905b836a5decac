import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { BASE } from './operation.ts';
import type { Description } from './openapi.ts';
import { type Field, fieldsOf } from './reference-fields.ts';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

interface Described {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly words: readonly string[];
  readonly cite: string | undefined;
  readonly parameters: readonly Field[];
  readonly body: readonly Field[];
  readonly answers: readonly (readonly [status: string, words: string])[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: { readonly description?: string };
}

/** The document, as far as the page shows it. */
interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly 'x-cite'?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

const parameterField = ({ name, in: place, required = false, description, schema }: Parameter): Field => ({
  name,
  type: place,
  required,
  words: description ?? schema?.description ?? '',
});

const described = (document: Description): readonly Described[] =>
  Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, OperationObject>).map(([method, one]) => ({
      method: method.toUpperCase(),
      path,
      id: one.operationId,
      tag: one.tags[0] ?? '',
      summary: one.summary,
      words: one.description.split('\n\n').slice(1),
      cite: one['x-cite'],
      parameters: (one.parameters ?? []).map(parameterField),
      body: one.requestBody === undefined ? [] : fieldsOf(one.requestBody.content['application/json'].schema),
      answers: Object.entries(one.responses).map(
        ([status, { description }]) => [status, description] as const,
      ),
    })),
  );

/** A path or a field’s name, which may be broken between its parts on a narrow screen. */
const name = (text: string): Html =>
  html`<code>${text.split(/(?<=[/.[])/).map((part) => html`${part}<wbr />`)}</code>`;

const fieldTable = (caption: string, fields: readonly Field[]): Html =>
  fields.length === 0
    ? html``
    : html`<table class="usa-table usa-table--stacked">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Is</th>
            <th scope="col">Means</th>
          </tr>
        </thead>
        <tbody>
          ${fields.map(
            ({ name: field, type, required, words }) =>
              html`<tr>
                <th scope="row" data-label="Field">${name(field)}</th>
                <td data-label="Is">${type}${required ? ', required' : ''}</td>
                <td data-label="Means">${words}</td>
              </tr>`,
          )}
        </tbody>
      </table>`;

const operation = ({ method, path, id, summary, words, cite, parameters, body, answers }: Described): Html =>
  html`<section
    id="${id}"
    aria-labelledby="${id}-name"
    ${cite === undefined ? html`` : html`data-cite="${cite}"`}
  >
    <h3 id="${id}-name">${name(`${method} ${BASE}${path}`)}</h3>
    <p>${summary}</p>
    ${words.map((one) => html`<p>${one}</p>`)}
    ${fieldTable(`What ${method} ${path} takes in path, query and headers`, parameters)}
    ${fieldTable(`What the body of ${method} ${path} says`, body)}
    <details>
      <summary>What ${method} ${path} answers</summary>
      <dl>
        ${answers.map(
          ([status, meaning]) =>
            html`<dt><code>${status}</code></dt>
              <dd>${meaning}</dd>`,
        )}
      </dl>
    </details>
  </section>`;

const groups = (all: readonly Described[]): readonly (readonly [string, readonly Described[]])[] => [
  ...Map.groupBy(all, ({ tag }) => tag),
];

const slug = (tag: string): string => tag.toLowerCase().replaceAll(/[^a-z]+/g, '-');

const contents = (all: readonly Described[]): Html =>
  html`<nav aria-label="Operations">
    ${groups(all).map(
      ([tag, some]) =>
        html`<p>${tag}</p>
          <ul>
            ${some.map(
              ({ id, method, path, summary }) =>
                html`<li>
                  <a class="usa-link" href="#${id}">${name(`${method} ${path}`)}</a>
                  ${summary}
                </li>`,
            )}
          </ul>`,
    )}
  </nav>`;

const general = html`<h2>How it is used</h2>
  <p>
    Every request carries <code>Authorization: Bearer</code> with an access token of this office’s provider;
    no cookie is read. Who holds several titles names one in <code>Waybill-Title</code>. What somebody may not
    do is refused with its paragraph, and recorded.
  </p>
  <p>
    An act answers with its receipt: the entries it has in the log, and the signed head that has them. Sent
    again with the same
    <code>Idempotency-Key</code> it gives the same receipt, with <code>repeated</code>. With the case’s
    <code>ETag</code> in <code>If-Match</code> it is refused where the case has moved on.
  </p>
  <p>
    Errors are problem details (RFC 9457) with <code>cite</code>, the paragraph behind them, and
    <code>next</code>, what to do. The same description for machines:
    <a class="usa-link" href="${BASE}/openapi.json">OpenAPI 3.1</a>.
  </p>`;

/** The reference, to be read in a browser: plain HTML, with no script and no style of its own. */
export const referencePage = async (document: Description, styles: readonly string[]): Promise<string> => {
  const all = described(document);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${document.info.title}</title>
        ${styles.map((href) => html`<link rel="stylesheet" href="${href}" />`)}
      </head>
      <body>
        <a class="usa-skipnav" href="#main">Skip to the main content</a>
        <main id="main" class="grid-container usa-prose">
          <h1>${document.info.title}</h1>
          <p>${document.info.description ?? ''}</p>
          ${general}
          <h2>All operations</h2>
          ${contents(all)}
          ${groups(all).map(
            ([tag, some]) =>
              html`<h2 id="${slug(tag)}">${tag}</h2>
                ${some.map(operation)}`,
          )}
        </main>
      </body>
    </html>`;
  return String(await page);
};
