import { deliver } from '../office/deliver.ts';
import { hasSent } from '../office/again.ts';
import { type Done, actAfter, holdingOf } from '../office/after.ts';
import { answerRecall, forwardRecalls, recallFromIrs, recallOnward } from '../office/onward.ts';
import { unanswered } from '../casework/after/holding.ts';
import { answerWays } from '../casework/after/letters.ts';
import { ProblemError } from '../ground/problem.ts';
import type { Node } from '../office/node.ts';
import { irsState } from '../office/irs.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, sayReceipt, withNode } from './node.ts';
import { say, wrap } from './terminal.ts';

const told = (node: Node, what: string, { receipt, warnings }: Done): void => {
  sayReceipt(node, what, receipt);
  say(warnings.flatMap((words) => wrap(words, '    ', '  ! ')));
};

const plain = (options: NodeOptions, input: Readonly<Record<string, unknown>>, what: string): Promise<Exit> =>
  withNode(options, async (node) => {
    const act = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    told(node, what, await actAfter(node, orderOf(options), act));
    return 0;
  });

export interface PaperOptions extends NodeOptions {
  readonly kind: string;
  readonly of: string;
  readonly document: string;
  readonly from: string;
  readonly to?: string;
  readonly importer?: string;
  readonly attorney?: boolean;
  readonly item?: readonly string[];
  readonly agency?: readonly string[];
  readonly finds?: string;
  readonly provision?: string;
  readonly signedBy?: string;
  readonly signedTitle?: string;
  readonly signedOffice?: string;
}

/** `waybill paper file` */
export const filePaper = (reference: string, paper: string, options: PaperOptions): Promise<Exit> => {
  const { kind, of, document, from, to, importer, attorney, item, agency, finds, provision } = options;
  const { signedBy, signedTitle, signedOffice } = options;
  return plain(
    options,
    {
      act: 'file paper',
      case: reference,
      paper,
      kind,
      of,
      document,
      from,
      to,
      importer,
      attorney: attorney ?? false,
      items: item,
      agencies: agency ?? [],
      finds,
      provision,
      signed:
        signedBy === undefined ? undefined : { name: signedBy, title: signedTitle, office: signedOffice },
    },
    `Paper ${paper} is on file.`,
  );
};

export const withdrawPaper = (reference: string, paper: string, options: NodeOptions & { reason: string }) =>
  plain(
    options,
    { act: 'withdraw paper', case: reference, paper, reason: options.reason },
    `Paper ${paper} is withdrawn; nothing rests on it any more.`,
  );

export interface EngageOptions extends NodeOptions {
  readonly person: string;
  readonly from?: string;
  readonly to?: string;
  readonly document?: string;
  readonly end?: string;
}

/** `waybill engage`: the list of those personally and directly engaged, (g). */
export const engage = (reference: string, options: EngageOptions): Promise<Exit> => {
  const { person, from, to, document, end } = options;
  return end === undefined
    ? plain(
        options,
        { act: 'engage', case: reference, person, from, to, document },
        `${person} is on the list.`,
      )
    : plain(
        options,
        { act: 'disengage', case: reference, person, from, reason: end },
        `${person} is off the list.`,
      );
};

export const auditChanged = (
  reference: string,
  options: NodeOptions & { dropped?: string; initiated?: boolean; determined?: string },
): Promise<Exit> =>
  plain(
    options,
    {
      act: 'audit changed',
      case: reference,
      stage: options.dropped !== undefined ? 'dropped' : options.initiated === true ? 'initiated' : undefined,
      determined: options.determined,
      reason: options.dropped,
    },
    options.dropped === undefined
      ? 'The audit is as recorded now.'
      : 'The audit is dropped: nothing held for it is used any more.',
  );

export const unlock = (
  reference: string,
  options: NodeOptions & { item: readonly string[]; paper: string; reason: string },
): Promise<Exit> =>
  plain(
    options,
    { act: 'unlock', case: reference, items: options.item, paper: options.paper, reason: options.reason },
    'Unlocked.',
  );

