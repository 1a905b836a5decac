import { z } from 'zod';
import { readDay } from '../../ground/dates.ts';
import { line, text } from '../text.ts';

export { line, text };

/** What the acts are written with: the same field is read by the same rule in every one of them. */

export const id = z
  .string()
  .max(100, 'write no more than 100 characters')
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'write an id of small letters, digits and hyphens, such as jordan-vale');
export const day = z.string().transform((written, context) => {
  const read = readDay(written);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'write a date of the calendar as YYYY-MM-DD' });
  return z.NEVER;
});
export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'write a SHA-256 as 64 hex digits');
export const uuid = z.uuid('write a UUID');
export const items = z.array(id).min(1);
/** A signed packet, whole. */
export const packetText = z.string().min(1);
export const reason = text.describe('Why, in the words of the person who acts.');
export const reference = line.describe('The request’s reference, which names the case in every office.');

export const act = <Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) =>
  z.strictObject({ act: z.literal(name), ...shape });
export const caseAct = <Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) =>
  z.strictObject({ act: z.literal(name), case: reference, ...shape });
