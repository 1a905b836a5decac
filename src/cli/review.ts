import { determineCase, irsStage, type IrsState } from '../casework/acts/irs.ts';
import type { Actor } from '../casework/acts/people.ts';
import type { Duty } from '../casework/acts/duties.ts';
import type { FindingName } from '../casework/schema.ts';
import { nameOf, periodOf } from '../casework/items.ts';
import { ProblemError } from '../ground/problem.ts';
import { actorOn } from '../casework/acts/people.ts';
import { people } from '../office/act.ts';
import { deliver } from '../office/deliver.ts';
import { irsState, locate, review } from '../office/irs.ts';
import type { Node } from '../office/node.ts';
import { release } from '../office/release.ts';
import type { Receipt } from '../store/types.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, receiptLines, sayReceipt, withNode } from './node.ts';
import { heading, say, styled, wrap } from './terminal.ts';

const onlyIrs = (node: Node): void => {
  if (node.office !== 'irs')
    throw new ProblemError({
      kind: 'not-entitled',
      what: 'Only the IRS reviews a request.',
      cite: '(a)',
      next: 'Give the data folder of the IRS’s node.',
    });
};

const requestOf = (state: IrsState, reference: string) => {
  if (state.request !== undefined) return state.request;
  throw new ProblemError({
    kind: 'not-in-order',
    what: 'No request of this reference has been received.',
    where: reference,
    cite: '(b)',
    next: 'Look at ./waybill inbox, and receive it: ./waybill receive',
  });
};

const marks = { permitted: ['green', '✓'], refused: ['red', '✗'], undetermined: ['yellow', '?'] } as const;

const groundOf: Readonly<Partial<Record<FindingName, string>>> = {
  treaty: '(d)',
  'identifies informant': '(e)',
  'seriously impairs': '(e)',
};

/**
 * Whether a title is shown what stands under a paragraph. What (d) and (e) rest on is return information, or would warn the
 * person investigated: it is for whoever finds it, and for those who answer for the release.
 */
const isShown = ({ duties }: Actor, cite: string | undefined): boolean => {
  if (cite !== undefined && cite.startsWith('(d)')) return may(duties, 'finds (d)');
  return cite === undefined || !cite.startsWith('(e)') || may(duties, 'finds (e)');
};

const may = (duties: readonly Duty[], finds: Duty): boolean =>
  duties.some((duty) => duty === finds || duty === 'approves' || duty === 'sends');

const NOT_SHOWN = 'a ground that is not shown under this title';

const boardLines = (node: Node, state: IrsState, actor: Actor): string[] => {
  const now = { ...node.when(), catalogue: node.catalogue };
  const { decided, outcomes } = determineCase(state, actor, now);
  const { body } = requestOf(state, '');
  return body.items.flatMap((item, n) => {
    const decision = decided.decisions.find((one) => one.item === item.id);
    const review = state.items.get(item.id);
    if (decision === undefined) return [];
    const { verdict, failed } = decision.determination;
    const [colour, mark] = marks[verdict];
    const { form, line, caption } = nameOf(node.catalogue, item);
    const period = periodOf(item);
    const record = review?.record;
    return [
      ...wrap(
        `${item.id} — form ${form}${line === '' ? '' : `, line ${line}`}: ${caption}`,
        '       ',
        `  ${String(n + 1).padStart(2)}. `,
      ).map(heading),
      ...wrap(
        `${body.taxpayers.find(({ id }) => id === item.taxpayer)?.name ?? 'no taxpayer'}${period === undefined ? '' : `, ${period.from} to ${period.to}`}`,
        '      ',
      ),
      ...wrap(
        `${styled(colour, `${mark} ${verdict}`)}${review?.elected === true ? ', and the IRS elects not to disclose it' : ''}; outward: ${outcomes[n]?.outcome ?? ''}`,
        '        ',
        '      ',
      ),
      ...wrap(
        record === undefined
          ? 'record: not looked for'
          : record === 'none'
            ? 'record: none'
            : `record: ${isShown(actor, '(d)') ? record.source : 'located'}`,
        '      ',
      ),
      ...[...(review?.findings ?? [])]
        .filter(([finds]) => isShown(actor, groundOf[finds]))
        .flatMap(([finds, found]) =>
          wrap(`${finds}: ${String(found.answer)}, ${found.by.name}, ${found.on}`, '        ', '      · '),
        ),
      ...failed.flatMap(({ law, cite }) =>
        wrap(`not met: ${isShown(actor, cite) ? `“${law}”  [${cite}]` : NOT_SHOWN}`, '        ', '      ✗ '),
      ),
      ...(failed.length > 0
        ? []
        : decision.ask.flatMap(({ question, ask, rules: [rule] }) =>
            wrap(isShown(actor, rule?.cite) ? `${question} Ask ${ask}.` : NOT_SHOWN, '        ', '      ? '),
          )),
    ];
  });
};

