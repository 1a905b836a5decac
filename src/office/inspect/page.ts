import { readFileSync } from 'node:fs';
import { picturesOf } from '../../map/pictures.ts';
import { type RecordedEvent, caseOfEvent } from '../../record/event.ts';
import { anomalies } from '../../record/inspect/anomalies.ts';
import { anomaliesDocument, sampleDocument } from '../../record/inspect/documents.ts';
import type { Manifest } from '../../record/inspect/folder.ts';
import type { FolderReport } from '../../record/inspect/folder-verify.ts';
import { type CaseShown, inspectionPage } from '../../record/inspect/page.ts';
import { sample } from '../../record/inspect/sample.ts';
import { recordDocument } from '../../record/record-document.ts';
import { recordOf } from '../../record/record.ts';

/** Pictures in one page; a browser draws no more in good time. */
const MOST_CASES = 20;

/** A case’s events by office, as `waybill map` reads them off the nodes, and each office’s directory. */
export const custodyIn = (events: readonly RecordedEvent[], reference: string) => {
  const by: Record<string, readonly RecordedEvent[]> = {};
  const people: typeof by = {};
  for (const office of new Set(events.map(({ log }) => log))) {
    const own = events.filter(({ log }) => log === office);
    by[office] = own
      .filter(
        ({ stream, case: of }) =>
          stream === `case/${reference}` || (of === reference && stream.startsWith('exchange/')),
      )
      .sort((a, b) => a.time - b.time || a.seq - b.seq);
    people[office] = own.filter(({ stream }) => stream === 'people');
  }
  return { events: by, people };
};

const shownCase = (all: readonly RecordedEvent[], reference: string, n: number): CaseShown => {
  const { events, people } = custodyIn(all, reference);
  const { custody, timeline } = picturesOf(events, people, { id: `-${n}` });
  return {
    reference,
    pictures: [
      { name: `Custody map of ${reference}`, svg: custody.svg, twins: [custody.rows, custody.holdings] },
      { name: `Timeline of ${reference}`, svg: timeline.svg, twins: [timeline.table] },
    ],
  };
};

/** The version of the program that is running: a page is compared only with one that the same program makes. */
export const programVersion = (): string => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

const scopeOf = ({ scope }: Pick<Manifest, 'scope'>, taxpayer: string | undefined) => ({
  ...(scope.case === undefined ? {} : { case: scope.case }),
  ...(scope.from === undefined ? {} : { from: scope.from }),
  ...(scope.to === undefined ? {} : { to: scope.to }),
  ...(taxpayer === undefined ? {} : { taxpayer }),
});

/** The page of a folder: made of what was verified and nothing else, so that anyone can make it again and compare. */
export const pageOf = (
  manifest: Omit<Manifest, 'files'>,
  { offices, packets, events }: FolderReport,
): string => {
  const { at, sample: asked } = manifest;
  const cases = [...new Set(events.map((event) => caseOfEvent(event)).filter((one) => one !== ''))].sort();
  return inspectionPage({
    manifest,
    report: { offices, packets, events, findings: [] },
    records: offices.map(({ office, taxpayer }) =>
      recordDocument(recordOf(office, events, scopeOf(manifest, taxpayer))),
    ),
    sample: asked === undefined ? undefined : sampleDocument(sample(events, asked)),
    anomalies: anomaliesDocument(anomalies(events, { at })),
    cases: cases.slice(0, MOST_CASES).map((reference, n) => shownCase(events, reference, n + 1)),
    moreCases: Math.max(0, cases.length - MOST_CASES),
  });
};
