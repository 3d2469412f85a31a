import { z } from 'zod';

/** Pairs of a column and its field, with commas between them: `user_id=visitorId,event_type=Type`. */
export const fieldsOption = z
  .string()
  .regex(/^[^=,]+=[^=,]+(,[^=,]+=[^=,]+)*$/, 'needs --fields as <column>=<field>, with commas between them')
  .transform(
    (text): Readonly<Record<string, string>> =>
      Object.fromEntries(text.split(',').map((pair) => pair.split('=', 2) as [string, string])),
  )
  .optional()
  .describe('Names of fields in the landing files that differ from the columns, as <column>=<field>,...');
