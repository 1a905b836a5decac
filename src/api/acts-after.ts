import { z } from 'zod';
import { type ActName, actSchemas } from '../casework/acts/act.ts';
import { questionShape } from '../casework/after/question.ts';
import { actAfter } from '../office/after.ts';
import { type Opened, openItem, openLetter } from '../office/look.ts';
import { askMayI } from '../office/may-i.ts';
import { answerRecall, forwardRecalls, recallFromIrs, recallOnward } from '../office/onward.ts';
import type { Receipt } from '../store/types.ts';
import { type Act, type Input, operationOf, receiptJson, recorded, sendPackets } from './acting.ts';
import { detailsOf } from './details.ts';
import { type Call, type Operation, type Reply, holders } from './operation.ts';
import { requireVersion, withoutVersion } from './order.ts';
import { answerShape, letterShape, openedShape, receiptsShape } from './shapes.ts';

/** Every act after the answer: look, ask, use, pass on, recall, end. */

const FTI = 'Federal Tax Information';

const after = (
  act: ActName,
  line: Pick<Act, 'need' | 'cite' | 'summary'> & Partial<Pick<Act, 'offices'>>,
): Act => ({
  act,
  offices: holders,
  does: ({ node, order }, input) => actAfter(node, order, { act, ...input }),
  ...line,
});

const lookOf = (input: Input) => {
  const { because, for: purpose } = input;
  return { case: input.case, because: String(because), for: purpose };
};

const opening =
  (open: (call: Call, input: Input) => Promise<Opened>, content: (bytes: Buffer) => object) =>
  async (call: Call, input: Input): Promise<Reply> => {
    const { receipt, bytes } = await open(call, input);
    return { body: { receipt: receiptJson(receipt), label: FTI, ...content(Buffer.from(bytes)) } };
  };

const openOne = (line: Pick<Act, 'offices' | 'need' | 'cite'>): Act => ({
  ...line,
  act: 'open',
  summary: 'Opens an item for its audit: the look is recorded first, and only its receipt opens the vault.',
  answer: openedShape,
  does: {
    replies: opening(
      ({ node, order }, input) => openItem(node, order, { ...lookOf(input), item: String(input['item']) }),
      (bytes) => ({ content: JSON.parse(bytes.toString('utf8')) as unknown }),
    ),
  },
});

const looks: readonly Act[] = [
  openOne({ offices: ['customs'], need: ['receives'], cite: '(f)' }),
  openOne({ offices: ['justice'], need: ['receives', 'counsel'], cite: '(g)' }),
  {
    act: 'open letter',
    offices: ['customs'],
    need: ['receives'],
    cite: '(f)',
    summary: 'Opens the letter of the answer: a look at every item that stands in it.',
    answer: letterShape,
    does: {
      replies: opening(
        ({ node, order }, input) => openLetter(node, order, lookOf(input)),
        (bytes) => ({ media: 'application/pdf', base64: bytes.toString('base64') }),
      ),
    },
  },
];

/** The packet of a referral is the office’s to make. */
const question = z.strictObject({
  ...questionShape,
  do: questionShape.do.unwrap().omit({ packet: true, jws: true }).optional(),
});

/**
 * A question is answered whatever the answer is. To ask for something to be done that may not be is refused; the question is on
 * record by then, and is not recorded as an attempt once more.
 */
const asking = async (call: Call, input: Input): Promise<Reply> => {
  const { answer, done, referral } = await askMayI(call.node, call.order, input);
  const { events: _recorded, refused: _told, ...told } = answer;
  if (done.refused === undefined) {
    const body = (receipt: object) => ({ receipt, done: input['do'] !== undefined, answer: told });
    return referral ? recorded(call, done.receipt, body) : { body: body(receiptJson(done.receipt)) };
  }
  const { status, body } = detailsOf(done.refused, { body: question });
  return { status, body: { ...body, receipt: receiptJson(done.receipt), answer: told } };
};

const forwarding = async (call: Call, input: Input): Promise<Reply> => {
  await requireVersion(call.node, input.case, call.order);
  const receipts = [];
  for (const { receipt } of await forwardRecalls(call.node, call.order, input.case))
    receipts.push({ ...receiptJson(receipt), sent: await sendPackets(call, receipt) });
  return { body: { receipts } };
};

