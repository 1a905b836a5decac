import { html } from 'hono/html';
import { eventsWatched } from '../../../office/events.ts';
import type { Node } from '../../../office/node.ts';
import { type OwnReport, verifyOwn } from '../../../office/verify-own.ts';
import { officeNames } from '../../../office/init.ts';
import type { RecordDocument } from '../../../record/document.ts';
import type { RecordedEvent } from '../../../record/event.ts';
import { anomalies } from '../../../record/inspect/anomalies.ts';
import { anomaliesDocument, sampleDocument } from '../../../record/inspect/documents.ts';
import { sample } from '../../../record/inspect/sample.ts';
import type { Plan } from '../../jobs.ts';
import { actForm, line } from '../../parts/fields.ts';
import { alert, nothing, problems, terms } from '../../parts/parts.ts';
import { type Handler, type Html, type Route, type Visit, everywhere } from '../../route.ts';
import { begin } from '../jobs.ts';
import { documentPage } from './document.ts';
import { deskTrail, numberIn, pdfFile, readers } from './read.ts';

const whole = ({ findings, unlisted }: OwnReport): Html =>
  findings.length === 0
    ? alert(
        'success',
        'The log is whole',
        html`Every entry is the one that was signed, and none is missing or out of its place.`,
      )
    : alert(
        'error',
        'The log is not whole',
        html`<ul>
            ${findings.map(({ what, where, next }) => html`<li>${where === undefined ? '' : html`<code>${where}</code>: `}${what} <strong>Next:</strong> ${next}</li>`)}
          </ul>
          ${unlisted === 0 ? nothing : html`<p>And ${unlisted} more places are wrong.</p>`}`,
      );

const report = (found: OwnReport, { log, card }: Node): Html => html`
  ${whole(found)}
  ${terms([
    ['Log', html`<code>${found.head.origin}</code>`],
    ['Entries', found.head.size.toLocaleString('en-US')],
    ['Root', html`<code>${Buffer.from(found.head.root).toString('base64')}</code>`],
    ['Key', html`<code>${card.vkey}</code>`],
    [
      'Held against heads that others cosigned',
      found.held.length === 0
        ? 'none: no other office has acknowledged a packet yet'
        : `${found.goesOnFrom} of ${found.held.length}, cosigned by ${found.held.map((one) => officeNames[one]).join(' and ')}`,
    ],
  ])}
  <p>
    This office has verified itself. Who does not trust it takes the log away and verifies it on a machine of
    their own, with the key from the office’s card and the heads that the other offices hold.
    ${log === 'irs' ? 'The log of the review is not read here, nor shown to anyone outside it.' : ''}
  </p>
`;

const verifyPlan = (node: Node): Plan => ({
  title: 'Verify the log',
  unit: 'entries',
  trail: deskTrail,
  work: async (watch) => {
    const found = await verifyOwn(node, watch);
    return { show: () => report(found, node) };
  },
});

/** A document made of all events of this office. */
const documentPlan = (
  node: Node,
  title: string,
  name: string,
  make: (events: readonly RecordedEvent[]) => RecordDocument,
): Plan => ({
  title,
  unit: 'parts of the log',
  trail: deskTrail,
  work: async (watch) => {
    const document = make(await eventsWatched(node, watch));
    return {
      files: pdfFile(`${name}-${node.office}`, document, node.when().at),
      show: (visit, address) => documentPage(document, visit, address),
    };
  },
});

const MOST = 1000;

const samplePlan = ({ node, form }: Visit): Plan => {
  const n = numberIn(form, 'n', { from: 1, to: MOST });
  const seed = form.get('act.seed') ?? '';
  return documentPlan(node, 'Sample of the record', 'sample', (events) =>
    sampleDocument(sample(events, { n, seed })),
  );
};

const anomaliesPlan = ({ node }: Visit): Plan =>
  documentPlan(node, 'Anomalies in the record', 'anomalies', (events) =>
    anomaliesDocument(anomalies(events, { at: node.when().at })),
  );

interface Check {
  readonly path: string;
  readonly title: string;
  readonly button: string;
  readonly about: Html;
  readonly fields?: (visit: Visit) => Html;
  readonly plan: (visit: Visit) => Plan;
}

const checks: readonly Check[] = [
  {
    path: '/desk/verify',
    title: 'Verify the log',
    button: 'Verify',
    about: html`<p>
      Reads the whole log of this office from its first entry to its newest signed head: that every entry is
      the one that was signed, that none is missing, and that the log goes on from the heads which the other
      offices have cosigned.
    </p>`,
    plan: ({ node }) => verifyPlan(node),
  },
  {
    path: '/desk/sample',
    title: 'Sample of the record',
    button: 'Draw and follow',
    about: html`<p>
      Entries drawn by your own words, so that the office cannot choose which. Each is followed from its
      request to its end, as far as this office knows it; what another office should have is for that office’s
      desk, or for a folder of all three.
    </p>`,
    fields: (visit) => html`
      ${line({ name: 'act.n', label: 'How many', required: true, value: '25', hint: `From 1 to ${MOST}.` }, visit)}
      ${line({ name: 'act.seed', label: 'Your words', required: true, hint: 'Any words. The same words draw the same entries again; no taxpayer’s name or number.' }, visit)}
    `,
    plan: samplePlan,
  },
  {
    path: '/desk/anomalies',
    title: 'Anomalies in the record',
    button: 'Look for them',
    about: html`<p>
      What should be asked about: a title used after it lapsed, a look with no use, a use outside the audit’s
      entries, a recall not answered, clocks that drift, a packet that one side alone has on record. Each is a
      question to the office, not a finding.
    </p>`,
    plan: anomaliesPlan,
  },
];

const routesOf = ({ path, title, button, about, fields, plan }: Check): readonly Route[] => {
  const show: Handler = (visit) => ({
    title,
    trail: deskTrail,
    main: html`
      ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)} ${about}
      ${actForm({ action: path, seal: visit.seal, button, body: fields?.(visit) ?? nothing })}
    `,
  });
  const handle: Handler = (visit) => begin(visit, plan(visit));
  const common = { path, offices: everywhere, need: readers, cite: '26 USC 6103(p)(4)' };
  return [
    { ...common, method: 'GET', handle: show },
    { ...common, method: 'POST', handle, again: show },
  ];
};

export const checkRoutes: readonly Route[] = checks.flatMap(routesOf);
