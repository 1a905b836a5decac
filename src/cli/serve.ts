import { once } from 'node:events';
import { ProblemError } from '../ground/problem.ts';
import { serveNode } from '../office/serve.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, withNode } from './node.ts';
import { say } from './terminal.ts';

const portOf = (given: string | undefined, where: string): number => {
  if (given === undefined) return 0;
  const port = Number(given);
  if (/^\d{1,5}$/.test(given) && port < 65536) return port;
  throw new ProblemError({
    kind: 'usage',
    what: 'This is no port.',
    where,
    next: 'Give a number up to 65535; leave it out, and a free one is taken.',
  });
};

/** `waybill serve`: until it is told to stop (SIGINT, SIGTERM); what is under way is finished first. */
export const serve = (options: NodeOptions & { port?: string; logPort?: string }): Promise<Exit> =>
  withNode(options, async (node) => {
    const served = await serveNode(node, orderOf(options), {
      packets: portOf(options.port, '--port'),
      log: portOf(options.logPort, '--log-port'),
    });
    say([
      `Packets for the office ${node.office}: ${served.packets} (mutual TLS)`,
      `Its log: ${served.log}checkpoint`,
      'Stop with Ctrl-C.',
    ]);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await served.close();
    return 0;
  });
