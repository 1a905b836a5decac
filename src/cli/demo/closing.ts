import { readFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseVkey } from '../../custody/vkey.ts';
import { verifyLog } from '../../custody/verify.ts';
import type { Office } from '../../custody/entry.ts';
import { exchangeWith } from '../../office/exchange.ts';
import { chainOf } from '../../office/custody.ts';
import { offices } from '../../office/gate.ts';
import { eventsOf } from '../../office/events.ts';
import { anomalies } from '../../record/inspect/anomalies.ts';
import { sample } from '../../record/inspect/sample.ts';
import { recordOf } from '../../record/record.ts';
import { exportLog } from '../../store/export.ts';
import type { LogId } from '../../store/types.ts';
import type { Exit } from '../main.ts';
import { say, styled } from '../terminal.ts';
import type { Narrator, Nodes } from './stage.ts';

/** The heads of an office's log that the other two have seen and cosigned: what they would hold against a rewritten one. */
const heldByOthers = async (nodes: Nodes, of: Office): Promise<string[]> => {
  const heads: string[] = [];
  for (const other of offices) {
    const seen = other === of ? undefined : (await exchangeWith(nodes[other], of)).seen;
    if (seen !== undefined) heads.push(seen);
  }
  return heads;
};

const verified = async (nodes: Nodes, office: Office, log: LogId, dir: string): Promise<boolean> => {
  const node = nodes[office];
  await exportLog(node.views, log, dir, node.signer(log).verifier);
  const { head, findings, goesOnFrom } = await verifyLog(
    (path) => readFile(join(dir, path)).catch(() => undefined),
    {
      log: node.signer(log).verifier,
      witnesses: offices.filter((one) => one !== office).map((one) => parseVkey(nodes[one].card.cosigner)),
      known: log === node.log ? await heldByOthers(nodes, office) : [],
    },
  );
  const whole = findings.length === 0;
  const others = goesOnFrom === 0 ? '' : `, goes on from ${goesOnFrom} heads that the others hold`;
  say([
    `    ${whole ? styled('green', '✓') : styled('red', '✗')} ${log}: ${head.size} entries ${whole ? 'whole' : 'NOT whole'}${others}`,
  ]);
  return whole;
};

/** Exports and verifies every log, leaves one exhibit, and says where everything is. */
export const closing = async (
  nodes: Nodes,
  tell: Narrator,
  keep: string,
  reference: string,
): Promise<Exit> => {
  tell.step('Every log is exported and verified, offline');
  let whole = true;
  for (const office of offices)
    for (const log of nodes[office].logs)
      whole = (await verified(nodes, office, log, join(keep, 'logs', log))) && whole;
  const answer = (await chainOf(nodes.irs, reference)).find(({ kind }) => kind === 'answered');
  if (answer !== undefined) {
    const text = await nodes.irs.views.exhibit('irs', answer.seq, ['kind', 'cite', 'packet']);
    writeFileSync(join(keep, 'logs', 'irs', 'answered.tlog-proof'), text);
  }
  tell.step('The record, and the inspector’s desk', '6103(p)(4)(A)');
  const events = (await Promise.all(offices.map((office) => eventsOf(nodes[office])))).flat();
  const { rows } = recordOf('customs', events);
  const drawn = sample(events, { n: 10, seed: 'demo' });
  const odd = anomalies(events, { at: nodes.irs.when().at });
  const gaps = drawn.picks.flatMap(({ journey }) => journey.gaps).length;
  tell.note(
    `Customs’ record has ${rows.length} rows. Of ${drawn.population} entries that name an item, ${drawn.picks.length} were drawn and followed from the request to their end: ${gaps} gaps. Anomalies: ${odd.length}.`,
  );
  say([
    '',
    `The nodes’ data, the logs, and what Customs opened are in ${keep}. Go on from here:`,
    `  ./waybill custody ${reference} --data ${keep}/irs`,
    `  ./waybill review ${reference} --data ${keep}/irs --as drew-haven`,
    `  ./waybill people --data ${keep}/customs`,
    `  ./waybill record --data ${keep}/customs`,
    `  ./waybill map ${reference} --data ${keep}/irs ${keep}/customs ${keep}/justice --out ${keep}/map`,
    `  ./waybill verify ${keep}/logs/customs`,
    `  ./waybill verify ${keep}/logs/irs/answered.tlog-proof`,
  ]);
  return whole ? 0 : 1;
};
