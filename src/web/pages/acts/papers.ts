import { html } from 'hono/html';
import { type PaperKind, opinions, paperKinds } from '../../../casework/after/papers.ts';
import { offices } from '../../../casework/acts/duties.ts';
import { actAfter } from '../../../office/after.ts';
import { fieldsOf } from '../../form.ts';
import { href } from '../../assets.ts';
import { caseHref } from '../../parts/cases.ts';
import { choose, line, lines, select, when, yesNo } from '../../parts/fields.ts';
import { more, table } from '../../parts/parts.ts';
import { type Places, withPlaces } from '../../placed.ts';
import { type Html, type Route, type Visit, holders, orderOf } from '../../route.ts';
import { type HeldFile, actRoutes, itemChoices, saying } from './act-page.ts';
import { lawOfAct } from './law-words.ts';

const KIND = 'act.kind';

const shows: Readonly<Record<PaperKind, string>> = {
  authority: 'a written authority: of a representative, or of who may settle',
  appearance: 'a notice of appearance of an attorney',
  'engagement letter': 'the engagement of an expert, or of an officer of Justice',
  subpoena: 'that a witness or taxpayer is called',
  undertaking: 'that a recipient has bound itself',
  'protective order': 'that a court has bound those who are told',
  'last-resort memorandum': 'an attorney of Justice: that it cannot otherwise properly be accomplished',
  'safeguards certification': 'that an expert’s safeguards are agreed, reviewed and certified',
  '6103(i) order': 'an ex parte order, and the agencies that it names',
  '6103(i) request': 'a request by the head of an agency',
  '6103(i)(6) determination': 'the IRS: that nothing under (i)(6) stands in the way',
  'counsel opinion': 'what counsel finds',
};

const signer = (visit: Visit): Html => html`
  ${line({ name: 'act.signed.name', label: 'Signed by', hint: 'The name.' }, visit)}
  ${line({ name: 'act.signed.title', label: 'Title of who signed' }, visit)}
  ${select(
    {
      name: 'act.signed.office',
      label: 'Office of who signed',
      choices: offices.map((one) => ({ value: one, label: one })),
    },
    visit,
  )}
`;

/** Kinds of which more is asked than of every paper. */
const ofRepresentative: readonly PaperKind[] = ['authority', 'appearance'];
const opensDoor: readonly PaperKind[] = ['6103(i) order', '6103(i) request'];
const opinion: readonly PaperKind[] = ['counsel opinion'];
const bySigner: readonly PaperKind[] = [
  ...opinion,
  ...opensDoor,
  '6103(i)(6) determination',
  'last-resort memorandum',
  'safeguards certification',
];

const forSome = (visit: Visit, { holding }: HeldFile): Html => html`
  ${choose(
    {
      name: 'act.items[]',
      label: 'Items that it covers',
      hint: 'All of the case, where none is marked.',
      choices: itemChoices(holding),
    },
    visit,
  )}
  ${when(
    KIND,
    ofRepresentative,
    select(
      {
        name: 'act.importer',
        label: 'Of a representative: for which taxpayer',
        choices: (holding.matter?.taxpayers ?? []).map(({ id, name }) => ({ value: id, label: name })),
      },
      visit,
    ),
  )}
  ${when(KIND, opensDoor, line({ name: 'agency', label: 'Of an order or request under 6103(i): the agency', hint: 'Several with a semicolon between them.' }, visit))}
  ${when(
    KIND,
    opinion,
    html`${select({ name: 'act.finds', label: 'Of an opinion: what counsel finds', choices: opinions.map((one) => ({ value: one, label: one })) }, visit)}
    ${line({ name: 'act.provision', label: 'Of an opinion: the other provision', hint: 'Such as 6103(c).' }, visit)}`,
  )}
`;

/** An id that no paper of the case has: people choose papers by what they are, and need not think one out. */
const freeId = ({ holding: { papers } }: HeldFile): string => {
  const free = (n: number): string => (papers.has(`paper-${n}`) ? free(n + 1) : `paper-${n}`);
  return free(papers.size + 1);
};

const fields = (visit: Visit, file: HeldFile): Html =>
  html`<div data-script="${href('may-i.js')}">
    ${line({ name: 'act.paper', label: 'Id of the paper', value: freeId(file), hint: 'One that is free; another will do too, of small letters, digits and hyphens.', required: true }, visit)}
    ${select(
      {
        name: KIND,
        label: 'What kind of paper is it?',
        required: true,
        choices: paperKinds.map((kind) => ({ value: kind, label: `${kind}: ${shows[kind]}` })),
      },
      visit,
    )}
    ${line({ name: 'act.of', label: 'Whom is it about?', hint: 'By name: the representative, expert, witness or agency.', required: true }, visit)}
    ${line({ name: 'act.document', label: 'The paper, as one finds it in the file', required: true }, visit)}
    ${line({ name: 'act.from', label: 'In force from', value: visit.when.day, hint: 'The day of a signature, such as 2026-03-16.', required: true, type: 'date' }, visit)}
    ${line({ name: 'act.to', label: 'In force to', hint: 'The last day, where it has one.', type: 'date' }, visit)}
    ${when(KIND, [...ofRepresentative, ...bySigner], yesNo({ name: 'act.attorney?', label: 'Is the representative, or who signed it, an attorney?' }, visit))}
    ${when(KIND, bySigner, signer(visit))} ${forSome(visit, file)}
  </div>`;

