import { html } from 'hono/html';
import { readFileSync } from 'node:fs';
import type { Office } from '../../custody/entry.ts';
import { openCheckpoint } from '../../custody/checkpoint.ts';
import { fingerprint } from '../../office/fingerprint.ts';
import { officeNames } from '../../office/init.ts';
import { editionOn, rulebookDigest, sections } from '../../rulebook/rulebook.ts';
import { formatCard } from '../../packet/card.ts';
import { more, table, terms } from '../parts/parts.ts';
import { type Handler, type Route, type Visit, everywhere } from '../route.ts';
import { IDLE, WHOLE } from '../sessions.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Of a folder, only that it is one: where it lies is the operator’s to know. */
const channelWords = (where: string | undefined): string =>
  where === undefined
    ? 'into this node’s outbox, to be carried by hand'
    : where === 'https'
      ? 'by HTTPS with certificates of both offices, to the address on its card'
      : 'into a folder that is carried or shared';

const channels = ({ node, settings }: Visit) =>
  table({
    caption: 'How packets leave',
    rows: (['irs', 'customs', 'justice'] as const).filter((one): one is Office => one !== node.office),
    columns: [
      { head: 'To', cell: (one) => officeNames[one] },
      { head: 'Channel', cell: (one) => channelWords(settings.channels[one]) },
    ],
  });

const logWords = async ({ node }: Visit): Promise<string> => {
  const head = await node.views.head(node.log);
  return head === undefined
    ? 'no entry yet'
    : `${openCheckpoint(head, node.signer(node.log).verifier).size} entries`;
};

const page: Handler = async (visit) => {
  const { node, settings, when } = visit;
  const { card, office } = node;
  const edition = editionOn(sections['l-14'], when.day);
  return {
    title: 'Settings',
    main: html`
      <h2>This office</h2>
      ${terms([
        ['Office', officeNames[office]],
        ['Today, in its calendar', when.day],
        ['Fingerprint of its card', html`<code>${fingerprint(card)}</code>`],
        ['Takes packets at', card.url ?? 'no address: by folder or by hand'],
        [
          'Its card',
          html`<a class="usa-link" href="/settings/office.json">office.json</a>, for the other offices:
            everything in it is public`,
        ],
      ])}
      <h2>Its log</h2>
      ${terms([
        ['Name', card.origin],
        ['Length', await logWords(visit)],
        ['Verifier key', html`<code>${card.vkey}</code>`],
        ['Cosigner key', html`<code>${card.cosigner}</code>`],
        [
          'Served at',
          html`<a class="usa-link" href="/log/checkpoint">/log/checkpoint</a> and /log/tile/…, as C2SP
            tlog-tiles has it; the key at <a class="usa-link" href="/log/vkey">/log/vkey</a>`,
        ],
      ])}
      <h2>The rulebook</h2>
      ${terms([
        ['Section', sections['l-14'].name],
        [
          'Edition in force today',
          edition === undefined ? 'none' : `${edition.id}, from ${edition.from} (${edition.source})`,
        ],
        ['SHA-256 of the rulebook', html`<code>${rulebookDigest()}</code>`],
      ])}
      <h2>Channels</h2>
      ${channels(visit)}
      <h2>Sessions and versions</h2>
      ${terms([
        [
          'Sign-in',
          settings.login.kind === 'demo'
            ? 'a demonstration: nobody’s identity is checked'
            : 'through the agency’s own provider',
        ],
        [
          'A session ends',
          `after ${IDLE / 60_000} minutes without a page, and after ${WHOLE / 3_600_000} hours in any case`,
        ],
        ['Waybill', version],
        ['Node.js', process.versions.node],
      ])}
      ${more('What is not here', html`<p>Keys, passwords and where the database is: they are the operator’s, and no page shows them.</p>`)}
    `,
  };
};

const cardFile: Handler = ({ node }) =>
  new Response(formatCard(node.card), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="office.json"',
    },
  });

const common = { method: 'GET', offices: everywhere, need: 'a title', cite: '(b)(4)' } as const;

export const settingsRoutes: readonly Route[] = [
  { ...common, path: '/settings', handle: page },
  { ...common, path: '/settings/office.json', handle: cardFile },
];
