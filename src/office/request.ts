import { type ActOf, readAct } from '../casework/acts/act.ts';
import type { CustomsState } from '../casework/acts/customs.ts';
import type { OpenDraft } from '../casework/acts/request.ts';
import { type Task, tasksOf } from '../casework/acts/work.ts';
import { ProblemError } from '../ground/problem.ts';
import type { Receipt } from '../store/types.ts';
import type { Order } from './act.ts';
import { noSuchCase, readCase } from './case-file.ts';
import { draftRequest } from './customs.ts';
import type { Node } from './node.ts';

/** A request as Customs has it before it: the draft, its steps, and the version that an act on it is expected to find. */
export interface RequestFile {
  readonly reference: string;
  readonly state: CustomsState;
  readonly draft: OpenDraft;
  readonly tasks: readonly Task[];
  readonly version: number;
}

/** Throws `case-unknown` where nothing was drafted under the reference. */
export const requestFile = async (node: Node, reference: string): Promise<RequestFile> => {
  const file = await readCase(node, reference);
  if (file.office !== 'customs' || file.state.draft === undefined) throw noSuchCase();
  const { state, events } = file;
  const { draft } = file.state;
  const tasks = tasksOf(draft, node.catalogue, node.when().day, state);
  return { reference, state, draft, tasks, version: events.length };
};

/** The steps as they would be with this document in place of the draft: nothing is saved. Throws `usage` where it is malformed. */
export const tasksIf = (
  node: Node,
  { reference, state }: RequestFile,
  document: unknown,
): readonly Task[] => {
  const read = readAct({ act: 'draft', case: reference, document }) as ActOf<'draft'>;
  return tasksOf(read.document, node.catalogue, node.when().day, state);
};

/** Begins a request under a reference of its own. To draft over a request that is there would be to lose it. */
export const beginRequest = async (
  node: Node,
  order: Order,
  said: { readonly reference: string; readonly title?: string; readonly fictional?: boolean },
): Promise<Receipt> => {
  const { reference, title, fictional = false } = said;
  const repeated = order.id !== undefined && (await node.views.receipt('customs', order.id)) !== undefined;
  if (!repeated && (await readCase(node, reference)).events.length > 0)
    throw new ProblemError({
      kind: 'usage',
      what: 'There is a case of this reference already.',
      where: 'document.request.reference',
      cite: '(b)',
      next: 'Open it from the list of cases, or give the new request a reference of its own.',
    });
  return draftRequest(node, { ...order, expect: 0 }, reference, {
    ...(title === undefined ? {} : { title }),
    fictional,
    request: { reference },
  });
};
