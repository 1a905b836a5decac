import { type ActOf, readAct } from '../casework/acts/act.ts';
import type { Receipt } from '../store/types.ts';
import type { Order } from './act.ts';
import { afterwards, heldContent } from './after.ts';
import { actOnCase, customsCase } from './customs.ts';
import type { Node } from './node.ts';
import { recordRefused } from './refusals.ts';

/** For which audit an officer looks; or for what, whole, as the act has it. */
type Purpose =
  | {
      readonly audit: string;
      /** Of a look in a civil judicial matter, (g): at which stage it is. */
      readonly stage?: string;
    }
  | { readonly for: unknown };

/** For what an officer looks, and why the look is necessary. */
export type Look = Purpose & { readonly case: string; readonly because: string };

export interface Opened {
  readonly receipt: Receipt;
  readonly bytes: Uint8Array;
}

const purpose = (look: Look): unknown => {
  if ('for' in look) return look.for;
  const { audit, stage } = look;
  return stage === undefined ? { audit } : { audit, stage, matter: 'civil judicial' };
};

/** Opens one item for its audit: the look is recorded, and only its receipt opens the vault. */
export const openItem = (
  node: Node,
  order: Order,
  look: Look & { readonly item: string },
): Promise<Opened> => {
  const { case: reference, because, item } = look;
  const input = { act: 'open', case: reference, item, because, for: purpose(look) };
  return opened(node, order, reference, async () => ({
    receipt:
      node.office === 'justice'
        ? (await afterwards(node, order, readAct(input) as ActOf<'open'>)).receipt
        : await actOnCase(node, order, input),
    content: await heldContent(node, reference, item),
  }));
};

/** Opens the letter that Customs received: a look at every item that stands in it, each recorded. */
export const openLetter = (node: Node, order: Order, look: Look): Promise<Opened> => {
  const { case: reference, because } = look;
  return opened(node, order, reference, async () => ({
    receipt: await actOnCase(node, order, {
      act: 'open letter',
      case: reference,
      because,
      for: purpose(look),
    }),
    content: (await customsCase(node, reference)).answer?.letter,
  }));
};

const opened = async (
  node: Node,
  order: Order,
  reference: string,
  look: () => Promise<{ readonly receipt: Receipt; readonly content: string | undefined }>,
): Promise<Opened> => {
  const { receipt, content } = await look().catch(async (error: unknown) => {
    await recordRefused(node, order, { kind: 'look-refused', asked: 'open', case: reference }, error);
    throw error;
  });
  return { receipt, bytes: await node.vault.open(receipt, content ?? '') };
};
