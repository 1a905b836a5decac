import { html } from 'hono/html';
import type { Holding } from '../../../casework/after/holding.ts';
import type { Office } from '../../../custody/entry.ts';
import { type CaseFile, caseFile } from '../../../office/case-file.ts';
import type { Need } from '../../../office/door.ts';
import { caseHref } from '../../parts/cases.ts';
import { actForm } from '../../parts/fields.ts';
import { nothing, problems } from '../../parts/parts.ts';
import type { Answer, Handler, Html, Page, Route, Visit } from '../../route.ts';

export type HeldFile = Exclude<CaseFile, { readonly office: 'irs' }>;

/** A page with the form of one act on a case. `Of` is the case as the offices of the page have it. */
export interface ActPage<Of extends CaseFile> {
  /** Beginning with `/cases/:case/`. */
  readonly path: string;
  readonly offices: readonly Office[];
  readonly need: Need;
  readonly cite: string;
  readonly title: string;
  readonly button: string;
  readonly danger?: boolean;
  /** The law’s words, and what the act does. */
  readonly about: (file: Of) => Html;
  readonly fields: (visit: Visit, file: Of) => Html | Promise<Html>;
  /** Why there is nothing to do, where there is nothing. */
  readonly none?: (file: Of, visit: Visit) => string | undefined;
  /** What stands under the form. */
  readonly below?: (visit: Visit, file: Of) => Html;
  readonly act: (visit: Visit, file: Of) => Promise<Answer>;
}

const of = ({ params }: Visit): string => params['case'] ?? '';

/** The way to a page of a case. */
export const trailTo = (reference: string): NonNullable<Page['trail']> => [
  ['/cases', 'Cases'],
  [caseHref(reference), reference],
];

const formPage = async <Of extends CaseFile>(page: ActPage<Of>, visit: Visit, file: Of): Promise<Page> => {
  const { reference, events } = file;
  const none = page.none?.(file, visit);
  return {
    title: page.title,
    trail: trailTo(reference),
    main: html`
      ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)}
      <p>Case <strong>${reference}</strong></p>
      ${page.about(file)}
      ${
        none === undefined
          ? actForm({
              action: visit.path,
              seal: visit.seal,
              expect: events.length,
              button: page.button,
              ...(page.danger === true ? { kind: 'danger' as const } : {}),
              body: await page.fields(visit, file),
            })
          : html`<p>${none}</p>`
      }
      ${page.below === undefined ? nothing : page.below(visit, file)}
      <p><a class="usa-link" href="${caseHref(reference)}">Back to case ${reference}</a></p>
    `,
  };
};

/** The two routes of such a page: the form, and the act. The case is read for each, for it may have moved on between them. */
export const actRoutes = <Of extends CaseFile>(page: ActPage<Of>): readonly Route[] => {
  const { path, offices, need, cite } = page;
  const read = async (visit: Visit): Promise<Of> => (await caseFile(visit.node, of(visit))) as Of;
  const show: Handler = async (visit) => formPage(page, visit, await read(visit));
  const handle: Handler = async (visit) => page.act(visit, await read(visit));
  return [
    { method: 'GET', path, offices, need, cite, handle: show },
    { method: 'POST', path, offices, need, cite, handle, again: show },
  ];
};

/** The items that are held, as choices. */
export const itemChoices = (
  holding: Holding,
  are: (held: NonNullable<ReturnType<Holding['items']['get']>>) => boolean = () => true,
): readonly { readonly value: string; readonly label: string }[] =>
  [...holding.items].filter(([, held]) => are(held)).map(([item]) => ({ value: item, label: item }));

/** What an act says when it is done: the words, and what it warns of. */
export const saying = (words: string, warnings: readonly string[]): string => [words, ...warnings].join(' ');
