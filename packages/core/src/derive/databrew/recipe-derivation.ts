import { z } from 'zod';
import { defineDerivation, jsonText } from '../derivation.ts';
import { deriveDataBrewRecipe } from './databrew-recipe.ts';
import { explainDataBrewRecipe } from './explain-recipe.ts';
import { explanationText } from './explanation-text.ts';
import { fieldsOption } from './fields-option.ts';
import { type DataBrewDifferenceCode, dataBrewDifferenceCodes } from './recipe-differences.ts';

const codes: ReadonlySet<string> = new Set(dataBrewDifferenceCodes);

/** Codes of differences, with commas between them. */
const allowOption = z
  .string()
  .transform((text) => text.split(','))
  .refine((given): given is DataBrewDifferenceCode[] => given.every((code) => codes.has(code)), {
    error: `needs --allow with codes of differences: ${dataBrewDifferenceCodes.join(', ')}`,
  });

/** The recipe of a table, or where it differs from the definition. */
export const dataBrewRecipeDerivation = defineDerivation({
  description:
    'Input of DataBrew CreateRecipe: the cleaning of a table as a recipe that people see in the browser',
  details:
    'A recipe cannot do everything that a definition says. --explain lists, rule by rule, what it does and where it differs; --strict refuses ' +
    'a recipe that differs.',
  needs: 'target',
  options: z.object({
    explain: z.boolean().optional().describe('List where the recipe differs from the definition, instead'),
    strict: z.boolean().optional().describe('Refuse a recipe that differs from the definition'),
    allow: allowOption
      .optional()
      .describe('Codes of differences that --strict takes, with commas between them'),
    badValues: z
      .enum(['remove', 'null'])
      .default('remove')
      .describe('What becomes of a bad value of an optional column: its row is removed, or it becomes null'),
    fields: fieldsOption,
  }),
  command: 'aws databrew create-recipe --cli-input-json',
  examples: [
    ['--explain', 'Where the recipe of the first table differs from its definition'],
    ['--strict --allow no-reason,landing-only', 'Refuse every other difference'],
    ['--fields user_id=visitorId', 'For files in which user_id is called visitorId'],
  ],
  derive({ schema, target }, { explain, ...options }) {
    if (!explain) return jsonText(deriveDataBrewRecipe(schema, target, options));
    const rows = explainDataBrewRecipe(schema, options);
    return { text: explanationText(schema.name, rows), data: { rules: rows } };
  },
});