/** `waybill end-use`, 6103(p)(4)(F) */
export const endUse = (
  reference: string,
  options: NodeOptions & { item: readonly string[]; way: string; reason: string },
): Promise<Exit> =>
  plain(
    options,
    { act: 'end use', case: reference, items: options.item, way: options.way, reason: options.reason },
    `Use ended: ${options.way}.`,
  );

export const correct = (
  reference: string,
  entry: string,
  options: NodeOptions & { says: readonly string[]; reason: string },
): Promise<Exit> =>
  plain(
    options,
    {
      act: 'correct',
      case: reference,
      seq: /^\d+$/.test(entry) ? Number(entry) : entry,
      says: Object.fromEntries(
        options.says.map((one) => {
          const [field = '', ...rest] = one.split('=');
          return [field, rest.join('=')];
        }),
      ),
      reason: options.reason,
    },
    `Entry ${entry} is restated; the entry itself stays.`,
  );

export interface RecallOptions extends NodeOptions {
  readonly item?: readonly string[];
  readonly reason?: string;
  readonly where?: string;
  readonly list?: boolean;
  readonly forward?: boolean;
}

const listRecalls = async (node: Node, reference: string): Promise<void> => {
  if (node.office === 'irs') {
    const { recalls } = (await irsState(node, reference)).given;
    say(
      [...recalls.values()].flatMap(({ recall, items, on, answers }) => [
        ...wrap(`${recall}, ${on}: ${items.join(', ')}`, '    ', '  '),
        ...answers.flatMap(({ item, holder, how, on: day }) =>
          wrap(`${item}, ${holder}: ${how}, ${day}`, '      ', '    · '),
        ),
      ]),
    );
    return;
  }
  const open = unanswered(await holdingOf(node, reference));
  say(
    open.length === 0
      ? ['  No answer is open.']
      : open.flatMap(({ recall, item, holder }) =>
          wrap(`${recall}: ${item}, to be answered for ${holder}`, '    ', '  '),
        ),
  );
};

/** `waybill recall` */
export const recall = (reference: string, options: RecallOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    if (options.list === true) {
      await listRecalls(node, reference);
      return 0;
    }
    const order = orderOf(options);
    if (options.forward === true) {
      const done = await forwardRecalls(node, order, reference);
      for (const one of done) {
        told(node, 'Justice is told of the recall.', one);
        say([`  ${await deliver(node, 'justice', one.receipt, options.where)}`]);
      }
      if (done.length === 0) say(['  Justice has been told of every recall that concerns it.']);
      return 0;
    }
    const { item: items = [], reason = '' } = options;
    if (node.office === 'irs') {
      const receipt = await recallFromIrs(node, order, { case: reference, items, reason });
      sayReceipt(node, 'Recalled; Customs is told.', receipt);
      say([`  ${await deliver(node, 'customs', receipt, options.where)}`]);
      return 0;
    }
    const done = await recallOnward(node, order, { case: reference, items, reason });
    told(node, 'Recalled.', done);
    if (await hasSent(node, 'justice', done.receipt))
      say([`  ${await deliver(node, 'justice', done.receipt, options.where)}`]);
    return 0;
  });

/** `waybill answer-recall` */
export const answer = (
  reference: string,
  options: NodeOptions & {
    recall: string;
    item: string;
    holder: string;
    how: string;
    reason?: string;
    where?: string;
  },
): Promise<Exit> =>
  withNode(options, async (node) => {
    if (!answerWays.some((way) => way === options.how))
      throw new ProblemError({
        kind: 'usage',
        what: 'A recall is not answered so.',
        where: '--how',
        next: `Write one of: ${answerWays.join(', ')}.`,
      });
    const { recall: id, item, holder, how, reason } = options;
    const done = await answerRecall(node, orderOf(options), {
      case: reference,
      recall: id,
      item,
      holder,
      how,
      ...(reason === undefined ? {} : { reason }),
    });
    told(node, `Answered for ${holder}: ${how}.`, done);
    const up = node.office === 'customs' ? 'irs' : 'customs';
    if (await hasSent(node, up, done.receipt))
      say([`  ${await deliver(node, up, done.receipt, options.where)}`]);
    return 0;
  });