type Recalled = Input & { readonly items: readonly string[]; readonly reason: string };

const recalling = (line: Pick<Act, 'offices' | 'need' | 'does'>): Act => ({
  ...line,
  act: 'recall',
  cite: '(j)',
  summary: 'Recalls what was disclosed in error; whoever has it is told.',
  sends: true,
  without: ['recall'],
});

const recallAtIrs = async ({ node, order }: Call, input: Input): Promise<Receipt> => {
  // It goes by the log that Customs reads; the version that a person sees is the review’s.
  await requireVersion(node, input.case, order);
  return recallFromIrs(node, withoutVersion(order), input as Recalled);
};

const anyHolder = ['receives', 'counsel', 'sends'] as const;

const onward: readonly Act[] = [
  {
    act: 'may i',
    offices: holders,
    need: 'a title',
    cite: '(j)',
    summary:
      'May I? The question is recorded whatever the answer; with `do`, it is done where it is permitted.',
    body: question,
    answer: answerShape,
    does: { replies: asking },
  },
  recalling({ offices: ['irs'], need: ['approves', 'sends'], does: recallAtIrs }),
  recalling({
    offices: holders,
    need: anyHolder,
    does: ({ node, order }, input) => recallOnward(node, order, input as Recalled),
  }),
  {
    act: 'forward recall',
    offices: ['customs'],
    need: anyHolder,
    cite: '(j)',
    summary: 'Tells Justice of every recall that concerns it and of which it has not been told.',
    without: ['recall'],
    answer: receiptsShape,
    does: { replies: forwarding },
  },
  {
    act: 'answer recall',
    offices: holders,
    need: anyHolder,
    cite: '(j)',
    summary: 'Says what became of a recalled item, here or at one to whom it was given.',
    sends: true,
    does: ({ node, order }, input) => answerRecall(node, order, input),
  },
];

const audit = {
  cite: '(j)',
  summary: 'Says what has become of the audit: initiated, determined, dropped.',
} as const;

const kept: readonly Act[] = [
  after('file paper', {
    need: ['receives', 'counsel'],
    cite: '(f)',
    summary: 'Puts a paper on file that shows a capacity or a duty.',
  }),
  after('withdraw paper', {
    need: ['receives', 'counsel'],
    cite: '(f)',
    summary: 'Withdraws a paper: nothing rests on it any more.',
  }),
  after('engage', {
    offices: ['justice'],
    need: ['counsel'],
    cite: '(g)',
    summary: 'Puts a person on the list of those personally and directly engaged.',
  }),
  after('disengage', {
    offices: ['justice'],
    need: ['counsel'],
    cite: '(g)',
    summary: 'Takes a person off that list.',
  }),
  after('audit changed', {
    ...audit,
    offices: ['customs'],
    need: ['receives', 'counsel', 'drafts requests'],
  }),
  after('audit changed', { ...audit, offices: ['justice'], need: ['receives', 'counsel'] }),
  after('unlock', {
    need: ['counsel'],
    cite: '(i)',
    summary: 'Unlocks items that a criminal matter locked, on counsel’s opinion.',
  }),
  after('end use', {
    need: anyHolder,
    cite: '26 USC 6103(p)(4)(F)',
    summary: 'Ends the use of items: returned, made undisclosable, or kept under the safeguards.',
  }),
  after('report incident', {
    need: 'a title',
    cite: '26 USC 6103(p)(4)',
    summary: 'Reports an improper look or disclosure in a case: the 24-hour clock runs.',
  }),
  after('correct', {
    need: anyHolder,
    cite: '26 USC 6103(p)(4)(A)',
    summary: 'Restates a wrong entry by a correcting one; the entry itself stays.',
  }),
];

/** Acts that come about otherwise: by a packet in the inbox, or by the founding of an office. */
const elsewhere: readonly ActName[] = [
  'open directory',
  'receive request',
  'receive withdrawal',
  'receive answer',
  'receive referral',
  'receive recall',
  'receive recall answer',
];

/** Every act that a door may give. */
export const givenAtDoors: readonly ActName[] = actSchemas
  .map(({ shape }) => shape.act.value)
  .filter((name) => !elsewhere.includes(name));

export const actsAfter: readonly Operation[] = [...looks, ...onward, ...kept].map(
  operationOf('/cases/{case}/acts'),
);
