import type { AwsTarget } from '../../catalog/aws-target.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { DataQualityRule } from './data-quality-rule.ts';
import { explainDataQuality } from './data-quality-rules.ts';

/** The input of Glue's CreateDataQualityRuleset (https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDataQualityRuleset.html). */
export interface GlueDataQualityRuleset {
  readonly Name: string;
  readonly Description: string;
  /** DQDL. */
  readonly Ruleset: string;
  readonly TargetTable: { readonly DatabaseName: string; readonly TableName: string };
  readonly Tags: Record<string, string>;
}

/** Options of {@link deriveDataQualityRuleset}. */
export interface DataQualityOptions {
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** The maximum of a ruleset, in characters. */
const mostCharacters = 65_536;

/**
 * The name of a table's ruleset.
 * @example dataQualityName(target, 'clickstream') // 'headwater-shop-clickstream'
 */
export const dataQualityName = ({ database }: Pick<AwsTarget, 'database'>, table: string): string =>
  `headwater-${database}-${table}`;

/**
 * The rules of a table for AWS Glue Data Quality, as the input of Glue's CreateDataQualityRuleset: DQDL that follows from the steps,
 * ranges and keys of the definition (https://docs.aws.amazon.com/glue/latest/dg/dqdl.html). Rows that loads wrote pass them all, so a
 * rule that fails means rows that something else wrote, or files that no longer fit the definition. Each rule has a comment with what
 * the definition says. {@link explainDataQuality} lists the rules, and the statements of the definition that have none.
 *
 * Rules of DQDL are used where AWS documents their answer for every value. Elsewhere (nullable columns, columns with a former name,
 * texts that DQDL and Spark escape differently) a column has one CustomSql rule, which passes nulls.
 *
 * Glue reads registered partitions, and no projected ones: register them first (`headwater lake register-partitions`), or the table
 * is empty to it.
 *
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for rules above Glue's maximum
 * @example
 * ```ts
 * const { Ruleset } = deriveDataQualityRuleset(clickstream.schema, target);
 * // Rules = [
 * //     # clickstream: the table has rows; an empty one passes other rules
 * //     RowCount > 0,
 * //     # price: at least 0
 * //     ColumnValues "price" >= 0,
 * //     ...
 * ```
 */
export function deriveDataQualityRuleset(
  schema: TableSchema,
  target: AwsTarget,
  { tags = {} }: DataQualityOptions = {},
): GlueDataQualityRuleset {
  const text = rulesetText(schema.name, explainDataQuality(schema));
  if (text.length > mostCharacters)
    throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
      what: `The data quality rules of ${schema.name}`,
      size: text.length,
      limit: mostCharacters,
      unit: 'characters',
      fix: 'Shorten enums, maps and null texts, or split the table',
    });
  return {
    Name: dataQualityName(target, schema.name),
    Description: `Rows of ${schema.name}, as its definition has them`,
    Ruleset: text,
    TargetTable: { DatabaseName: target.database, TableName: schema.name },
    Tags: tableTags(target, schema.name, tags),
  };
}

/** The rules as a document of DQDL, each once, below the words that it comes from. */
function rulesetText(table: string, rows: readonly DataQualityRule[]): string {
  const words = new Map<string, string[]>();
  for (const { column = table, says, rule } of rows)
    if (rule !== undefined) words.set(rule, [...(words.get(rule) ?? []), comment(`${column}: ${says}`)]);
  const rules = [...words].map(([rule, says]) => [...says, rule].map((line) => `    ${line}`).join('\n'));
  return `Rules = [\n${rules.join(',\n')}\n]\n`;
}

/** A comment ends with its line. */
const comment = (text: string): string => `# ${text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`;
