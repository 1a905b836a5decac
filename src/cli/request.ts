import { blocking, checkRequest } from '../casework/acts/check.ts';
import { readCase } from '../casework/read.ts';
import { ProblemError } from '../ground/problem.ts';
import { customsCase, draftRequest, sendRequest, signRequest, withdrawRequest } from '../office/customs.ts';
import { deliver } from '../office/deliver.ts';
import type { Exit } from './main.ts';
import { type NodeOptions, orderOf, sayReceipt, withNode } from './node.ts';
import { readCaseText } from './read-text.ts';
import { heading, say, styled, wrap } from './terminal.ts';

const notHere = (reference: string) =>
  new ProblemError({
    kind: 'not-in-order',
    what: 'This office has no case of this reference.',
    where: reference,
    next: 'Look at ./waybill inbox, or draft the request: ./waybill request new <case file>',
  });

/** What a requester writes of a case file; what only the IRS has does not travel. */
export const documentOf = (file: string) => {
  // Read whole first, so that a fault is told with its line.
  const { title, fictional, request, audit, taxpayers, items } = readCase(readCaseText(file), file);
  if (request === undefined)
    throw new ProblemError({
      kind: 'not-a-case',
      what: 'The case has no request.',
      where: `${file}:1`,
      cite: '(b)',
      next: 'Add request, with its reference and the titles designated.',
    });
  return {
    reference: request.reference,
    document: {
      title,
      fictional,
      request: { reference: request.reference, titles: request.titles },
      ...(audit === undefined ? {} : { audit }),
      taxpayers,
      items: items.map(({ record: _ofTheIrs, ...item }) => item),
    },
  };
};

/** `waybill request new` */
export const newRequest = (file: string, options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const { reference, document } = documentOf(file);
    sayReceipt(
      node,
      `Request ${reference} is drafted. Next: ./waybill request check ${reference}`,
      await draftRequest(node, orderOf(options), reference, document),
    );
    return 0;
  });

/** `waybill request check`: exit 1 where the IRS would send something back. */
export const check = (reference: string, options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    const { draft } = await customsCase(node, reference);
    if (draft === undefined) throw notHere(reference);
    const found = checkRequest(draft, node.catalogue, node.when().day);
    const stops = blocking(found);
    say([
      heading(`Request ${reference}`),
      ...found.flatMap(({ item, cite, what, law, cure, blocking: stop }) => [
        ...wrap(
          `${item === undefined ? '' : `${item}: `}${what}  [${cite}]`,
          '    ',
          `  ${stop ? styled('red', '✗') : styled('yellow', '!')} `,
        ),
        ...(law === undefined ? [] : wrap(`“${law}”`, '    ')),
        ...wrap(cure, '      ', '    → '),
      ]),
      stops.length === 0
        ? `${styled('green', '✓')} Nothing in it would be sent back. Next: ./waybill request sign ${reference}`
        : `${stops.length} to cure before the Commissioner can sign.`,
    ]);
    return stops.length === 0 ? 0 : 1;
  });

/** `waybill request sign` */
export const signIt = (reference: string, options: NodeOptions): Promise<Exit> =>
  withNode(options, async (node) => {
    sayReceipt(
      node,
      `Request ${reference} is signed. Next: ./waybill request send ${reference}`,
      await signRequest(node, orderOf(options), reference),
    );
    return 0;
  });

/** `waybill request send` */
export const send = (reference: string, options: NodeOptions & { to?: string }): Promise<Exit> =>
  withNode(options, async (node) => {
    const receipt = await sendRequest(node, orderOf(options), reference);
    sayReceipt(node, `Request ${reference} is sent.`, receipt);
    say([`  ${await deliver(node, 'irs', receipt, options.to)}`]);
    return 0;
  });

/** `waybill request withdraw` */
export const withdraw = (
  reference: string,
  options: NodeOptions & { reason: string; to?: string },
): Promise<Exit> =>
  withNode(options, async (node) => {
    const { sent } = await customsCase(node, reference);
    const receipt = await withdrawRequest(node, orderOf(options), reference, options.reason);
    sayReceipt(node, `Request ${reference} is withdrawn.`, receipt);
    if (sent !== undefined) say([`  ${await deliver(node, 'irs', receipt, options.to)}`]);
    return 0;
  });
