import { html, raw } from 'hono/html';
import { caseFile } from '../../office/case-file.ts';
import { type Hop as Verified, hopsOfCase } from '../../office/chain.ts';
import { officeNames } from '../../office/init.ts';
import { casePictures } from '../../office/pictures.ts';
import { sentenceOf } from '../../packet/refusal.ts';
import { caseHref } from '../parts/cases.ts';
import { nothing, state, table } from '../parts/parts.ts';
import { type Handler, type Html, type Route, type Visit, holders } from '../route.ts';
import { trailTo } from './acts/act-page.ts';
import { custodyTwin, holdingsTwin, timelineTwin } from './custody-tables.ts';
import { recallsIn } from './custody-recall.ts';

const ours = { irs: 'the IRS', customs: 'Customs', justice: 'Justice' } as const;

const isRedacted = ({ query }: Visit): boolean => query.get('redacted') === '1';
const referenceOf = ({ params }: Visit): string => params['case'] ?? '';

const verifiedWords = ({ why, by, cosigned }: Verified): string =>
  why === undefined
    ? `By the log of ${by.map((one) => officeNames[one]).join(' and of ')}${cosigned.length === 0 ? '' : `, its head cosigned by ${cosigned.map((one) => officeNames[one]).join(' and ')}`}.`
    : sentenceOf(why).what;

/** The way of the items to this office. The IRS gave them, and has none. */
const wayHere = (hops: readonly Verified[]): Html =>
  hops.length === 0
    ? nothing
    : html`<h2>The way here</h2>
        <p>
          Each step was verified just now, from the receipts of the offices’ logs that came with the packets.
        </p>
        ${table({
          caption: 'Steps by which the items came',
          rows: hops,
          columns: [
            { head: 'Step', cell: ({ link: { kind, from, to } }) => `${kind}, ${from} to ${to}` },
            { head: 'Day', cell: ({ link }) => link.on },
            {
              head: 'Packet',
              cell: ({ link }) => html`<code>${link.packet.slice(0, 12)}…</code>`,
            },
            {
              head: 'Verified',
              cell: (hop) =>
                html`${hop.why === undefined ? state('met', 'verified') : state('not met', 'not verified')}<br />${verifiedWords(hop)}`,
            },
          ],
        })}`;

/** A picture is markup of our own making, in which every text is escaped. */
const picture = (name: string, svg: string, save: string, file: string): Html => html`
  <div class="wb-picture" role="region" tabindex="0" aria-label="${name}">${raw(svg)}</div>
  <p>
    <a class="usa-link" href="${save}" download="${file}">Save the ${name.toLowerCase()} as a picture</a>
    (SVG). The table says the same.
  </p>
`;

const custody: Handler = async (visit) => {
  const { node } = visit;
  const reference = referenceOf(visit);
  const redacted = isRedacted(visit);
  const [file, hops] = [await caseFile(node, reference), await hopsOfCase(node, reference)];
  const { chain, custody, timeline } = await casePictures(node, reference, { redacted });
  const at = `${caseHref(reference)}/custody`;
  const search = redacted ? '?redacted=1' : '';
  const recalls = recallsIn(visit, file, chain);
  return {
    title: redacted ? 'Custody, without names' : 'Custody',
    trail: trailTo(reference),
    main: html`
      <p>
        Case <strong>${reference}</strong>: who had what, from whom, under which paragraph, and when, as
        ${ours[node.office]} has recorded it and as came with its packets. What another office has recorded
        since is not asked here.
      </p>
      <p>
        ${
          redacted
            ? html`Names of people and companies are left out, so that it can be shown to others.
                <a class="usa-link" href="${at}">Show the names</a>`
            : html`<a class="usa-link" href="${at}?redacted=1">Leave out the names</a>, to show it to others.`
        }
      </p>
      ${redacted ? nothing : wayHere(hops)}
      <h2>Custody map</h2>
      ${picture('Custody map', custody.svg, `${at}.svg${search}`, 'custody.svg')}
      ${custodyTwin(custody.rows, recalls.ofRow)} ${holdingsTwin(custody.holdings, recalls.ofHolding)}
      <h2>Timeline</h2>
      ${picture('Timeline', timeline.svg, `${at}/timeline.svg${search}`, 'timeline.svg')}
      ${timelineTwin(timeline.table)}
    `,
  };
};

const svgOf =
  (which: 'custody' | 'timeline'): Handler =>
  async (visit) => {
    const pictures = await casePictures(visit.node, referenceOf(visit), { redacted: isRedacted(visit) });
    return new Response(pictures[which].svg, { headers: { 'Content-Type': 'image/svg+xml' } });
  };

const route = (path: string, handle: Handler): readonly Route[] => {
  const shared = { method: 'GET', path, cite: '26 USC 6103(p)(4)(A)', handle } as const;
  return [
    // At the IRS the picture shows what was answered, which tells of (d) and (e) whoever knows the rest.
    { ...shared, offices: ['irs'], need: ['approves', 'sends', 'inspects'] },
    { ...shared, offices: holders, need: 'a title' },
  ];
};

export const custodyRoutes: readonly Route[] = [
  ...route('/cases/:case/custody', custody),
  ...route('/cases/:case/custody.svg', svgOf('custody')),
  ...route('/cases/:case/custody/timeline.svg', svgOf('timeline')),
];
