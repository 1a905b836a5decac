import { ProblemError } from '../../../ground/problem.ts';
import { deliver } from '../../../office/deliver.ts';
import { type Located, locate as locateRecord, review } from '../../../office/irs.ts';
import { release as releaseAnswer } from '../../../office/release.ts';
import { fieldsOf } from '../../form.ts';
import { type Handler, type Onward, type Visit, orderOf } from '../../route.ts';
import { reviewHref } from './words.ts';

const caseOf = ({ params }: Visit): string => params['case'] ?? '';
const itemOf = ({ params }: Visit): string => params['item'] ?? '';
const toBoard = (visit: Visit, say: string): Onward => ({ to: reviewHref(caseOf(visit)), say });
const toItem = (visit: Visit, say: string): Onward => ({ to: reviewHref(caseOf(visit), itemOf(visit)), say });

/** An act of the review with what the form says, on this item or, where the form says so, on all of them. */
const done = (visit: Visit, act: string, of?: readonly string[]): Promise<unknown> =>
  review(visit.node, orderOf(visit), {
    ...fieldsOf(visit.form),
    act,
    case: caseOf(visit),
    ...(of === undefined ? {} : { of }),
  });

const chosenItems = (visit: Visit): readonly string[] | undefined =>
  visit.form.get('all[]') === 'yes' ? undefined : [itemOf(visit)];

export const makeFinding: Handler = async (visit) => {
  await done(visit, 'finding', chosenItems(visit));
  return toItem(visit, 'The finding is signed and recorded.');
};

export const withdrawFinding: Handler = async (visit) => {
  await done(visit, 'withdraw finding', [itemOf(visit)]);
  return toItem(visit, 'The finding is withdrawn. The question is open again.');
};

/** What the form says of the record; `none` is an answer too. */
export const locate: Handler = async (visit) => {
  const { node, form, settings } = visit;
  const order = orderOf(visit);
  const where = { case: caseOf(visit), item: itemOf(visit) };
  const [source, file, from, to] = ['source', 'file', 'from', 'to'].map(form.get);
  if (source === 'none') await review(node, order, { act: 'locate', ...where, record: 'none' });
  else
    await locateRecord(
      node,
      order,
      {
        ...where,
        source: (source ?? '') as Located['source'],
        ...(file === undefined ? {} : { file }),
        ...(from === undefined || to === undefined || source === 'return' ? {} : { period: { from, to } }),
      },
      settings.returns,
    );
  return toItem(
    visit,
    source === 'none' ? 'It is recorded that there is no such record.' : 'The record is located.',
  );
};

export const returnForCure: Handler = async (visit) => {
  await done(visit, 'return for cure');
  return toBoard(visit, 'What is incomplete will go back with its reason.');
};

export const elect: Handler = async (visit) => {
  const all = visit.form.all('act.items[]').length === 0;
  await done(visit, all ? 'decline' : 'elect');
  return toBoard(
    visit,
    all ? 'The IRS elects to disclose nothing of it.' : 'The IRS elects not to disclose it.',
  );
};

export const withdrawElection: Handler = async (visit) => {
  await review(visit.node, orderOf(visit), {
    ...fieldsOf(visit.form),
    act: 'withdraw election',
    case: caseOf(visit),
    items: [itemOf(visit)],
  });
  return toItem(visit, 'The election is withdrawn.');
};

export const approve: Handler = async (visit) => {
  await done(visit, 'approve');
  return toBoard(visit, 'The determinations are approved. Another person releases the answer.');
};

export const withdrawApproval: Handler = async (visit) => {
  await done(visit, 'withdraw approval');
  return toBoard(visit, 'The approval is withdrawn.');
};

/** Releases, and sends: the receipt of the release is what lets the packet leave. */
export const release: Handler = async (visit) => {
  const { node, settings } = visit;
  if (settings.returns === undefined)
    throw new ProblemError({
      kind: 'usage',
      what: 'This site has no folder of returns to take items from.',
      cite: '(a)',
      next: 'Have this office’s operator name it in the site’s file; until then the operator can release by the command line.',
    });
  const receipt = await releaseAnswer(node, orderOf(visit), caseOf(visit), settings.returns);
  await deliver(node, 'customs', receipt, settings.channels.customs);
  return toBoard(visit, 'The answer is released, and its packet is on the way to Customs.');
};
