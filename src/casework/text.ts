import { z } from 'zod';

/**
 * Long enough for any reason that a person writes. What a terminal or a screen would obey, and half characters that no
 * digest can be made of, are refused where they come in.
 */
export const text = z
  .string()
  .trim()
  .min(1)
  .max(10_000, 'write no more than 10,000 characters')
  .refine((written) => written.isWellFormed(), 'write whole characters: a half of one stands here')
  .refine((written) => !/\p{Cc}/u.test(written.replace(/[\t\r\n]/g, '')), 'take out the control characters');
/** A name, a title, a reference: one line of it. */
export const line = text
  .refine((written) => written.length <= 200, 'write no more than 200 characters')
  .refine((written) => !/[\r\n\t\u2028\u2029]/.test(written), 'write it on one line');
