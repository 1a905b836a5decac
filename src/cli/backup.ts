import { backup as backupNode, restore as restoreNode } from '../office/backup.ts';
import { offices } from '../office/gate.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, surroundings, withNode } from './node.ts';
import { readText } from './read-text.ts';
import { say, wrap } from './terminal.ts';

/** `waybill backup` */
export const backup = (dir: string, options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    await backupNode(node, dir);
    say(wrap(`The node is backed up in ${dir}. The master key is not in it: keep that elsewhere.`));
    return 0;
  });

const textOf = (file: string): string =>
  readText(file, 'The head that another office has seen', 'Give the file that its ./waybill seen wrote.');

/** `waybill restore` */
export const restore = async (
  from: string,
  options: NodeOptions & { keyFile?: string; seen?: readonly string[]; without?: readonly string[] },
): Promise<Exit> => {
  const node = await restoreNode(
    {
      from,
      to: options.data,
      ...(options.keyFile === undefined ? {} : { keyFile: options.keyFile }),
      seen: (options.seen ?? []).map(textOf),
      without: offices.filter((office) => options.without?.includes(office)),
    },
    orderOf(options),
    surroundings(),
  );
  await node.close();
  say(wrap(`The node is restored in ${options.data}, and its log says so.`));
  return 0;
};
