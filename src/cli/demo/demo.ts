import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { blocking, checkRequest } from '../../casework/acts/check.ts';
import { readCase } from '../../casework/read.ts';
import type { Case } from '../../casework/schema.ts';
import { ProblemError } from '../../ground/problem.ts';
import { customsCase, draftRequest, sendRequest, signRequest } from '../../office/customs.ts';
import { openItem, openLetter } from '../../office/look.ts';
import { sendHead } from '../../office/heads.ts';
import { irsState, locate, review } from '../../office/irs.ts';
import { offices } from '../../office/gate.ts';
import { receive } from '../../office/receive.ts';
import { release } from '../../office/release.ts';
import { readPacketFile } from '../../packet/packet-file.ts';
import { fileAway } from '../../packet/transport-folder.ts';
import type { Receipt } from '../../store/types.ts';
import type { Exit } from '../main.ts';
import { openOutputs } from '../outputs.ts';
import { documentOf } from '../request.ts';
import { heading, say, wrap } from '../terminal.ts';
import { afterwards } from './afterwards.ts';
import { closing } from './closing.ts';
import { draftUntouched, serving } from './serving.ts';
import { type Narrator, type Nodes, carry, narrator, raise } from './stage.ts';

const example = new URL('../../../examples/harbor-lamp/', import.meta.url).pathname;
const caseFile = join(example, 'case.yaml');
const returns = join(example, 'returns');

/** A file that only a demo writes: without it, a folder is not emptied. */
const MARK = 'demo.json';

const emptied = (dir: string): void => {
  if (existsSync(dir) && !existsSync(join(dir, MARK)))
    throw new ProblemError({
      kind: 'output-refused',
      what: 'The folder is there, and no demo made it.',
      where: dir,
      next: 'Name another folder, or take this one away yourself.',
    });
  rmSync(dir, { recursive: true, force: true });
};

interface Play {
  readonly nodes: Nodes;
  readonly tell: Narrator;
  readonly read: Case;
  readonly reference: string;
}

const JORDAN = { person: 'jordan-vale' };
const CASEY = { person: 'casey-moor' };

/** Customs: draft, check, cure, sign, send. */
const request = async ({ nodes, tell, reference }: Play): Promise<Receipt> => {
  const { customs } = nodes;
  const { document } = documentOf(caseFile);
  tell.step('Customs: Jordan Vale drafts the request, item by item', '(b)(1)–(4)');
  tell.receipt(customs, await draftRequest(customs, JORDAN, reference, document));
  const { draft } = await customsCase(customs, reference);
  const stops =
    draft === undefined ? [] : blocking(checkRequest(draft, customs.catalogue, customs.when().day));
  tell.step('The request is checked by its own words, before anyone signs', '(b), (c)');
  for (const { item = 'the request', cite, law, what } of stops)
    tell.note(`✗ ${item} would come back  [${cite}] ${law === undefined ? what : `“${law}”`}`);
  await tell.refused('Robin Alder, Acting Commissioner, would sign it as it is', () =>
    signRequest(customs, { person: 'robin-alder' }, reference),
  );
  const going = document.items.filter(({ id }) => !stops.some(({ item }) => item === id));
  tell.step(`Jordan Vale takes ${document.items.length - going.length === 1 ? 'it' : 'them'} out`, '(b)');
  tell.receipt(customs, await draftRequest(customs, JORDAN, reference, { ...document, items: going }));
  tell.step('Robin Alder signs, as Acting Commissioner', '(b)');
  tell.receipt(customs, await signRequest(customs, { person: 'robin-alder' }, reference));
  tell.step('Jordan Vale sends it: only its receipt lets the packet leave', '(b)');
  const receipt = await sendRequest(customs, JORDAN, reference);
  tell.receipt(customs, receipt);
  return receipt;
};

const takeIn = async (
  play: Play,
  from: 'irs' | 'customs',
  to: 'irs' | 'customs',
  receipt: Receipt,
  person: string,
) => {
  const { nodes, tell } = play;
  const file = await carry(nodes, from, to, receipt);
  const received = await receive(nodes[to], { person }, await readPacketFile(file));
  await fileAway(dirname(file), basename(file), 'received');
  tell.receipt(nodes[to], received.receipt);
};

/** IRS: records located, findings made by those whose they are. */
const reviewed = async ({ nodes, tell, read, reference }: Play): Promise<void> => {
  const { irs } = nodes;
  const asked = new Set((await irsState(irs, reference)).request?.body.items.map(({ id }) => id));
  const named = (names: readonly string[] | undefined) => names?.filter((id) => asked.has(id));
  tell.step(
    'IRS: Alex Firth locates the record of each item; filer and period come from the return itself',
    '(b)(2), (b)(3)',
  );
  let last: Receipt | undefined;
  for (const item of read.items.filter(({ id }) => asked.has(id))) {
    const record = read.records.find(({ id }) => id === item.record);
    if (record === undefined) continue;
    const { source, taxpayer, period, file } = record;
    last = await locate(
      irs,
      { person: source === 'APA' ? 'sam-torr' : 'alex-firth' },
      {
        case: reference,
        item: item.id,
        source,
        ...(taxpayer === undefined ? {} : { taxpayer }),
        period,
        ...(file === undefined ? {} : { file }),
      },
      returns,
    );
  }
  if (last !== undefined) tell.receipt(irs, last);
  tell.step(
    'The findings that the law leaves to people: each made by the one whose it is, with the reason',
    '(a), (c), (d), (e)',
  );
  for (const { finds, of, answer, stripped, by, reason, counsel } of read.findings) {
    if (by.office !== 'IRS') continue;
    const items = named(of);
    if (items?.length === 0) continue;
    const person = by.name.toLowerCase().replace(' ', '-');
    last = await review(
      irs,
      { person },
      {
        act: 'finding',
        case: reference,
        finds,
        answer,
        counsel,
        reason,
        ...(items === undefined ? {} : { of: items }),
        ...(stripped === undefined ? {} : { stripped }),
      },
    );
  }
  if (last !== undefined) tell.receipt(irs, last);
  tell.note('All of it is in the IRS’s own review log. The log that Customs may read has not moved.');
};