/** What a paper lacks is said where it is asked. */
const places: Places = (where) =>
  (
    ({
      paper: ['paper', 'The id'],
      kind: ['kind', 'The kind'],
      of: ['of', 'Whom it is about'],
      document: ['document', 'The paper'],
      from: ['from', 'The first day'],
      to: ['to', 'The last day'],
      signed: ['signed.name', 'Who signed'],
      agencies: ['agency', 'The agency'],
      finds: ['finds', 'What counsel finds'],
      provision: ['provision', 'The other provision'],
    }) as Readonly<Record<string, readonly [string, string]>>
  )[where];

/** The papers on file, and which of them still count. */
export const papersTable = ({ reference, holding }: HeldFile, withdrawing: boolean): Html =>
  table({
    caption: 'What they show, and from when to when',
    rows: [...holding.papers],
    none: 'No paper is on file.',
    columns: [
      { head: 'Paper', cell: ([id]) => id },
      { head: 'Kind', cell: ([, { kind, finds }]) => (finds === undefined ? kind : `${kind}: ${finds}`) },
      { head: 'Of', cell: ([, { of }]) => of },
      { head: 'In force', cell: ([, { from, to }]) => `from ${from}${to === undefined ? '' : ` to ${to}`}` },
      {
        head: 'State',
        cell: ([id, { withdrawn, filed }]) =>
          withdrawn !== undefined
            ? `withdrawn ${withdrawn}`
            : html`filed
              ${filed}${
                withdrawing
                  ? html` <a class="usa-link" href="${caseHref(reference)}/papers/${id}/withdraw"
                      >Withdraw<span class="usa-sr-only"> paper ${id}</span></a
                    >`
                  : ''
              }`,
      },
    ],
  });

const paperOf = ({ params }: Visit): string => params['paper'] ?? '';

export const paperRoutes: readonly Route[] = [
  ...actRoutes<HeldFile>({
    path: '/cases/:case/papers',
    offices: holders,
    need: ['receives', 'counsel'],
    cite: '(f)',
    title: 'File a paper',
    button: 'File the paper',
    about: () => html`
      ${lawOfAct.paper}
      <p>
        A paper shows a capacity, a duty taken on, or what another person has found and signed. What was filed
        stays as it is; a paper that no longer holds is withdrawn.
      </p>
      ${more(
        'What each kind is for',
        html`<dl class="wb-terms">
          ${paperKinds.map(
            (kind) =>
              html`<div>
                <dt>${kind}</dt>
                <dd>${shows[kind]}</dd>
              </div>`,
          )}
        </dl>`,
      )}
    `,
    fields,
    below: (_visit, file) =>
      html`<h2>On file</h2>
        ${papersTable(file, true)}`,
    act: async (visit, { reference }) => {
      const agencies = (visit.form.get('agency') ?? '').split(';').flatMap((one) => one.trim() || []);
      const paper = fieldsOf(visit.form);
      const input = {
        ...paper,
        act: 'file paper',
        case: reference,
        ...(agencies.length === 0 ? {} : { agencies }),
      };
      const { warnings } = await withPlaces(places, () => actAfter(visit.node, orderOf(visit), input));
      return {
        to: caseHref(reference),
        say: saying(`Paper ${visit.form.get('act.paper') ?? ''} is on file.`, warnings),
      };
    },
  }),
  ...actRoutes<HeldFile>({
    path: '/cases/:case/papers/:paper/withdraw',
    offices: holders,
    need: ['receives', 'counsel'],
    cite: '(f)',
    title: 'Withdraw a paper',
    button: 'Withdraw the paper',
    danger: true,
    about: () =>
      html`<p>Nothing rests on a paper from the day on which it is withdrawn. Its record stays.</p>`,
    none: ({ holding }, visit) =>
      holding.papers.get(paperOf(visit))?.withdrawn === undefined && holding.papers.has(paperOf(visit))
        ? undefined
        : 'No such paper is on file, or it was withdrawn before.',
    fields: (visit) => html`
      <p>Paper <strong>${paperOf(visit)}</strong></p>
      ${lines({ name: 'act.reason', label: 'Why does it no longer hold?', required: true }, visit)}
    `,
    act: async (visit, { reference }) => {
      const input = {
        act: 'withdraw paper',
        case: reference,
        paper: paperOf(visit),
        reason: visit.form.get('act.reason'),
      };
      await actAfter(visit.node, orderOf(visit), input);
      return {
        to: caseHref(reference),
        say: `Paper ${paperOf(visit)} is withdrawn; nothing rests on it any more.`,
      };
    },
  }),
];
