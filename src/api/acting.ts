import type { z } from 'zod';
import type { ActName } from '../casework/acts/act.ts';
import type { Office } from '../custody/entry.ts';
import { ProblemError } from '../ground/problem.ts';
import type { Done } from '../office/after.ts';
import { hasSent } from '../office/again.ts';
import { deliver } from '../office/deliver.ts';
import { offices } from '../office/gate.ts';
import type { Receipt } from '../store/types.ts';
import { bodyOf } from './body.ts';
import { detailsOf } from './details.ts';
import type { Call, Operation, Reply } from './operation.ts';
import { receiptShape } from './shapes.ts';

/** What an act of a door is given: its own fields, and the case where it is of one. */
export type Input = Readonly<Record<string, unknown>> & { readonly case: string };

type Doer = (call: Call, input: Input) => Promise<Receipt | Done>;

/** One line of the table of acts; the path and the name of the operation follow from the act’s. */
export interface Act extends Pick<Operation, 'offices' | 'need' | 'cite' | 'summary'> {
  readonly act: ActName;
  /** Fields that the office makes itself. */
  readonly without?: readonly string[];
  /** Where the body is not simply the act’s own. */
  readonly body?: z.ZodObject;
  readonly answer?: z.ZodType;
  /** Whether a packet may go out with it. */
  readonly sends?: boolean;
  readonly does: Doer | { readonly replies: (call: Call, input: Input) => Promise<Reply> };
}

type Way = 'https' | 'folder';

export interface Sent {
  readonly to: Office;
  readonly by: Way;
}

/** The receipt as it is told: the act’s digest stays here. */
export const receiptJson = ({ log, first, count, checkpoint, repeated }: Receipt) => ({
  log,
  first,
  count,
  checkpoint,
  repeated,
});

const isDone = (made: Receipt | Done): made is Done => 'receipt' in made;

/** Carries the packets that an act has recorded, by the channels of this office. */
export const sendPackets = async ({ node, around }: Call, receipt: Receipt): Promise<readonly Sent[]> => {
  const sent: Sent[] = [];
  for (const to of offices) {
    if (to === node.office || !(await hasSent(node, to, receipt))) continue;
    const where = around.channels[to];
    await deliver(node, to, receipt, where);
    sent.push({ to, by: where === 'https' ? 'https' : 'folder' });
  }
  return sent;
};

/**
 * What is answered to an act that is on record. Where its packet could not be delivered, that is an error with the receipt in it:
 * the same request, with the same key, delivers it.
 */
export const recorded = async (
  call: Call,
  receipt: Receipt,
  body: (told: ReturnType<typeof receiptJson> & { readonly sent?: readonly Sent[] }) => unknown,
): Promise<Reply> => {
  const told = receiptJson(receipt);
  try {
    const sent = await sendPackets(call, receipt);
    return { body: body(sent.length === 0 ? told : { ...told, sent }) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { status, body: problem } = detailsOf(error);
    return { status: status >= 500 ? status : 502, body: { ...problem, receipt: told } };
  }
};

const reply = async (call: Call, made: Receipt | Done, sends: boolean): Promise<Reply> => {
  const [receipt, warnings] = isDone(made) ? [made.receipt, made.warnings] : [made, []];
  const body = (told: object) => (warnings.length === 0 ? told : { ...told, warnings });
  return sends ? recorded(call, receipt, body) : { body: body(receiptJson(receipt)) };
};

const kebab = (name: string): string => name.replaceAll(' ', '-');

/** The operation of an act, below a path: `/cases/{case}/acts/finding`. */
export const operationOf =
  (below: string) =>
  ({ act, without, body, answer = receiptShape, sends = false, does, ...line }: Act): Operation => ({
    ...line,
    id: below.startsWith('/cases/') ? kebab(act) : kebab(`${below.split('/')[1] ?? ''} ${act}`),
    method: 'post',
    path: `${below}/${kebab(act)}`,
    acts: true,
    body: body ?? bodyOf(act, without),
    answer,
    handle: async (call) => {
      const input = { ...call.body, case: call.params['case'] ?? '' };
      return 'replies' in does ? does.replies(call, input) : reply(call, await does(call, input), sends);
    },
  });
