import { type ActOf, readAct } from '../casework/acts/act.ts';
import type { Happened, Stamp } from '../casework/acts/events.ts';
import { type Actor, actorOn, foldPeople } from '../casework/acts/people.ts';
import type { Answer } from '../casework/after/answer.ts';
import { type AfterEvent, bareOf } from '../casework/after/events.ts';
import { foldHolding } from '../casework/after/evolve.ts';
import type { Holding } from '../casework/after/holding.ts';
import { mayI } from '../casework/after/may-i.ts';
import type { Question } from '../casework/after/question.ts';
import { day as dayOf } from '../ground/dates.ts';
import { ProblemError } from '../ground/problem.ts';
import type { StoredEvent } from '../store/types.ts';
import { type Order, movedOn, people } from './act.ts';
import { type Done, afterwards, heldPlace, holderOf, holdingOf } from './after.ts';
import type { Node } from './node.ts';
import { refer } from './refer.ts';

export interface Asked {
  readonly answer: Answer;
  readonly done: Done;
  /** Whether items went to Justice: the receipt lets their packet leave. */
  readonly referral: boolean;
}

type Input = Readonly<Record<string, unknown>> & { readonly case: string };

/** A referral looks at each item before it, so the version is asked here, before the looks move the case on. */
const checkVersion = async (node: Node, reference: string, expect: number | undefined): Promise<void> => {
  if (expect === undefined) return;
  const now = (await node.views.stream(node.log, heldPlace(node, reference).stream)).length;
  if (now !== expect) throw movedOn({ expected: expect, now });
};

const referNow = async (node: Node, order: Order, input: Input): Promise<Done> => {
  const { expect, ...rest } = order;
  const before = order.id === undefined ? undefined : await node.views.receipt(node.log, order.id);
  if (before === undefined) await checkVersion(node, input.case, expect);
  return refer(node, rest, input);
};

/** May I? The question is recorded whatever the answer, and done where it says `do` and is permitted. */
export const askMayI = async (node: Node, order: Order, input: Input): Promise<Asked> => {
  const read = readAct({ act: 'may i', ...input }) as ActOf<'may i'>;
  const when = node.when();
  const actor = actorOn(await people(node), order.person, order.title, when.day);
  // Asked first without a trace: a referral needs its packet made before it is recorded.
  const asked = mayI(await holdingOf(node, read.case), read, actor, { ...when, catalogue: node.catalogue });
  const referral =
    read.do !== undefined && asked.hop.id === 'customs-to-justice' && asked.verdict === 'permitted';
  const done = referral ? await referNow(node, order, input) : await afterwards(node, order, read);
  return { answer: done.answer ?? asked, done, referral: referral && done.refused === undefined };
};

/** A question of before, with its answer as it was given. */
export interface Given {
  readonly by: Stamp['by'];
  readonly on: string;
  readonly question: Question;
  readonly answer: Answer;
  /** Whether what was asked for was also done. */
  readonly done: boolean;
  /** The case as it stands now, for what is asked on from here. */
  readonly version: number;
}

type Told = NonNullable<Extract<AfterEvent, { kind: 'may-i-answered' }>['data']>;

/** Who asked, as the directory was when the question was put. */
const askedBy = async (node: Node, { seq }: StoredEvent, { by, on }: Told): Promise<Actor> => {
  const directory = (await node.views.stream(node.log, 'people')).filter((one) => one.seq < seq);
  return actorOn(foldPeople(directory), by.id, by.title, on);
};

const heldThen = (node: Node, before: readonly Happened[]): Holding => foldHolding(holderOf(node), before);

const noSuch = (): ProblemError =>
  new ProblemError({
    kind: 'item-unknown',
    what: 'This case has no such question on record.',
    next: 'Ask it: May I?',
  });

/**
 * The answer to a question on record: asked once more, without a trace, of the case as it was then. To show it records
 * nothing and asks nothing. Throws `item-unknown` where the case has no such question.
 */
export const answerGiven = async (node: Node, reference: string, act: string): Promise<Given> => {
  const events = await node.views.stream(node.log, heldPlace(node, reference).stream);
  const at = events.findIndex((one) => one.act === act && one.kind === 'may-i-answered');
  const event = events[at];
  if (event === undefined || event.data === null) throw noSuch();
  const told = event.data as unknown as Told;
  const { by, on, proposal, findings, deed, again } = told;
  const question: Question = {
    proposal,
    findings,
    again: again !== undefined,
    ...bareOf({ do: deed, reason: again }),
  };
  const answer = mayI(heldThen(node, events.slice(0, at)), question, await askedBy(node, event, told), {
    day: dayOf(on),
    at: told.at,
    catalogue: node.catalogue,
  });
  const done = events.some((one) => one.act === act && /^item-(used|disclosed|referred)/.test(one.kind));
  return { by, on, question, answer, done, version: events.length };
};
