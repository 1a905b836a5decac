import { join } from 'node:path';
import { dayAt, readDay } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import { picturesOf } from '../map/pictures.ts';
import { tableLines } from '../map/table.ts';
import { chainOf } from '../office/custody.ts';
import { eventsOf } from '../office/events.ts';
import { type Node, openNode } from '../office/node.ts';
import type { RecordDocument } from '../record/document.ts';
import { type RecordedEvent, officeOfLog } from '../record/event.ts';
import { anomalies } from '../record/inspect/anomalies.ts';
import { anomaliesDocument, sampleDocument } from '../record/inspect/documents.ts';
import { sample as draw } from '../record/inspect/sample.ts';
import { documentLines } from '../record/lines.ts';
import { recordPdf } from '../record/pdf.ts';
import { soundFolder } from '../office/inspect/folder.ts';
import { custodyIn } from '../office/inspect/page.ts';
import type { Exit } from './main.ts';
import { surroundings } from './node.ts';
import { type RecordOptions, dayOf, showBook, written } from './record.ts';
import { say } from './terminal.ts';

/** Where the events come from: the nodes’ data folders, or a folder that an inspector took away. */
export interface From {
  readonly data?: readonly string[];
  readonly folder?: string;
}

export interface InspectOptions extends From {
  readonly n?: string;
  readonly seed?: string;
  readonly pdf?: string;
}

const usage = (what: string, where: string, next: string) =>
  new ProblemError({ kind: 'usage', what, where, next });

const eachNode = async (dirs: readonly string[], use: (node: Node) => Promise<void>): Promise<void> => {
  for (const dir of dirs) {
    const node = await openNode(dir, surroundings());
    try {
      await use(node);
    } finally {
      await node.close();
    }
  }
};

const oneOf = <Given>(
  { data, folder }: From,
  ofNodes: (dirs: readonly string[]) => Given,
  ofFolder: (dir: string) => Given,
): Given => {
  if (folder !== undefined && data === undefined) return ofFolder(folder);
  if (data !== undefined && folder === undefined) return ofNodes(data);
  throw usage(
    'The command does not say whose record it is to read.',
    '--data, --folder',
    'Give the data folders of the offices with --data, or an inspector’s folder with --folder.',
  );
};

/** The events, and the hour as of which they are judged: of a folder, that of its export. */
const eventsFrom = (
  from: From,
): Promise<{ readonly events: readonly RecordedEvent[]; readonly at: number }> =>
  oneOf(
    from,
    async (dirs) => {
      const events: RecordedEvent[] = [];
      await eachNode(dirs, async (node) => {
        events.push(...(await eventsOf(node)));
      });
      return { events, at: Math.floor(Date.now() / 1000) };
    },
    async (dir) => {
      const { manifest, report } = await soundFolder(dir);
      return { events: report.events, at: manifest.at };
    },
  );

export const numberOf = (text: string, where: string): number => {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usage('This is no number.', where, 'Give a number, such as 25.');
};

const shown = async (document: RecordDocument, pdf: string | undefined): Promise<void> => {
  if (pdf === undefined) return say(documentLines(document));
  const today = readDay(new Date().toISOString().slice(0, 10));
  if (today === undefined) throw new TypeError('today is a day');
  written(pdf, await recordPdf(document, { date: today }));
  say([`  wrote ${pdf}`]);
};

/** `waybill sample`: entries drawn by the inspector’s seed, each followed from the request to its end. */
export const sample = async (options: InspectOptions): Promise<Exit> => {
  const drawn = draw((await eventsFrom(options)).events, {
    n: numberOf(options.n ?? '25', '--n'),
    seed: options.seed ?? '',
  });
  await shown(sampleDocument(drawn), options.pdf);
  return drawn.picks.every(({ journey }) => journey.gaps.length === 0) ? 0 : 1;
};

/** `waybill anomalies`: exit 1 where there is one. */
export const anomaliesOf = async (options: InspectOptions): Promise<Exit> => {
  const { events, at } = await eventsFrom(options);
  const found = anomalies(events, { at });
  await shown(anomaliesDocument(found), options.pdf);
  return found.length === 0 ? 0 : 1;
};

