import { html } from 'hono/html';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dayAt } from '../../../ground/dates.ts';
import type { Order } from '../../../office/act.ts';
import { type ExportAsked, type Exported, exportOf } from '../../../office/inspect/export.ts';
import { pathsIn } from '../../../office/inspect/folder.ts';
import { recordTaken } from '../../../office/inspect/taken.ts';
import type { Node } from '../../../office/node.ts';
import { inPrivateFolder } from '../../../office/private-folder.ts';
import type { Watch } from '../../../office/watch.ts';
import { MANIFEST } from '../../../record/inspect/folder.ts';
import type { Receipt } from '../../../store/types.ts';
import type { Plan } from '../../jobs.ts';
import { actForm, line } from '../../parts/fields.ts';
import { cite, notice, nothing, problems, terms } from '../../parts/parts.ts';
import { type Handler, type Html, type Route, type Visit, everywhere, orderOf } from '../../route.ts';
import { type Zipped, zipOf } from '../../zip.ts';
import { begin } from '../jobs.ts';
import { deskTrail, numberIn } from './read.ts';
import { scopeFields, scopeIn } from './scope.ts';

const TITLE = 'The record, to take away';
const MOST = 1000;

type Taking = Omit<ExportAsked, 'taxpayer'>;

const askedIn = ({ form }: Visit): Taking => {
  const seed = form.get('act.seed');
  const scope = scopeIn(form);
  return seed === undefined
    ? scope
    : { ...scope, sample: { n: numberIn(form, 'n', { from: 1, to: MOST }), seed } };
};

/** The files of a folder below its name, told of one after the other. */
async function* filesOf(dir: string, name: string, { at, signal }: Watch): AsyncGenerator<Zipped> {
  const paths = [MANIFEST, ...pathsIn(dir)];
  for (const [n, path] of paths.entries()) {
    signal.throwIfAborted();
    at(n, paths.length);
    yield { name: `${name}/${path}`, bytes: await readFile(join(dir, path)) };
  }
}

interface Taken extends Exported {
  readonly receipt: Receipt;
  readonly zip: Uint8Array;
}

/** Writing and verifying, then packing: so much of the whole, in percent. */
const WRITING = 80;

const part = ({ at, signal }: Watch, from: number, to: number): Watch => ({
  signal,
  at: (done, total) => at(from + Math.floor(((to - from) * done) / Math.max(1, total)), 100),
});

/** Written, verified and packed in a folder that nobody else can read; recorded; and only then handed out. */
const take = (node: Node, order: Order, asked: Taking, name: string, watch: Watch): Promise<Taken> =>
  inPrivateFolder(node, async (folder) => {
    const dir = join(folder, name);
    const exported = await exportOf([node], asked, dir, part(watch, 0, WRITING));
    const files = filesOf(dir, name, part(watch, WRITING, 100));
    const zip = await zipOf(files, { at: node.when().at });
    watch.signal.throwIfAborted();
    return { ...exported, zip, receipt: await recordTaken(node, order, asked, exported) };
  });

const verified = (name: string): Html => html`
  <h2>Open it, and verify it</h2>
  <ol>
    <li>
      Unpack the file on a machine of your own. The folder in it is the whole desk, without this site: open
      <code>index.html</code> in any browser, with no account, network or script.
    </li>
    <li>
      The page proves nothing by itself. With a copy of Waybill from elsewhere,
      <code>./waybill verify ${name}</code> holds every event against the signed log, and makes the page again
      to compare it. Compare the key that it names with the one on this office’s card.
    </li>
    <li>
      Hold the digest above against the one that it prints, and against the one that the record at this desk
      shows for your taking: then it is this folder, and no other, that was taken away.
    </li>
  </ol>
`;

const result = (name: string, { receipt, manifest, events }: Taken): Html => html`
  ${notice(
    'warning',
    html`It names taxpayers, with their numbers, and holds officers’ own words. Keep it as you keep federal
    tax information. No content of any item is in it.`,
  )}
  ${terms([
    ['SHA-256 of its list of files', html`<code>${manifest}</code>`],
    ['Events in it', events.toLocaleString('en-US')],
    [
      'On record',
      html`${cite('6103(p)(4)(A)')} That you took it away is entry ${receipt.first} of this office’s log, with
      the digest. The folder was made before that entry, and does not hold it.`,
    ],
  ])}
  ${verified(name)}
`;

const plan = (visit: Visit): Plan => {
  const { node } = visit;
  const asked = askedIn(visit);
  // Asked twice, it is taken twice: each folder has its own hour, and so its own entry.
  const { id: _id, ...order } = orderOf(visit);
  const name = `inspection-${node.office}-${dayAt(node.when().at)}`;
  return {
    title: TITLE,
    unit: 'parts of the work',
    trail: deskTrail,
    work: async (watch) => {
      const { zip, ...taken } = await take(node, order, asked, name, watch);
      return {
        files: { [`${name}.zip`]: { type: 'application/zip', bytes: () => zip } },
        show: () => result(name, { zip, ...taken }),
      };
    },
  };
};

const show: Handler = (visit) => ({
  title: TITLE,
  trail: deskTrail,
  main: html`
    ${visit.problem === undefined ? nothing : problems(visit.problem, visit, true)}
    <p>
      An inspector need not believe this site. What is asked for here is written into one file to save: the
      log, each event with its proof, and a page to read, which together are verified on the inspector’s own
      machine. Cases come whole.
    </p>
    ${notice(
      'warning',
      html`It will name taxpayers, with their numbers. That you take it away is recorded, with your name and
      title, and what it is of.`,
    )}
    ${actForm({
      action: '/desk/take',
      seal: visit.seal,
      button: 'Make the file, and record that you take it',
      body: html`
        ${scopeFields(visit)}
        ${line({ name: 'act.seed', label: 'Your words, for a sample', hint: 'Any words: by them entries are drawn, and followed to their end, on the page in the folder. No taxpayer’s name or number.' }, visit)}
        ${line({ name: 'act.n', label: 'How many entries in the sample', value: '25', hint: `From 1 to ${MOST}.` }, visit)}
      `,
    })}
  `,
});

const common = {
  path: '/desk/take',
  offices: everywhere,
  need: ['inspects'],
  cite: '26 USC 6103(p)(4)(A)',
} as const;

export const takeRoutes: readonly Route[] = [
  { ...common, method: 'GET', handle: show },
  { ...common, method: 'POST', handle: (visit) => begin(visit, plan(visit)), again: show },
];