/** `waybill review`: the board of a case, for the IRS’s own people. */
export const board = (reference: string, options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    onlyIrs(node);
    const order = orderOf(options);
    const actor = actorOn(await people(node), order.person, order.title, node.when().day);
    const state = await irsState(node, reference);
    const { body, on } = requestOf(state, reference);
    say([
      heading(`${reference}: ${body.title}`),
      ...wrap(`Received ${on}; ${irsStage(state)}. What stands here is for the IRS’s own people.`, '  '),
      ...boardLines(node, state, actor),
    ]);
    return 0;
  });

/** An act of the review, and its receipt. */
const reviewing = (options: NodeOptions, input: Record<string, unknown>, done: string): Promise<Exit> =>
  withNode(options, async (node) => {
    onlyIrs(node);
    sayReceipt(node, done, await review(node, orderOf(options), input));
    return 0;
  });

export interface LocateOptions extends NodeOptions {
  readonly none?: boolean;
  readonly source?: string;
  readonly file?: string;
  readonly returns?: string;
  readonly taxpayer?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `waybill locate` */
export const locateRecord = (reference: string, item: string, options: LocateOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    onlyIrs(node);
    const order = orderOf(options);
    const { source, file, taxpayer, from, to } = options;
    const receipt: Receipt =
      options.none === true
        ? await review(node, order, { act: 'locate', case: reference, item, record: 'none' })
        : await locate(
            node,
            order,
            {
              case: reference,
              item,
              source: source as 'return',
              ...(file === undefined ? {} : { file }),
              ...(taxpayer === undefined ? {} : { taxpayer }),
              ...(from === undefined || to === undefined ? {} : { period: { from, to } }),
            },
            options.returns,
          );
    sayReceipt(
      node,
      `${item}: ${options.none === true ? 'no record' : `record located, ${source ?? ''}`}.`,
      receipt,
    );
    return 0;
  });

const answers: Readonly<Record<string, unknown>> = { yes: true, no: false };

export interface FindingOptions extends NodeOptions {
  readonly finds: string;
  readonly answer?: string;
  readonly reason: string;
  readonly of?: readonly string[];
  readonly stripped?: boolean;
  readonly counsel?: boolean;
  readonly withdraw?: boolean;
}

/** `waybill finding` */
export const finding = (reference: string, options: FindingOptions): Promise<Exit> => {
  const { finds, answer, reason, of } = options;
  const shared = { case: reference, finds, reason, ...(of === undefined ? {} : { of }) };
  return options.withdraw === true
    ? reviewing(options, { act: 'withdraw finding', ...shared }, `The finding “${finds}” is withdrawn.`)
    : reviewing(
        options,
        {
          act: 'finding',
          ...shared,
          answer: answer === undefined ? undefined : (answers[answer] ?? answer),
          ...(options.stripped === undefined ? {} : { stripped: options.stripped }),
          counsel: options.counsel ?? false,
        },
        `“${finds}” is found.`,
      );
};

export interface ElectOptions extends NodeOptions {
  readonly of?: readonly string[];
  readonly reason: string;
  readonly withdraw?: boolean;
}

/** `waybill elect`: without items, of all of the request. */
export const elect = (reference: string, options: ElectOptions): Promise<Exit> => {
  const { of: items, reason } = options;
  if (options.withdraw === true)
    return reviewing(
      options,
      { act: 'withdraw election', case: reference, items, reason },
      'The election is withdrawn.',
    );
  return items === undefined
    ? reviewing(
        options,
        { act: 'decline', case: reference, reason },
        'The IRS elects to disclose nothing of it.',
      )
    : reviewing(
        options,
        { act: 'elect', case: reference, items, reason },
        'The IRS elects not to disclose it.',
      );
};

export interface ApproveOptions extends NodeOptions {
  readonly withdraw?: string;
}

/** `waybill approve` */
export const approve = (reference: string, options: ApproveOptions): Promise<Exit> =>
  options.withdraw === undefined
    ? reviewing(
        options,
        { act: 'approve', case: reference },
        `The determinations are approved. Next, by another person: ./waybill release ${reference}`,
      )
    : reviewing(
        options,
        { act: 'withdraw approval', case: reference, reason: options.withdraw },
        'The approval is withdrawn.',
      );

/** `waybill return`: sets aside what fails on the request’s own words, to go back with its reason. */
export const returnForCure = (reference: string, options: NodeOptions): Promise<Exit> =>
  reviewing(
    options,
    { act: 'return for cure', case: reference },
    'What is incomplete will go back with its reason.',
  );

export interface ReleaseOptions extends NodeOptions {
  readonly returns: string;
  readonly to?: string;
}

/** `waybill release` */
export const releaseAnswer = (reference: string, options: ReleaseOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    onlyIrs(node);
    const receipt = await release(node, orderOf(options), reference, options.returns);
    say([`The answer to ${reference} is released.`, ...receiptLines(node, receipt)]);
    say([`  ${await deliver(node, 'customs', receipt, options.to)}`]);
    return 0;
  });
