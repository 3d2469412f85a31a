import { recipeStep } from '../../src/derive/databrew/recipe-step.ts';
import {
  type AwsTarget,
  type DataBrewExplanation,
  type DataBrewOperation,
  deriveDataBrewDataset,
  deriveDataBrewJob,
  deriveDataBrewRecipe,
  explainDataBrewRecipe,
  type TableSchema,
} from '../../src/index.ts';

declare const schema: TableSchema;
declare const target: AwsTarget;

// Without options everything has its default.
deriveDataBrewRecipe(schema, target).Steps[0]?.Action.Operation satisfies DataBrewOperation | undefined;
deriveDataBrewJob(schema, target).Outputs[0]?.PartitionColumns satisfies string[] | undefined;

// Differences are allowed by a known code.
deriveDataBrewRecipe(schema, target, { strict: true, allow: ['no-reason', 'sub-second'] });
// @ts-expect-error no such difference
deriveDataBrewRecipe(schema, target, { strict: true, allow: ['rounding'] });
// @ts-expect-error a bad value is removed or null
deriveDataBrewRecipe(schema, target, { badValues: 'keep' });
// @ts-expect-error no such format
deriveDataBrewDataset(schema, target, { format: 'excel' });

// A row has its difference by code.
explainDataBrewRecipe(schema) satisfies DataBrewExplanation[];
explainDataBrewRecipe(schema)[0]?.difference?.affects satisfies 'values' | 'rows' | 'accounting' | undefined;

// A step has the parameters of its operation, and no other.
recipeStep('LOWER_CASE', { sourceColumn: 'a' });
// @ts-expect-error no operation of the guide
recipeStep('TRIM', { sourceColumn: 'a' });
// @ts-expect-error the value is missing
recipeStep('REPLACE_TEXT', { sourceColumn: 'a', pattern: 'x' });
// @ts-expect-error it takes no value
recipeStep('LOWER_CASE', { sourceColumn: 'a', value: 'x' });
// @ts-expect-error parameters are texts
recipeStep('RENAME', { sourceColumn: 'a', targetColumn: 1 });
