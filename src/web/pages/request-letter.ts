import { html } from 'hono/html';
import type { OpenDraft, RequestBody } from '../../casework/acts/request.ts';
import { nameOf } from '../../casework/items.ts';
import type { Catalogue } from '../../returns/catalogue/catalogue.ts';
import { certificateWords, periodWords, taxpayerName } from './request-words.ts';
import type { Html } from '../route.ts';
import { cite, more, terms } from '../parts/parts.ts';

/** A request as it is read, whole and in plain order: by the Commissioner before the signature, and by the IRS after it. */
export interface Letter {
  readonly body: RequestBody;
  /** The day and the signature, or that there is none yet. */
  readonly signed: string;
  readonly catalogue: Catalogue;
}

const missing = html`<strong>not stated</strong>`;
const said = (words: string | undefined): Html | string => words ?? missing;

const audit = ({ body }: Letter): Html => {
  const { audit: one } = body;
  if (one === undefined) return html`<p>The audit is ${missing}.</p>`;
  return terms([
    ['Audit', `${one.reference}: ${one.kind}, ${one.stage}`],
    ['Of the importer', taxpayerName(body, one.subject)],
    ['Entries', one.entries.length === 0 ? 'not listed' : one.entries.join(', ')],
    ...(one.determined === undefined
      ? []
      : [['Amounts determined due and owing on', one.determined] as const]),
  ]);
};

const taxpayers = ({ body }: Letter): Html => html`
  <ol class="usa-list">
    ${body.taxpayers.map(
      (one) =>
        html`<li>
          <strong>${one.name === '' ? 'not named' : one.name}</strong
          >${one.tin === undefined ? '' : `, TIN ${one.tin}`}. ${certificateWords(one)}
          ${
            one.relationship === undefined
              ? ''
              : `The relationship is one of ${one.relationship.kind === 'ownership' ? 'ownership' : 'transactions'} with ${taxpayerName(body, one.relationship.with)}.${one.relationship.statement === undefined ? '' : ` ${one.relationship.statement}`}`
          }
        </li>`,
    )}
  </ol>
`;

type Item = OpenDraft['items'][number];

const item = (one: Item, { body, catalogue }: Letter): Html => {
  const { period, ...rest } = one;
  const whole =
    period?.from === undefined || period.to === undefined
      ? rest
      : { ...rest, period: { from: period.from, to: period.to } };
  const { form, line, caption } = nameOf(catalogue, whole);
  return html`
    <h3>Form ${form}${line === '' ? '' : `, line ${line}`}: ${caption}</h3>
    ${terms([
      ['Taxpayer', one.taxpayer === undefined ? missing : taxpayerName(body, one.taxpayer)],
      ['Period or date', one.period === undefined && one.date === undefined ? missing : periodWords(one)],
      ['Needed for', one.purposes.length === 0 ? missing : one.purposes.join('; ')],
      ['Particular purpose', said(one.purpose)],
      ['How it is necessary', said(one.necessity)],
      ['Relates to', said(one.relatesTo)],
      ...(one.adjusts === undefined ? [] : [['The IRS’s adjustment of', one.adjusts] as const]),
      ...(one.path === undefined ? [] : [['Path in the return', one.path] as const]),
    ])}
  `;
};

export const requestLetter = (letter: Letter): Html => {
  const { body, signed } = letter;
  const { titles, reference } = body.request;
  return html`
    <article class="wb-letter">
      <p>
        <strong>To the Internal Revenue Service.</strong> Request ${reference}, under 26 CFR §
        301.6103(l)(14)-1(b).${body.fictional ? ' Fictional.' : ''}
      </p>
      <h2>The audit</h2>
      ${audit(letter)}
      <h2>The taxpayers, and what is certified of each ${cite('(b)(4)')}</h2>
      ${body.taxpayers.length === 0 ? html`<p>${missing}</p>` : taxpayers(letter)}
      <h2>To whom the disclosure is authorized, by title ${cite('(b)(4)')}</h2>
      ${
        titles.length === 0
          ? html`<p>${missing}</p>`
          : html`<ul class="usa-list">
              ${titles.map((one) => html`<li>${one}</li>`)}
            </ul>`
      }
      <h2>The particular items, ${body.items.length} in all ${cite('(b)(1)')}</h2>
      ${body.items.length === 0 ? html`<p>${missing}</p>` : body.items.map((one) => item(one, letter))}
      <h2>Signature</h2>
      <p>${signed}</p>
    </article>
    ${more('The same as data: what the packet carries', html`<pre class="wb-data">${JSON.stringify(body, null, 2)}</pre>`)}
  `;
};
