import { stamp } from '../casework/acts/events.ts';
import { notInOrder, requireDuty } from '../casework/acts/problems.ts';
import { answerBodySchema } from '../casework/acts/answer.ts';
import { text } from '../casework/text.ts';
import { ProblemError } from '../ground/problem.ts';
import type { PacketJws } from '../packet/sign.ts';
import { textAt } from '../record/event.ts';
import type { StoredEvent } from '../store/types.ts';
import { type Order, act } from './act.ts';
import { exchangeStream } from './exchange.ts';
import type { Opened } from './look.ts';
import type { Node } from './node.ts';
import { recordRefused } from './refusals.ts';

/** Where it is recorded who at the IRS looked again at what was answered; a case has in its own streams what was done to it. */
export const LOOKS = 'looks';

export interface LookAgain {
  readonly case: string;
  /** Why the look is needed for the officer's work. */
  readonly because: string;
}

const sentAnswer = async ({ views }: Node, reference: string): Promise<StoredEvent> => {
  const sent = (await views.stream('irs', exchangeStream('customs'))).findLast(
    (one) => one.kind === 'packet-sent' && one.case === reference && textAt(one.data, 'kind') === 'answer',
  );
  if (sent !== undefined) return sent;
  throw notInOrder({
    what: 'No answer has left in this case, so there is no letter.',
    cite: '(a)',
    next: 'Release the answer first.',
    way: 'review',
  });
};

const bodyIn = (jws: Uint8Array) => {
  const { payload } = JSON.parse(Buffer.from(jws).toString('utf8')) as PacketJws;
  const { body } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { body: unknown };
  return answerBodySchema.parse(body);
};

const becauseOf = (typed: string): string => {
  const read = text.safeParse(typed);
  if (read.success) return read.data;
  throw new ProblemError({
    kind: 'usage',
    what: 'It is not said why the letters are needed.',
    where: 'because',
    next: 'Say in your own words for what work you need them; it stays on record with your name.',
  });
};

/**
 * Opens the letter that the IRS sent with an answer, for who answers for what leaves it. A look at what is in it: recorded
 * first (26 USC 6103(h)(1), 7213A), in the log that the IRS's record is made from, and only the receipt opens the vault.
 */
export const openSentLetter = async (
  node: Node,
  order: Order,
  { case: reference, because }: LookAgain,
): Promise<Opened> => {
  const place = { log: node.log, stream: LOOKS } as const;
  const why = becauseOf(because);
  const sent = await sentAnswer(node, reference);
  const content = textAt(sent.data, 'content');
  const receipt = await act(node, order, {
    log: node.log,
    asked: { act: 'open sent letter', case: reference, because: why },
    reads: [place],
    decide: (_read, actor, when) => {
      requireDuty(actor, when.day, 'sends', 'approves');
      return {
        events: [
          {
            stream: LOOKS,
            kind: 'letter-opened',
            cite: '6103(h)(1)',
            case: reference,
            ...(sent.packet === undefined ? {} : { packet: sent.packet }),
            data: { ...stamp(actor, when), because: why, content },
          },
        ],
      };
    },
  }).catch(async (error: unknown) => {
    await recordRefused(
      node,
      order,
      { kind: 'look-refused', asked: 'open sent letter', case: reference },
      error,
    );
    throw error;
  });
  const { letter } = bodyIn(await node.vault.open(receipt, content));
  if (letter === undefined)
    throw notInOrder({
      what: 'The answer left without a letter.',
      next: 'What was answered stands on the page of the case.',
    });
  return { receipt, bytes: Buffer.from(letter, 'base64') };
};
