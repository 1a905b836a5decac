import { z } from 'zod';
import { caseSchema } from './schema.ts';

/** JSON Schema (2020-12) of the case file, for editors; written from the one zod schema. */
export const caseJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(caseSchema, { io: 'input' }),
  title: 'Waybill case',
});
