import { html } from 'hono/html';
import type { Office } from '../../custody/entry.ts';
import { ProblemError } from '../../ground/problem.ts';
import {
  type CaseLetter,
  type LettersAsked,
  letterDuties,
  letterPdf,
  lettersFound,
} from '../../office/letters.ts';
import type { Node } from '../../office/node.ts';
import type { Order } from '../../office/act.ts';
import type { Watch } from '../../office/watch.ts';
import type { Plan } from '../jobs.ts';
import { caseHref } from '../parts/cases.ts';
import { actForm, line, lines } from '../parts/fields.ts';
import { notice, nothing, problems, table } from '../parts/parts.ts';
import { type Handler, type Html, type Route, type Visit, orderOf } from '../route.ts';
import { type Zipped, zipOf } from '../zip.ts';
import { dayFields, daysIn } from './desk/scope.ts';
import { begin } from './jobs.ts';

const trail: Plan['trail'] = [['/cases', 'Cases']];
/** So many may be looked at one by one; who needs more asks for them by days. */
const MOST = 500;

type Writes = Exclude<Office, 'justice'>;

const words: Readonly<Record<Writes, { readonly title: string; readonly about: Html }>> = {
  customs: {
    title: 'Letters of requests',
    about: html`<p>
      Every request that the Commissioner has signed, of the cases found, each as a PDF that a screen reader
      can read. They name taxpayers and what is asked about them, and hold nothing that the IRS disclosed.
    </p>`,
  },
  irs: {
    title: 'Letters of answers',
    about: html`<p>
        The letter that went to Customs with each answer, of the cases found, as it was sent. What was
        disclosed stands in it.
      </p>
      ${notice('warning', html`Each letter opened is a look, recorded with your name, title and reason.`)}`,
  },
};

const officeOf = ({ office }: Node): Writes => (office === 'irs' ? 'irs' : 'customs');

interface Outcome extends CaseLetter {
  readonly file?: string;
  readonly problem?: ProblemError;
}

/** A name for every file system, in order, and told from every other; the case stands in it, and nobody’s name. */
const fileName = (n: number, { case: reference }: CaseLetter): string =>
  `${String(n + 1).padStart(4, '0')}-${reference.replace(/[^\w.-]+/g, '-').slice(0, 64)}.pdf`;

/** Each letter as it is made; what cannot be opened is told, and keeps no other from being made. */
async function* made(
  node: Node,
  order: Order,
  letters: readonly CaseLetter[],
  because: string,
  outcomes: Outcome[],
  { at, signal }: Watch,
): AsyncGenerator<Zipped> {
  for (const [n, letter] of letters.entries()) {
    signal.throwIfAborted();
    at(n, letters.length);
    try {
      const bytes = await letterPdf(node, order, letter, because);
      const name = fileName(n, letter);
      outcomes.push({ ...letter, file: name });
      yield { name, bytes };
    } catch (problem) {
      if (!(problem instanceof ProblemError) || problem.problems[0].kind === 'not-entitled') throw problem;
      outcomes.push({ ...letter, problem });
    }
  }
}

const tooMany = (found: number): ProblemError =>
  new ProblemError({
    kind: 'usage',
    what: `The cases found have ${found.toLocaleString('en-US')} letters, and ${MOST} are the most at once.`,
    next: 'Ask for fewer, by a search or by days.',
  });

const result = (outcomes: readonly Outcome[], office: Writes): Html => html`
  ${notice(
    'info',
    office === 'irs'
      ? html`Each letter opened is on record as a look of yours. What stands in them is federal tax
        information: keep the file as such.`
      : html`The letters name taxpayers and what is asked about them: for official use.`,
  )}
  ${table({
    caption: outcomes.length === 1 ? 'One letter' : `${outcomes.length} letters`,
    rows: outcomes,
    none: 'No case found has a letter of these days.',
    columns: [
      {
        head: 'Case',
        cell: (one) => html`<a class="usa-link" href="${caseHref(one.case)}">${one.case}</a>`,
      },
      { head: office === 'irs' ? 'Answered' : 'Signed', cell: ({ on }) => on },
      {
        head: 'File in the archive',
        cell: ({ file, problem }) =>
          file === undefined
            ? html`<strong>None</strong>: ${problem?.problems[0].what ?? ''}
                <strong>Next:</strong> ${problem?.problems[0].next ?? ''}`
            : html`<code>${file}</code>`,
      },
    ],
  })}
`;

const planOf = (node: Node, order: Order, asked: LettersAsked, because: string): Plan => {
  const office = officeOf(node);
  return {
    title: words[office].title,
    unit: 'cases',
    trail,
    acts: office === 'irs',
    work: async (watch) => {
      const letters = await lettersFound(node, asked, watch);
      if (letters.length > MOST) throw tooMany(letters.length);
      const outcomes: Outcome[] = [];
      const zip = await zipOf(made(node, order, letters, because, outcomes, watch), { at: node.when().at });
      return {
        fti: office === 'irs',
        show: () => result(outcomes, office),
        ...(outcomes.some(({ file }) => file !== undefined)
          ? { files: { [`letters-${office}.zip`]: { type: 'application/zip', bytes: () => zip } } }
          : {}),
      };
    },
  };
};

const show: Handler = (visit) => {
  const office = officeOf(visit.node);
  const { title, about } = words[office];
  return {
    title,
    trail,
    main: html`
      ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)} ${about}
      ${actForm({
        action: '/letters',
        seal: visit.seal,
        button: office === 'irs' ? 'Record the looks, and make the file' : 'Make the file',
        body: html`
          ${line({ name: 'act.search', label: 'Reference or title', hint: 'Cases that have all of these words; without any, all cases.', value: visit.query.get('q') ?? '' }, visit)}
          ${dayFields(visit)}
          ${
            office === 'irs'
              ? lines(
                  {
                    name: 'act.because',
                    label: 'For what work do you need them?',
                    hint: 'In your own words. They stay on record with your name.',
                    required: true,
                  },
                  visit,
                )
              : nothing
          }
        `,
      })}
    `,
  };
};

const make: Handler = (visit) => {
  const { node, form } = visit;
  const because = form.get('act.because') ?? '';
  if (node.office === 'irs' && because === '')
    throw new ProblemError({
      kind: 'usage',
      what: 'It is not said for what work the letters are needed.',
      where: 'because',
      next: 'Say it in your own words; it stays on record with your name.',
    });
  const { person, title } = orderOf(visit);
  const order = title === undefined ? { person } : { person, title };
  const asked = { search: form.get('act.search') ?? '', ...daysIn(form) };
  return begin(visit, planOf(node, order, asked, because));
};

/** From the list of cases to their letters, for whoever may take them out. */
export const lettersLink = ({ node, actor }: Visit, search: string): Html => {
  const duties = letterDuties[node.office] ?? [];
  if (actor === undefined || !duties.some((duty) => actor.duties.includes(duty))) return nothing;
  const to = search === '' ? '/letters' : `/letters?${new URLSearchParams({ q: search }).toString()}`;
  return html`<p><a class="usa-link" href="${to}">${words[officeOf(node)].title}, as one file</a></p>`;
};

const routesAt = (office: Writes, cite: string): readonly Route[] => {
  const need = letterDuties[office];
  if (need === undefined) return [];
  const common = { path: '/letters', offices: [office], need, cite };
  return [
    { ...common, method: 'GET', handle: show },
    { ...common, method: 'POST', handle: make, again: show },
  ];
};

export const letterRoutes: readonly Route[] = [...routesAt('irs', '(a)'), ...routesAt('customs', '(b)')];
