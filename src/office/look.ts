import { type ActOf, readAct } from '../casework/acts/act.ts';
import { stamp } from '../casework/acts/events.ts';
import { ProblemError } from '../ground/problem.ts';
import type { Receipt } from '../store/types.ts';
import { type Order, act } from './act.ts';
import { afterwards, heldContent } from './after.ts';
import { actOnCase, customsCase } from './customs.ts';
import type { Node } from './node.ts';

/** For which audit an officer looks, and why the look is necessary. */
export interface Look {
  readonly case: string;
  readonly because: string;
  readonly audit: string;
  /** Of a look in a civil judicial matter, (g): at which stage it is. */
  readonly stage?: string;
}

export interface Opened {
  readonly receipt: Receipt;
  readonly bytes: Uint8Array;
}

const purpose = ({ audit, stage }: Look) =>
  stage === undefined ? { audit } : { audit, stage, matter: 'civil judicial' };

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
    if (error instanceof ProblemError) await recordRefused(node, order, reference, error);
    throw error;
  });
  return { receipt, bytes: await node.vault.open(receipt, content ?? '') };
};

/** Looking without right is an offence (26 USC 7213A), and so an attempt is recorded: who, in which case, and by which paragraph refused. */
const recordRefused = async (
  node: Node,
  { person, title }: Order,
  reference: string,
  { problems }: ProblemError,
): Promise<void> => {
  const refused = problems.filter(({ kind }) => kind === 'not-entitled');
  if (refused.length === 0) return;
  const place = { log: node.log, stream: 'gate' } as const;
  await act(node, title === undefined ? { person } : { person, title }, {
    log: node.log,
    asked: { refused: 'look', case: reference },
    reads: [place],
    decide: (_read, actor, when) => ({
      events: [
        {
          stream: place.stream,
          kind: 'look-refused',
          cite: refused[0]?.cite ?? '',
          case: reference,
          data: { ...stamp(actor, when), cites: refused.flatMap(({ cite }) => cite ?? []) },
        },
      ],
    }),
    // Who is nobody here, or holds no title today, has no act to be recorded under.
  }).catch((error: unknown) => {
    if (!(error instanceof ProblemError)) throw error;
  });
};
