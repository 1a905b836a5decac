import { textAt, valueAt } from './event.ts';
import { nobody, office, partyOf } from './party.ts';
import {
  type Columns,
  type Reader,
  type Source,
  answered,
  given,
  joined,
  looked,
  plain,
  question,
  received,
  requested,
  said,
  span,
  used,
} from './readers.ts';

const instant = (value: unknown): string =>
  typeof value === 'number'
    ? new Date(value * 1000).toISOString().slice(0, 16) + 'Z'
    : typeof value === 'string'
      ? value
      : '';

const readers: Readonly<Record<string, Reader>> = {
  'request-drafted': plain('case', 'the request drafted'),
  'request-signed': plain('case', 'the request signed', (data) => textAt(data, 'signature', 'capacity')),
  'request-sent': plain('case', 'the request sent to the IRS'),
  'item-requested': requested('by this office', 'requested'),
  'request-withdrawn': plain('case', 'the request withdrawn'),
  'request-received': plain('case', 'the request received'),
  'item-asked': requested('to this office', 'requested of this office'),
  'withdrawal-received': plain('case', 'the withdrawal received'),
  answered: plain('case', 'the answer sent'),
  'item-answered': answered,
  'answer-received': plain('case', 'the answer received'),
  'item-received': received,
  'letter-opened': looked('the IRS’s letter opened'),
  'item-opened': looked('opened'),
  'may-i-answered': question,
  // The question itself has the row that is counted as one.
  'item-asked-about': plain('other', 'asked about, together with other items', (data) =>
    textAt(data, 'verdict'),
  ),
  'item-used': used('used'),
  'item-used-for-6103i': used('used to comply with 6103(i)'),
  'item-disclosed': given('disclosed'),
  'item-referred': given('referred to Justice', office('justice')),
  'referral-received': plain('case', 'the referral received'),
  'item-locked': plain('bar', 'locked: asked for in a criminal matter', (data) => textAt(data, 'door')),
  'item-unlocked': plain('bar', 'unlocked: 6103(i) met', (data) => said('paper', textAt(data, 'paper'))),
  'paper-filed': plain('paper', 'a paper filed', (data) =>
    joined(
      textAt(data, 'kind'),
      said('of', textAt(data, 'of')),
      span(data),
      said('document', textAt(data, 'document')),
    ),
  ),
  'paper-withdrawn': plain('paper', 'a paper withdrawn', (data) => textAt(data, 'paper')),
  'person-engaged': plain('engagement', 'a person engaged, (g)', (data) =>
    joined(textAt(data, 'person'), span(data), said('document', textAt(data, 'document'))),
  ),
  'person-disengaged': plain('engagement', 'a person no longer engaged, (g)', (data) =>
    textAt(data, 'person'),
  ),
  'audit-changed': plain('audit', 'the audit changed', (data) =>
    joined(textAt(data, 'stage'), said('determined', textAt(data, 'determined'))),
  ),
  'recall-made': plain('recall', 'a recall made'),
  'recall-forwarded': plain('recall', 'the recall forwarded'),
  'recall-received': plain('recall', 'a recall received'),
  'item-recalled': plain('recall', 'recalled: locked for every use'),
  'notice-drafted': ({ event: { data } }) => ({
    kind: 'recall',
    act: 'a notice drafted for a further holder',
    to: partyOf(valueAt(data, 'to')),
  }),
  'recall-answered': plain('recall', 'the recall answered', (data) =>
    joined(said('by', textAt(data, 'holder')), textAt(data, 'how')),
  ),
  'use-ended': plain('end of use', 'use ended', (data) => textAt(data, 'way')),
  'incident-reported': plain('incident', 'an incident reported', (data) =>
    said('discovered', instant(valueAt(data, 'discovered'))),
  ),
  'person-added': plain('directory', 'a person entered', (data) => textAt(data, 'name')),
  'title-given': plain('directory', 'a title given', (data) =>
    joined(textAt(data, 'person'), textAt(data, 'title'), span(data)),
  ),
  'title-ended': plain('directory', 'a title ended', (data) =>
    joined(textAt(data, 'person'), textAt(data, 'title'), span(data)),
  ),
  'office-added': plain('packet', 'another office’s card taken in'),
  'packet-sent': plain('packet', 'a packet sent', (data) => textAt(data, 'kind')),
  'packet-received': plain('packet', 'a packet received', (data) => textAt(data, 'kind')),
  'packet-refused': plain('packet', 'a packet refused', (data) => textAt(data, 'why')),
  'look-refused': plain('look', 'a look refused'),
  'door-refused': plain('look', 'an attempt refused', (data) => textAt(data, 'asked')),
  'record-taken': plain('look', 'the record taken away for an inspection', (data) =>
    joined(
      said('case', textAt(data, 'of', 'case')),
      span(valueAt(data, 'of')),
      said('list of files, SHA-256', textAt(data, 'manifest')),
    ),
  ),
  'node-restored': plain('other', 'the node restored from a backup'),
  'entry-corrected': plain('correction', 'an entry corrected'),
};

/** The kinds of events that have columns of their own; any other is listed by its name in words. */
export const knownKinds: readonly string[] = Object.keys(readers);

/** The columns that depend on the kind of event. */
export const columnsOf = (source: Source): Required<Columns> => {
  const { event } = source;
  const blank = { direction: '', from: nobody, to: nobody, why: '', note: '', verdict: '' } as const;
  if (event.data === null || event.kind === '')
    return { ...blank, kind: 'other', act: 'made undisclosable: the entry alone is left' };
  const reader = Object.hasOwn(readers, event.kind) ? readers[event.kind] : undefined;
  return reader === undefined
    ? { ...blank, kind: 'other', act: event.kind.replaceAll('-', ' ') }
    : { ...blank, ...reader(source) };
};
