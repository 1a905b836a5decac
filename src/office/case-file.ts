import type { CustomsState } from '../casework/acts/customs.ts';
import type { IrsState } from '../casework/acts/irs.ts';
import type { Holding } from '../casework/after/holding.ts';
import { ProblemError } from '../ground/problem.ts';
import type { StoredEvent } from '../store/types.ts';
import { heldPlace } from './after.ts';
import { customsOf, heldBy, irsOf } from './folding.ts';
import { irsPlaces } from './irs.ts';
import type { Node } from './node.ts';

interface Common {
  readonly reference: string;
  /** The stream `case/<reference>`. Its length is the version that an act on the case is expected to find. */
  readonly events: readonly StoredEvent[];
}

/** A case as one office has it. */
export type CaseFile =
  | (Common & {
      readonly office: 'irs';
      readonly state: IrsState;
      readonly review: readonly StoredEvent[];
    })
  | (Common & { readonly office: 'customs'; readonly state: CustomsState; readonly holding: Holding })
  | (Common & { readonly office: 'justice'; readonly holding: Holding });

export const noSuchCase = (): ProblemError =>
  new ProblemError({
    kind: 'case-unknown',
    what: 'This office has no case of this reference.',
    next: 'Look for it among the cases.',
    way: 'inbox',
  });

/** Reads a case. Empty where this office has none. */
export const readCase = async (node: Node, reference: string): Promise<CaseFile> => {
  const { log, stream } = heldPlace(node, reference);
  const events = await node.views.stream(log, stream);
  if (node.office === 'irs') {
    const place = irsPlaces(reference).review;
    const review = await node.views.stream(place.log, place.stream);
    return { office: 'irs', reference, events, review, state: irsOf(events, review) };
  }
  if (node.office === 'justice')
    return { office: 'justice', reference, events, holding: heldBy('Justice', events) };
  const state = customsOf(events);
  return { office: 'customs', reference, events, state, holding: state.holding };
};

/** Reads a case that this office has. Throws a ProblemError `case-unknown`. */
export const caseFile = async (node: Node, reference: string): Promise<CaseFile> => {
  const file = await readCase(node, reference);
  if (file.events.length === 0) throw noSuchCase();
  return file;
};
