import type { AwsTarget } from '../../catalog/aws-target.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import { keepsAllRows } from '../../table/duplicate-rule.ts';
import { isWholeRowKey, type TableSchema } from '../../table/table-schema.ts';
import { dataBrewDatasetArn, dataBrewName } from './databrew-place.ts';
import { aggregateRule, columnRules, type DataBrewRulesetRule } from './ruleset-rule.ts';
import type { TableRecipeOptions } from './table-recipe.ts';

/** The input of DataBrew's CreateRuleset (https://docs.aws.amazon.com/databrew/latest/dg/API_CreateRuleset.html). */
export interface DataBrewRuleset {
  readonly Name: string;
  readonly Description: string;
  /** The dataset that the rules are about. */
  readonly TargetArn: string;
  readonly Rules: DataBrewRulesetRule[];
  readonly Tags: Record<string, string>;
}

/** Options of {@link deriveDataBrewRuleset}. */
export type DataBrewRulesetOptions = Pick<TableRecipeOptions, 'fields'>;

/**
 * What the landing files of a table should be, as the input of DataBrew's CreateRuleset: required columns have a value, enums one of
 * theirs, numbers lie in their range, texts have their length, and no event is there twice. A profile job of the dataset checks it. Each
 * rule is about what cleaning rejects: a column whose codes are mapped to values is not compared with those values.
 *
 * @throws HeadwaterError `DATABREW_UNSUPPORTED` for a table with nothing to check
 * @example deriveDataBrewRuleset(clickstream.schema, target).Rules[0]
 * // { Name: 'event_time is there', CheckExpression: 'AGG(MISSING_VALUES_COUNT) == :val', SubstitutionMap: { ':val': '0' }, ColumnSelectors: [{ Name: 'event_time' }] }
 */
export function deriveDataBrewRuleset(
  schema: TableSchema,
  target: AwsTarget,
  { fields = {} }: DataBrewRulesetOptions = {},
): DataBrewRuleset {
  const fieldOf = (column: string): string => fields[column] ?? column;
  const read = schema.columns.filter((column) => !column.path && !column.lookup);
  const Rules = [
    ...read.flatMap((column) => columnRules(column, fieldOf(column.name))),
    ...duplicateRules(schema, fieldOf),
  ];
  if (Rules.length === 0)
    throw new HeadwaterError('DATABREW_UNSUPPORTED', {
      table: schema.name,
      problem: 'the definition rejects nothing that a ruleset can check',
      fix: 'Require a column, or give it a range',
    });
  return {
    Name: dataBrewName(target, schema.name),
    Description: `What the landing files of ${schema.name} should be`,
    TargetArn: dataBrewDatasetArn(target, schema.name),
    Rules,
    Tags: tableTags(target, schema.name),
  };
}

/** A ruleset counts duplicates of one column, or of whole rows. */
function duplicateRules(schema: TableSchema, fieldOf: (column: string) => string): DataBrewRulesetRule[] {
  if (keepsAllRows(schema)) return [];
  const [only, ...others] = new Set(schema.duplicateKey);
  if (only !== undefined && others.length === 0)
    return [
      aggregateRule('every event is there once', fieldOf(only), 'AGG(DUPLICATE_VALUES_COUNT) == :val', '0'),
    ];
  if (!isWholeRowKey(schema)) return [];
  return [
    {
      Name: 'every event is there once',
      CheckExpression: 'AGG(DUPLICATE_ROWS_COUNT) == :val',
      SubstitutionMap: { ':val': '0' },
    },
  ];
}
