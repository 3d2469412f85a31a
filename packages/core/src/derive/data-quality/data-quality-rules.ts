import { partitionKeys } from '../../catalog/partition-keys.ts';
import type { Column, TableSchema } from '../../table/table-schema.ts';
import { columnChecks } from './column-checks.ts';
import { columnValue } from './column-value.ts';
import type { ColumnCheck, DataQualityRule } from './data-quality-rule.ts';
import { noRow } from './dqdl-text.ts';
import { tableRules } from './table-rules.ts';

/**
 * Every statement of a definition about the rows of its table. Each has the rule of Glue Data Quality that checks it, or the reason why
 * it has none.
 *
 * Several statements may have the same rule: one CustomSql rule of a column checks all that the other rule types cannot express.
 *
 * @example explainDataQuality(clickstream.schema).find(({ column, source }) => column === 'price' && source === 'range')
 * // { column: 'price', source: 'range', says: 'at least 0', rule: 'ColumnValues "price" >= 0' }
 */
export function explainDataQuality(schema: TableSchema): DataQualityRule[] {
  const keys = new Set(partitionKeys(schema).map(({ name }) => name));
  return [...tableRules(schema, keys), ...schema.columns.flatMap((column) => columnRules(column, keys))];
}

function columnRules(column: Column, keys: ReadonlySet<string>): DataQualityRule[] {
  const checks = columnChecks(column, columnValue(column, keys));
  const conditions = checks.flatMap(({ condition }) => condition ?? []);
  const together = noRow(conditions.join(' or '));
  return checks.map(({ source, says, rule, condition, note }: ColumnCheck) => ({
    column: column.name,
    source,
    says,
    ...(rule === undefined && condition === undefined ? {} : { rule: rule ?? together }),
    ...(note === undefined ? {} : { note }),
  }));
}
