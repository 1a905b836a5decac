import { z } from 'zod';
import type { Json } from './events.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'write the id of an item');
const text = z.string().trim().min(1);

/** A rule that the request’s own words do not meet, as the letter tells it. */
const reason = z.strictObject({ rule: text, cite: text, law: text, cure: text });
export type Reason = z.infer<typeof reason>;

/**
 * Each outcome has exactly its own fields: “not disclosed” has none, so that no reason can slip in, whatever the cause.
 */
const answered = z.discriminatedUnion('outcome', [
  z.strictObject({ id, outcome: z.literal('disclosed'), content: z.json() }),
  z.strictObject({ id, outcome: z.literal('returned for cure'), reasons: z.array(reason).min(1) }),
  z.strictObject({ id, outcome: z.literal('not disclosed') }),
]);

/** The IRS's answer to one request: every item once, in the order of the request. */
export const answerBodySchema = z.strictObject({
  waybill: z.literal('answer/1'),
  reference: text,
  items: z.array(answered).min(1),
  letter: z.base64().optional().describe('The letter, base64.'),
});
export type AnswerBody = z.infer<typeof answerBodySchema>;
export type Answered = AnswerBody['items'][number];
export type Outcome = Answered['outcome'];

/** What an item comes to, and for “returned for cure” why. */
export interface ItemOutcome {
  readonly item: string;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
}

/**
 * The answer. An item to be disclosed for which there is no content (the return has no such line) is not disclosed, in
 * the same bytes as one that is barred, that has no record, or that the IRS elects not to disclose (DESIGN 5.1).
 */
export const answerBody = (
  ready: { readonly reference: string; readonly outcomes: readonly ItemOutcome[] },
  contents: Readonly<Record<string, Json>>,
  letter?: string,
): AnswerBody => ({
  waybill: 'answer/1',
  reference: ready.reference,
  items: ready.outcomes.map(({ item, outcome, reasons }): Answered => {
    if (outcome === 'returned for cure') return { id: item, outcome, reasons: [...reasons] };
    const content = contents[item];
    return outcome === 'disclosed' && content !== undefined
      ? { id: item, outcome, content: content as z.core.util.JSONType }
      : { id: item, outcome: 'not disclosed' };
  }),
  ...(letter === undefined ? {} : { letter }),
});
