import { people } from '../office/act.ts';
import type { Order } from '../office/act.ts';
import { type Visitor, refusalAt, visitorOf } from '../office/door.ts';
import type { Node } from '../office/node.ts';
import { recordRefused } from '../office/refusals.ts';
import { line } from '../casework/text.ts';
import { ProblemError } from '../ground/problem.ts';
import { type Around, type Operation, nameOf } from './operation.ts';

/** Which of several titles a request acts under. What is not ASCII in it is percent-encoded. */
export const TITLE = 'Waybill-Title';

/** Who stands at the door, and under which title he or she came. */
export interface Caller {
  readonly visitor: Visitor;
  readonly order: Order;
}

const noToken = (): ProblemError =>
  new ProblemError({
    kind: 'not-signed-in',
    what: 'The request carries no access token that holds.',
    next: 'Send Authorization: Bearer, with an access token of this office’s provider for this API.',
  });

const notInDirectory = (): ProblemError =>
  new ProblemError({
    kind: 'not-entitled',
    what: 'The directory of this office has no such person.',
    cite: '(b)(4)',
    next: 'Have the person entered by whoever keeps the directory.',
  });

const notHeld = (): ProblemError =>
  new ProblemError({
    kind: 'not-entitled',
    what: 'You do not hold the title chosen today.',
    cite: '(b)(4)',
    next: `Name in ${TITLE} a title that you hold today; where you hold one only, leave it out.`,
  });

const decoded = (header: string): string => {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
};

const chosenTitle = (request: Request): string | undefined => {
  const header = request.headers.get(TITLE);
  return header === null ? undefined : decoded(header);
};

/** Whose request it is. Throws `not-signed-in` where nobody’s. */
export const callerOf = async (node: Node, around: Around, request: Request): Promise<Caller> => {
  const holder = await around.who(request);
  if (holder === undefined) throw noToken();
  const chosen = holder.title ?? chosenTitle(request);
  const visitor = visitorOf(await people(node), holder.person, chosen, node.when().day);
  const { actor, ...untitled } = visitor;
  const isOther = chosen !== undefined && actor?.title !== chosen;
  return {
    // A title that was named and is not held is not quietly replaced by the one that is.
    visitor: isOther ? untitled : visitor,
    order: { person: holder.person, ...(actor === undefined ? {} : { title: actor.title }) },
  };
};

/** Lets in, or throws why not. */
export const letIn = (operation: Operation, { visitor }: Caller, request: Request): void => {
  if (visitor.person === undefined) throw notInDirectory();
  const needsTitle = operation.need !== 'nothing' && operation.need !== 'a person';
  if (needsTitle && visitor.actor === undefined && chosenTitle(request) !== undefined) throw notHeld();
  const refused = refusalAt(operation, visitor);
  if (refused !== undefined) throw refused;
};

/** What somebody may not do is put on record, under the title if there is one. The log of the door has every refusal. */
export const putOnRecord = async (
  node: Node,
  around: Around,
  operation: Operation,
  caller: Caller | undefined,
  params: Readonly<Record<string, string>>,
  error: ProblemError,
): Promise<void> => {
  const asked = nameOf(operation);
  around.log.warn({ asked, kinds: [...new Set(error.problems.map(({ kind }) => kind))] }, 'refused');
  if (caller?.visitor.person === undefined) return;
  const reference = line.safeParse(params['case']);
  await recordRefused(
    node,
    caller.order,
    { kind: 'door-refused', asked, ...(reference.success ? { case: reference.data } : {}) },
    error,
  );
};
