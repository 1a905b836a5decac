import { html } from 'hono/html';
import type { Office } from '../../../custody/entry.ts';
import { eventsOfTaxpayer, eventsWatched } from '../../../office/events.ts';
import type { Node } from '../../../office/node.ts';
import type { Watch } from '../../../office/watch.ts';
import { type Book, type BookKind, makeBook } from '../../../record/books.ts';
import type { RecordedEvent } from '../../../record/event.ts';
import type { Scope } from '../../../record/record.ts';
import type { Plan, Result, ResultFile } from '../../jobs.ts';
import { actForm, line } from '../../parts/fields.ts';
import { nothing, problems } from '../../parts/parts.ts';
import {
  type Answer,
  type Handler,
  type Html,
  type Route,
  type Visit,
  everywhere,
  holders,
} from '../../route.ts';
import { begin } from '../jobs.ts';
import { documentPage } from './document.ts';
import { deskTrail, numberIn, pdfFile, readers } from './read.ts';
import { scopeFields, scopeIn } from './scope.ts';
import { chosenTaxpayer, taxpayerForm, taxpayersOf } from './taxpayers.ts';

const titles: Readonly<Record<BookKind, string>> = {
  record: 'The record',
  'fti-log': 'Log of federal tax information',
  accounting: 'Accounting for individuals',
  summary: 'Annual summary',
};

const filesOf = (
  kind: BookKind,
  { office, when }: Node,
  { document, csv, json }: Book,
): Readonly<Record<string, ResultFile>> => {
  const name = `${kind}-${office}`;
  return {
    ...(csv === undefined ? {} : { [`${name}.csv`]: { type: 'text/csv; charset=utf-8', bytes: csv } }),
    ...(json === undefined ? {} : { [`${name}.json`]: { type: 'application/json', bytes: json } }),
    ...pdfFile(name, document, when().at),
  };
};

interface Asked {
  readonly kind: BookKind;
  readonly scope?: Scope;
  readonly year?: number;
}

const eventsFor = async (node: Node, { taxpayer }: Scope, watch: Watch): Promise<readonly RecordedEvent[]> =>
  taxpayer === undefined ? eventsWatched(node, watch) : (await eventsOfTaxpayer(node, taxpayer)).events;

/** One book of this office, read as it is now. */
export const bookPlan = (node: Node, { kind, scope = {}, year = 0 }: Asked): Plan => ({
  title: titles[kind],
  unit: 'parts of the log',
  trail: deskTrail,
  work: async (watch) => {
    const book = makeBook(kind, node.office, await eventsFor(node, scope, watch), { scope, year });
    const taxpayers = taxpayersOf(book.record?.rows ?? []);
    const result: Result = {
      files: filesOf(kind, node, book),
      show: (visit, address) =>
        documentPage(book.document, visit, address, taxpayerForm(visit, result, taxpayers)),
    };
    return result;
  },
});

interface BookPage {
  readonly kind: BookKind;
  readonly path: string;
  readonly offices: readonly Office[];
  readonly cite: string;
  readonly about: Html;
  readonly fields?: (visit: Visit) => Html;
  readonly read?: (visit: Visit) => Omit<Asked, 'kind'>;
}

const pages: readonly BookPage[] = [
  {
    kind: 'record',
    path: '/desk/record',
    offices: everywhere,
    cite: '26 USC 6103(p)(4)(A)',
    about: html`<p>
      Every request, its reason and date, and every disclosure made by or to this office, with the looks,
      uses, questions and corrections that go with them. It holds no value of return information and no
      taxpayer’s number. The IRS keeps its own as policy, not by law.
    </p>`,
    fields: (visit) => html`
      ${scopeFields(visit)}
      <p>
        For one taxpayer: read the case first. What is shown then offers each taxpayer in it, and goes on to
        all that this office has recorded of that one.
      </p>
    `,
    read: (visit) => ({ scope: scopeIn(visit.form) }),
  },
  {
    kind: 'fti-log',
    path: '/desk/fti-log',
    offices: holders,
    cite: '26 USC 6103(p)(4)',
    about: html`<p>
      What came to this office, where it is, who has access, and how it ended: as IRS Publication 1075 asks.
    </p>`,
  },
  {
    kind: 'accounting',
    path: '/desk/accounting',
    offices: ['customs'],
    cite: '5 USC 552a(c)',
    about: html`<p>
      What went out of Customs’ files about individuals, to any person or other agency: the accounting that
      the Privacy Act asks for.
    </p>`,
  },
  {
    kind: 'summary',
    path: '/desk/summary',
    offices: everywhere,
    cite: '26 USC 6103(p)(4)',
    about: html`<p>
      A year of this office’s record in numbers: requests, disclosures, refusals, recalls not answered.
    </p>`,
    fields: (visit) =>
      line({ name: 'act.year', label: 'Year', required: true, value: visit.when.day.slice(0, 4) }, visit),
    read: ({ form }) => ({ year: numberIn(form, 'year', { from: 1990, to: 2100 }) }),
  },
];

const routesOf = ({ kind, path, offices, cite, about, fields, read }: BookPage): readonly Route[] => {
  const show: Handler = (visit) => ({
    title: titles[kind],
    trail: deskTrail,
    main: html`
      ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)} ${about}
      ${actForm({ action: path, seal: visit.seal, button: 'Read it', of: titles[kind], body: fields?.(visit) ?? nothing })}
    `,
  });
  const handle = (visit: Visit): Promise<Answer> =>
    begin(visit, bookPlan(visit.node, { kind, ...read?.(visit) }));
  const common = { path, offices, need: readers, cite };
  return [
    { ...common, method: 'GET', handle: show },
    { ...common, method: 'POST', handle, again: show },
  ];
};

const ofTaxpayer: Handler = (visit) =>
  begin(visit, bookPlan(visit.node, { kind: 'record', scope: { taxpayer: chosenTaxpayer(visit) } }));

export const bookRoutes: readonly Route[] = [
  ...pages.flatMap(routesOf),
  {
    method: 'POST',
    path: '/desk/record/taxpayer',
    offices: everywhere,
    need: readers,
    cite: '26 USC 6103(p)(4)(A)',
    handle: ofTaxpayer,
  },
];
