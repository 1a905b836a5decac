import type { CustomsState } from './customs-state.ts';
import type { Situation } from './events.ts';
import { notInOrder } from './problems.ts';
import {
  type Draft,
  type OpenDraft,
  type RequestBody,
  type WithdrawalBody,
  bodyOf,
  wholeOf,
} from './request.ts';

/** The draft of the case. Throws `not-in-order` where there is none. */
export const drafted = (state: CustomsState): OpenDraft => {
  if (state.draft !== undefined) return state.draft;
  throw notInOrder({
    what: 'Nothing has been drafted in this case.',
    cite: '(b)',
    next: 'Draft the request first.',
    way: 'draft',
  });
};

/** The letter as it travels: what the Commissioner signed, and nothing else. Throws `not-in-order` while it is unsigned. */
export const requestBody = (state: CustomsState): RequestBody => {
  const document = drafted(state);
  if (state.signed !== undefined) return bodyOf(document, state.signed);
  throw notInOrder({
    what: 'The request is not signed.',
    cite: '(b)',
    next: 'Have the Commissioner sign it.',
    way: 'sign',
  });
};

/** The body of the packet that tells the IRS of a withdrawal. */
export const withdrawalBody = (
  state: CustomsState,
  reason: string,
  { day }: Pick<Situation, 'day'>,
): WithdrawalBody => ({
  waybill: 'withdrawal/1',
  reference: drafted(state).request.reference,
  reason,
  on: day,
});

/**
 * A draft of the request that cures another: the items that came back, to be completed. It is a letter of its own, signed,
 * dated and answered on its own, so it has its own reference.
 */
export const draftForCure = (state: CustomsState, reference: string): Draft => {
  const document = wholeOf(drafted(state));
  const back = document.items.filter(({ id }) => state.items.get(id)?.outcome === 'returned for cure');
  if (back.length > 0) return { ...document, request: { ...document.request, reference }, items: back };
  throw notInOrder({
    what: 'No item of this case was returned for cure.',
    cite: '(b)',
    next: 'Draft a new request for what is needed.',
  });
};
