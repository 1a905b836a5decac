import type { IrsState } from './irs-state.ts';
import type { Actor } from './people.ts';
import { notEntitled, notInOrder, shredded } from './problems.ts';

/** Who acts is of the IRS, and the act is on this case, whose record can be read. Throws a ProblemError. */
export const checkActor = (state: IrsState, reference: string, actor: Actor): void => {
  if (actor.office !== 'IRS')
    throw notEntitled({
      what: 'Only officers of the IRS act in a case of the IRS.',
      where: actor.title,
      cite: '(a)',
      next: 'Act in your own office.',
    });
  if (state.shredded) throw shredded();
  if (state.request !== undefined && state.request.body.request.reference !== reference)
    throw notInOrder({
      what: 'The act names another case.',
      where: 'case',
      next: 'Write the reference of this case.',
    });
};
