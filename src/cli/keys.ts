import { dropOld, rotate } from '../office/rotate.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, surroundings } from './node.ts';
import { say, wrap } from './terminal.ts';

/** `waybill keys rotate` */
export const rotateKeys = async (options: NodeOptions): Promise<Exit> => {
  const { master, dataKeys, privateKeys } = await rotate(options.data, surroundings());
  say(
    wrap(
      `Master key ${master} now wraps everything: ${dataKeys} data keys and ${privateKeys} private keys were wrapped anew. Keep a copy of it elsewhere. Start every other process of this node anew, then: ./waybill keys drop`,
    ),
  );
  return 0;
};

/** `waybill keys drop` */
export const dropKeys = async (options: NodeOptions): Promise<Exit> => {
  const { master } = await dropOld(options.data, surroundings());
  say(wrap(`Only master key ${master} is needed from now on.`));
  return 0;
};
