import { type Gate, type Row, boardOf } from '../casework/acts/board.ts';
import { type IrsState, foldIrs } from '../casework/acts/irs.ts';
import { ProblemError } from '../ground/problem.ts';
import { actorOn } from '../casework/acts/people.ts';
import { people } from '../office/act.ts';
import { deliver } from '../office/deliver.ts';
import { irsPlaces, locate, review } from '../office/irs.ts';
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

const requireRequest = (state: IrsState, reference: string): void => {
  if (state.request !== undefined) return;
  throw new ProblemError({
    kind: 'not-in-order',
    what: 'No request of this reference has been received.',
    where: reference,
    cite: '(b)',
    next: 'Look at ./waybill inbox, and receive it: ./waybill receive',
  });
};

const marks = {
  permitted: ['green', '✓'],
  refused: ['red', '✗'],
  undetermined: ['yellow', '?'],
  'not shown': ['dim', '–'],
} as const;

const NOT_SHOWN = 'There may be a ground that is not shown under this title.';

const gateLines = ({ state, rules, ask }: Gate): string[] => {
  switch (state) {
    case 'met':
      return [];
    // Said once for the item, not for each gate.
    case 'not shown':
      return [];
    case 'not met':
      return rules
        .filter((rule) => rule.state === 'not met')
        .flatMap((rule) => wrap(`not met: “${rule.law}”  [${rule.cite}]`, '        ', '      ✗ '));
    case 'not determined':
      return ask.flatMap(({ question, ask: whom }) =>
        wrap(`${question} Ask ${whom}.`, '        ', '      ? '),
      );
  }
};

const rowLines = (row: Row, n: number): string[] => {
  const { item, form, line, caption, taxpayer, period, verdict, outcome, elected, findings, gates } = row;
  const [colour, mark] = marks[verdict];
  return [
    ...wrap(
      `${item} — form ${form}${line === '' ? '' : `, line ${line}`}: ${caption}`,
      '       ',
      `  ${String(n + 1).padStart(2)}. `,
    ).map(heading),
    ...wrap(
      `${taxpayer?.name ?? 'no taxpayer'}${period === undefined ? '' : `, ${period.from} to ${period.to}`}`,
      '      ',
    ),
    ...wrap(
      `${styled(colour, `${mark} ${verdict}`)}${elected ? ', and the IRS elects not to disclose it' : ''}; outward: ${outcome}`,
      '        ',
      '      ',
    ),
    ...wrap(`record: ${row.record}`, '      '),
    ...findings.flatMap(({ finds, answer, by, on }) =>
      wrap(`${finds}: ${String(answer)}, ${by.name}, ${on}`, '        ', '      · '),
    ),
    // What is refused already asks nobody anything.
    ...gates.filter(({ state }) => verdict !== 'refused' || state !== 'not determined').flatMap(gateLines),
    ...(gates.some(({ state }) => state === 'not shown') ? wrap(NOT_SHOWN, '        ', '      – ') : []),
  ];
};

/** `waybill review`: the board of a case, for the IRS’s own people. */
export const board = (reference: string, options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    onlyIrs(node);
    const order = orderOf(options);
    const actor = actorOn(await people(node), order.person, order.title, node.when().day);
    const { request, review: reviewed } = irsPlaces(reference);
    const [asked, done] = await Promise.all([
      node.views.stream(request.log, request.stream),
      node.views.stream(reviewed.log, reviewed.stream),
    ]);
    const state = foldIrs(asked, done);
    requireRequest(state, reference);
    const now = { ...node.when(), catalogue: node.catalogue };
    const { title, received, stage, rows } = boardOf(state, actor, now, done.length);
    say([
      heading(`${reference}: ${title}`),
      ...wrap(`Received ${received}; ${stage}. What stands here is for the IRS’s own people.`, '  '),
      ...rows.flatMap(rowLines),
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
