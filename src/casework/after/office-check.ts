import type { Actor } from '../acts/people.ts';
import { notEntitled, notInOrder, shredded } from '../acts/problems.ts';
import type { Holding } from './holding.ts';

/** Throws unless the actor is of the office that holds the case, its record can be read, and the act is of this case. */
export const checkHolder = (state: Holding, reference: string | undefined, actor: Actor): void => {
  if (actor.office !== state.office)
    throw notEntitled({
      what: `Only officers of ${state.office} act in a case of ${state.office}.`,
      where: actor.title,
      cite: '(j)',
      next: 'Act in your own office.',
    });
  if (state.shredded) throw shredded();
  if (reference !== undefined && state.matter !== undefined && state.matter.request.reference !== reference)
    throw notInOrder({
      what: 'The act names another case.',
      where: 'case',
      next: 'Write the reference of this case.',
    });
};
