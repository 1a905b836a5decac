import { accountText } from '../record/record.ts';
import type { StoredEvent, Views } from '../store/types.ts';
import { exchangeStream } from './exchange.ts';
import { offices } from './gate.ts';
import { INSPECTIONS } from './inspect/taken.ts';
import { LOOKS } from './look-again.ts';
import type { Node } from './node.ts';
import { type Watch, unwatched } from './watch.ts';

/** The streams beside the cases that an office’s record is made from: what crossed, was refused, taken away or looked at, and the directory. */
const beside = [...offices.map(exchangeStream), 'gate', 'people', 'incidents', INSPECTIONS, LOOKS];

const isRecorded = ({ stream }: StoredEvent): boolean =>
  stream.startsWith('case/') || beside.includes(stream);

interface Readable {
  readonly views: Pick<Views, 'firsts' | 'stream'>;
  readonly log: Node['log'];
}

/** What `eventsOf` gives, read while somebody waits for it: progress in streams. */
export const eventsWatched = async (
  { views, log }: Readable,
  { at, signal }: Watch,
): Promise<readonly StoredEvent[]> => {
  const cases = (await views.firsts(log, 'case/')).map(({ stream }) => stream);
  const streams = [...cases, ...beside];
  const all: StoredEvent[] = [];
  for (const [n, stream] of streams.entries()) {
    signal.throwIfAborted();
    at(n, streams.length);
    for (const event of await views.stream(log, stream)) all.push(event);
  }
  return all.sort((a, b) => a.seq - b.seq);
};

/** The events of every case of the office's own log, and of what crossed: what its record is made from. Not the review's. */
export const eventsOf = (node: Readable): Promise<readonly StoredEvent[]> => eventsWatched(node, unwatched);

/** One taxpayer’s part of it. */
export interface TaxpayerEvents {
  /** The whole of each case in which the taxpayer has an act: what tells its acts, and what `recordOf` needs of the office. */
  readonly events: readonly StoredEvent[];
  /** Numbers of the taxpayer’s own entries. */
  readonly own: readonly number[];
}

/** Reads by the taxpayer's account, and no case of anyone else: as long as one taxpayer's record is, and not as the log. */
export const eventsOfTaxpayer = async (
  { views, log }: { readonly views: Pick<Views, 'streamsOf'>; readonly log: Node['log'] },
  taxpayer: string,
): Promise<TaxpayerEvents> => {
  const { own, events } = await views.streamsOf(log, accountText(taxpayer));
  return { own, events: events.filter(isRecorded) };
};