const answered = async ({ nodes, tell, reference }: Play): Promise<Receipt> => {
  const { irs } = nodes;
  tell.step('Drew Haven approves the determinations as they are', '(a)');
  tell.receipt(irs, await review(irs, { person: 'drew-haven' }, { act: 'approve', case: reference }));
  await tell.refused('Drew Haven, who also may send, would release what he approved', () =>
    release(irs, { person: 'drew-haven' }, reference, returns),
  );
  tell.step('Casey Moor releases: everything is decided anew, under the law in force today', '(a)–(e)');
  const receipt = await release(irs, CASEY, reference, returns);
  tell.receipt(irs, receipt);
  for (const { item, outcome } of (await irsState(irs, reference)).release?.items ?? [])
    tell.note(`${outcome === 'disclosed' ? '✓' : '·'} ${item}: ${outcome}`);
  tell.note(
    '“Not disclosed” is all that Customs is told, whether barred by (d) or (e), missing, or elected.',
  );
  return receipt;
};

/** Customs opens what it asked for, in the audit it was asked for. */
const opened = async ({ nodes, tell, reference }: Play, dir: string): Promise<void> => {
  const { customs } = nodes;
  const audit = 'TRA-2026-17';
  const because = 'The workpapers compare these figures entry by entry.';
  await tell.refused('Robin Alder, whose title the request does not designate, would open an item', () =>
    openItem(customs, { person: 'robin-alder' }, { case: reference, item: 'purchases', because, audit }),
  );
  await tell.refused('Jordan Vale would open it for another audit', () =>
    openItem(customs, JORDAN, { case: reference, item: 'purchases', because, audit: 'TRA-2026-31' }),
  );
  tell.step('Jordan Vale opens the letter and the items: each look is recorded first', '(f), 7213A');
  const outputs = openOutputs(join(dir, 'opened'));
  try {
    const letter = await openLetter(customs, JORDAN, { case: reference, because, audit });
    outputs.write('letter.pdf', letter.bytes);
    tell.receipt(customs, letter.receipt);
    for (const [item, { content }] of (await customsCase(customs, reference)).items) {
      if (content === undefined) continue;
      const { receipt, bytes } = await openItem(customs, JORDAN, { case: reference, item, because, audit });
      outputs.write(`${item}.json`, bytes);
      tell.receipt(customs, receipt);
    }
    outputs.publish();
  } finally {
    outputs.discard();
  }
};

/** Offices that have no case together witness one another all the same. */
const witnessed = async ({ nodes, tell }: Play): Promise<void> => {
  const senders = { irs: 'casey-moor', customs: 'jordan-vale', justice: 'toni-brook' } as const;
  tell.step('The offices show one another their heads, and cosign them', '');
  for (const from of offices)
    for (const to of offices) {
      if (from === to) continue;
      const receipt = await sendHead(nodes[from], { person: senders[from] }, to);
      const file = await carry(nodes, from, to, receipt);
      await receive(nodes[to], { person: senders[to] }, await readPacketFile(file));
      await fileAway(dirname(file), basename(file), 'received');
    }
};

/** `waybill demo`: a whole fictional case through three nodes in one process. The nodes' data stay in `keep`. */
export const demo = async (options: { keep: string; serve?: boolean }): Promise<Exit> => {
  const { keep, serve = false } = options;
  emptied(keep);
  const read = readCase(readFileSync(caseFile, 'utf8'), caseFile);
  const reference = read.request?.reference ?? '';
  const tell = narrator();
  say([heading('A whole case, from letter to receipt. Every person, company and number is fictional.'), '']);
  tell.step('Three offices, each with its own node: people, database, keys, logs', '(b), (j)');
  const nodes = await raise(keep, () => ({ now: Date.now }));
  writeFileSync(join(keep, MARK), '{"waybill":"demo/1"}\n');
  const play: Play = { nodes, tell, read, reference };
  try {
    const sent = await request(play);
    tell.step('IRS: Casey Moor receives it: signatures, title, receipt and log head are checked', '(b)');
    await takeIn(play, 'customs', 'irs', sent, 'casey-moor');
    await reviewed(play);
    const answer = await answered(play);
    tell.step('Customs: Jordan Vale receives the answer into the vault', '(b)(4), 6103(p)(4)(A)');
    await takeIn(play, 'irs', 'customs', answer, 'jordan-vale');
    await opened(play, keep);
    await afterwards(play);
    await witnessed(play);
    const exit = await closing(nodes, tell, keep, reference);
    if (serve) {
      await draftUntouched(nodes, caseFile);
      await serving(nodes, keep, returns);
    }
    return exit;
  } finally {
    await Promise.all(offices.map((office) => nodes[office].close()));
    say(wrap(''));
  }
};