type Custody = ReturnType<typeof custodyIn>;

const custodyOfNodes = async (dirs: readonly string[], reference: string): Promise<Custody> => {
  const events: Record<string, readonly RecordedEvent[]> = {};
  const people: typeof events = {};
  await eachNode(dirs, async (node) => {
    events[node.office] = await chainOf(node, reference).catch(() => []);
    people[node.office] = await node.views.stream(node.log, 'people');
  });
  return { events, people };
};

/** `waybill map`: the custody of a case as a picture, with its table, and the timeline of titles. */
export const map = async (
  reference: string,
  options: From & { out?: string; redacted?: boolean },
): Promise<Exit> => {
  const { events, people } = await oneOf(
    options,
    (dirs) => custodyOfNodes(dirs, reference),
    async (dir) => custodyIn((await soundFolder(dir)).report.events, reference),
  );
  if (Object.values(events).every((one) => one.length === 0))
    throw new ProblemError({
      kind: 'not-in-order',
      what: 'None of these offices has a case of this reference.',
      where: reference,
      next: 'Give the reference as the request has it; ./waybill record lists the cases.',
    });
  const drawing = { redacted: options.redacted ?? false };
  const { custody, timeline: lives } = picturesOf(events, people, drawing);
  const { rows, holdings } = custody;
  if (options.out === undefined) {
    say([...tableLines(rows), '', ...tableLines(holdings), '', ...tableLines(lives.table)]);
    return 0;
  }
  for (const [name, content] of [
    ['custody.svg', custody.svg],
    ['custody.txt', `${[...tableLines(rows), '', ...tableLines(holdings)].join('\n')}\n`],
    ['timeline.svg', lives.svg],
    ['timeline.txt', `${tableLines(lives.table).join('\n')}\n`],
  ] as const) {
    written(join(options.out, name), content);
    say([`  wrote ${join(options.out, name)}`]);
  }
  return 0;
};

/** `waybill record --folder`: the books of one office in the folder. */
export const recordOfFolder = async (
  folder: string,
  options: Omit<RecordOptions, 'data'> & { readonly office?: string },
): Promise<Exit> => {
  const { manifest, report } = await soundFolder(folder);
  const [only, ...others] = manifest.offices;
  const office =
    options.office === undefined && others.length === 0 ? only : officeOfLog(options.office ?? '');
  if (office === undefined || !manifest.offices.includes(office))
    throw usage(
      'The folder does not say by itself which office’s record it is to show.',
      '--office',
      `It has ${manifest.offices.join(', ')}.`,
    );
  if (options.complete !== undefined)
    throw usage(
      'A folder has its proofs already.',
      '--complete',
      'Verify it: ./waybill verify; a folder made with --taxpayer shows that the taxpayer’s record is complete.',
    );
  const own = report.events.filter(({ log }) => log === office);
  const keeper = { office, when: () => ({ day: dayAt(manifest.at), at: manifest.at }) };
  return showBook(keeper, () => Promise.resolve(own), options);
};

export interface ExportOptions {
  readonly data: readonly string[];
  readonly out: string;
  readonly case?: string;
  readonly taxpayer?: string;
  readonly from?: string;
  readonly to?: string;
  readonly n?: string;
  readonly seed?: string;
}

/** `waybill inspect export`: what an inspector takes away. */
export const inspectExport = async (options: ExportOptions): Promise<Exit> => {
  const { data, out, case: reference, taxpayer, seed, n } = options;
  const [from, to] = [dayOf(options.from, '--from'), dayOf(options.to, '--to')];
  const { exportInspection } = await import('./inspect-export.ts');
  const asked = {
    ...(reference === undefined ? {} : { case: reference }),
    ...(taxpayer === undefined ? {} : { taxpayer }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(seed === undefined ? {} : { sample: { n: numberOf(n ?? '25', '--n'), seed } }),
  };
  const { manifest, events } = await exportInspection({ ...asked, dirs: data }, out);
  say([
    `The folder is ${out}: ${events} events, each with its proof. Open index.html in it, and verify it: ./waybill verify ${out}`,
    `  SHA-256 of its list of files, to be told by another way: ${manifest}`,
  ]);
  return 0;
};
