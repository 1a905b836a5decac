import { once } from 'node:events';
import { join } from 'node:path';
import type { Office } from '../../custody/entry.ts';
import { draftRequest } from '../../office/customs.ts';
import { offices } from '../../office/gate.ts';
import { officeNames } from '../../office/init.ts';
import { people } from '../../office/act.ts';
import { inForce } from '../../casework/acts/people.ts';
import { operatorLog } from '../../web/log.ts';
import { demoLogin } from '../../web/login/demo.ts';
import type { DemoPerson } from '../../web/login/login.ts';
import { documentOf } from '../request.ts';
import { type ServedSite, serveSite } from '../sites.ts';
import { heading, say, wrap } from '../terminal.ts';
import type { Nodes } from './stage.ts';

/** Where each office’s site of the demo is: after the number of the section of the Code. */
export const ports: Readonly<Record<Office, number>> = { irs: 6103, customs: 6104, justice: 6105 };
const OPERATOR = 10;

/** A case that nobody has worked on yet, for whoever wants to do all of it on screen. */
const UNTOUCHED = 'CBP-2026-0152';

export const draftUntouched = async ({ customs }: Nodes, caseFile: string): Promise<void> => {
  const { document } = documentOf(caseFile);
  await draftRequest(customs, { person: 'jordan-vale' }, UNTOUCHED, {
    ...document,
    title: `${document.title}, to be done on screen`,
    request: { ...document.request, reference: UNTOUCHED },
  });
};

/** The people of an office’s directory who hold a title today; the demo lets anyone be any of them. */
const peopleOf = async (nodes: Nodes, office: Office): Promise<DemoPerson[]> => {
  const { day } = nodes[office].when();
  return [...(await people(nodes[office])).values()].flatMap(({ id, name, titles }) => {
    const held = titles.filter((one) => inForce(one, day)).map(({ title }) => title);
    return held.length === 0 ? [] : [{ id, name, title: held.join(', or ') }];
  });
};

const open = async (nodes: Nodes, office: Office, keep: string, returns: string): Promise<ServedSite> => {
  const others = offices.filter((one) => one !== office);
  const log = operatorLog({ write: (line) => void process.stderr.write(quiet(line)) });
  return serveSite(nodes[office], {
    port: ports[office],
    operatorPort: ports[office] + OPERATOR,
    login: async () => demoLogin({ hostname: '127.0.0.1', people: await peopleOf(nodes, office) }),
    channels: Object.fromEntries(others.map((one) => [one, join(keep, one, 'inbox')])),
    log,
    now: Date.now,
    ...(office === 'irs' ? { returns } : {}),
  });
};

/** In a terminal, only what went wrong. */
const quiet = (line: string): string => ((JSON.parse(line) as { level: number }).level < 50 ? '' : line);

/** Serves the three offices until it is told to stop; what is under way is finished first. */
export const serving = async (nodes: Nodes, keep: string, returns: string): Promise<void> => {
  const sites: [Office, ServedSite][] = [];
  try {
    for (const office of offices) sites.push([office, await open(nodes, office, keep, returns)]);
    say([
      '',
      heading('The three offices are open in the browser:'),
      ...sites.map(([office, { url }]) => `  ${officeNames[office].padEnd(8)} ${url}`),
      ...wrap(
        `Sign in as whom you like: a demo checks nobody. The case ${UNTOUCHED} is untouched: draft, sign and send it at Customs, and go on.`,
        '  ',
      ),
      '  Stop with Ctrl-C.',
    ]);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await Promise.all(sites.map(([, site]) => site.close()));
  }
};
