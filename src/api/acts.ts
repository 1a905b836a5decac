import { z } from 'zod';
import type { ActName } from '../casework/acts/act.ts';
import { record } from '../casework/schema.ts';
import { line } from '../casework/text.ts';
import { id } from '../casework/acts/fields.ts';
import { actOnCase, sendRequest, signRequest, withdrawRequest } from '../office/customs.ts';
import { changeDirectory } from '../office/directory.ts';
import { type Located, locate, review } from '../office/irs.ts';
import { reportWithoutCase } from '../office/incident.ts';
import { release } from '../office/release.ts';
import type { Receipt } from '../store/types.ts';
import { type Act, type Input, operationOf } from './acting.ts';
import { bodyOf } from './body.ts';
import { type Call, type Operation, everywhere } from './operation.ts';
import { requireReturns } from './order.ts';

const customs = { offices: ['customs'] } as const;
const irs = { offices: ['irs'] } as const;

/** Every act up to the answer, and the directory: the same office functions that the pages and the command line call. */

const request: readonly Act[] = [
  {
    ...customs,
    act: 'draft',
    need: ['drafts requests'],
    cite: '(b)',
    summary: 'Saves a draft of a request, at any step; whatever is not known yet may be missing.',
    does: ({ node, order }, input) => actOnCase(node, order, { act: 'draft', ...input }),
  },
  {
    ...customs,
    act: 'sign',
    need: ['signs as Commissioner'],
    cite: '(b)',
    summary: 'The Commissioner signs the request as it stands.',
    does: ({ node, order }, input) => signRequest(node, order, input.case),
  },
  {
    ...customs,
    act: 'send',
    need: ['sends'],
    cite: '(b)',
    summary: 'Sends the signed request to the IRS.',
    sends: true,
    does: ({ node, order }, input) => sendRequest(node, order, input.case),
  },
  {
    ...customs,
    act: 'withdraw',
    need: ['drafts requests', 'signs as Commissioner', 'sends'],
    cite: '(b)',
    summary: 'Withdraws a request; where it was sent, the IRS is told.',
    sends: true,
    does: ({ node, order }, input) => withdrawRequest(node, order, input.case, String(input['reason'])),
  },
];

const reviewing = (
  act: ActName,
  line: Pick<Act, 'need' | 'cite' | 'summary'> & Partial<Pick<Act, 'body' | 'does' | 'sends'>>,
): Act => ({
  ...irs,
  act,
  does: ({ node, order }, input) => review(node, order, { act, ...input }),
  ...line,
});

/** Of a return the file is enough: filer and period are read from it, and not from what somebody says of them. */
const located = z.strictObject({
  item: id,
  record: z.union([
    z.strictObject({
      source: z.literal('return'),
      file: line.describe('Its name in the folder of returns.'),
    }),
    record.omit({ id: true, file: true }).extend({ source: record.shape.source.exclude(['return']) }),
    z.literal('none'),
  ]),
});

const locating = ({ node, order, around }: Call, { case: reference, ...input }: Input): Promise<Receipt> => {
  const { item, record: found } = input as z.infer<typeof located>;
  if (found === 'none' || found.source !== 'return')
    return review(node, order, { act: 'locate', case: reference, item, record: found });
  const asked: Located = { case: reference, item, source: 'return', file: found.file };
  return locate(node, order, asked, requireReturns(around.returns));
};

const finders = ['reviews', 'finds (d)', 'finds (e)'] as const;

const reviewed: readonly Act[] = [
  reviewing('locate', {
    need: ['reviews', 'finds (d)'],
    cite: '(b)(2)',
    summary: 'Says which record an item would be taken from, or that there is none.',
    body: located,
    does: locating,
  }),
  reviewing('finding', {
    need: finders,
    cite: '(c)',
    summary: 'Makes and signs a finding: of need and extent, (c); of a treaty, (d); of an impairment, (e).',
  }),
  reviewing('withdraw finding', {
    need: finders,
    cite: '(c)',
    summary: 'Withdraws a finding, with a reason.',
  }),
  reviewing('elect', {
    need: ['reviews', 'approves'],
    cite: '(a)',
    summary: 'Elects not to disclose items: the law says “may”.',
  }),
  reviewing('withdraw election', {
    need: ['reviews', 'approves'],
    cite: '(a)',
    summary: 'Withdraws an election, with a reason.',
  }),
  reviewing('decline', {
    need: ['reviews', 'approves'],
    cite: '(a)',
    summary: 'Elects to disclose nothing of the request.',
  }),
  reviewing('return for cure', {
    need: ['reviews'],
    cite: '(b)',
    summary: 'Sets aside what fails on the request’s own words, to go back with its reason.',
  }),
  reviewing('approve', {
    need: ['approves'],
    cite: '(a)',
    summary: 'Approves the determinations as they are.',
  }),
  reviewing('withdraw approval', {
    need: ['approves'],
    cite: '(a)',
    summary: 'Withdraws the approval, with a reason.',
  }),
  reviewing('release', {
    need: ['sends'],
    cite: '(a)',
    summary: 'Releases the answer, which another person has approved; it goes to Customs.',
    sends: true,
    does: ({ node, order, around }, input) =>
      release(node, order, input.case, requireReturns(around.returns)),
  }),
];

const directory = (act: ActName, summary: string): Act => ({
  act,
  offices: everywhere,
  need: ['keeps the directory'],
  cite: '(b)(4)',
  summary,
  does: ({ node, order }, { case: _none, ...input }) => changeDirectory(node, order, { act, ...input }),
});

const people: readonly Act[] = [
  directory('add person', 'Enters a person of this office, with a signing key.'),
  directory('give title', 'Gives a person a title, from a day on, with its duties.'),
  directory('end title', 'Ends a title; access ends with it.'),
];

const incident: Act = {
  act: 'report incident',
  offices: everywhere,
  need: 'a title',
  cite: '26 USC 6103(p)(4)',
  summary: 'Reports an incident that concerns no single case, such as a lost key.',
  body: bodyOf('report incident', ['items']),
  does: ({ node, order }, { case: _none, ...input }) => reportWithoutCase(node, order, input),
};

export const acts: readonly Operation[] = [
  ...[...request, ...reviewed].map(operationOf('/cases/{case}/acts')),
  ...people.map(operationOf('/people/acts')),
  operationOf('/acts')(incident),
];
