import { columnOf, type TableSchema } from '../../table/table-schema.ts';
import { sparkName } from '../../types/spark-type.ts';
import { columnValue } from './column-value.ts';
import type { DataQualityRule } from './data-quality-rule.ts';
import { dqdlText, noRow } from './dqdl-text.ts';

/**
 * The rules of the table itself: it has rows, no event twice, and every row is in the folder of its time.
 *
 * @param keys the names of the partition keys
 */
export function tableRules(schema: TableSchema, keys: ReadonlySet<string>): DataQualityRule[] {
  return [
    {
      source: 'rows',
      says: 'the table has rows; an empty one passes other rules',
      rule: 'RowCount > 0',
    },
    duplicateRule(schema, keys),
    { source: 'folders', says: folderWords(schema), rule: noRow(folderCondition(schema, keys)) },
    {
      source: 'freshness',
      says: 'how old the latest event may be',
      note: 'No definition says it, and DataFreshness judges every row: of a table with a history, all but the latest fail',
    },
    ...(schema.lookups
      ? [
          {
            source: 'lookups' as const,
            says: `values of ${Object.keys(schema.lookups).join(', ')}`,
            note: 'What loads joined is a column like others; ReferentialIntegrity needs the table that they read',
          },
        ]
      : []),
  ];
}

/**
 * Nulls are equal as part of a key. Spark's GROUP BY takes them so; AWS does not document it for IsUnique. Nor does IsUnique take nested
 * columns, and Spark groups by no map.
 */
function duplicateRule(schema: TableSchema, keys: ReadonlySet<string>): DataQualityRule {
  const { duplicateKey } = schema;
  const columns = duplicateKey.map((name) => columnOf(schema, name));
  const values = columns.map((column) => columnValue(column, keys));
  const says = `no two rows are equal in ${duplicateKey.join(', ')}`;
  const kinds = columns.map(({ type }) => type.kind);
  if (kinds.includes('map'))
    return { source: 'duplicates', says, note: 'Spark does not group by a map, which the key has' };
  const isPlain =
    values.every((value) => value.isPlain) &&
    !columns.some(({ nullable }) => nullable) &&
    !kinds.some((kind) => kind === 'list' || kind === 'struct');
  return {
    source: 'duplicates',
    says,
    rule: isPlain
      ? `IsUnique ${duplicateKey.map(dqdlText).join(' ')}`
      : `CustomSql "select count(*) from (select count(*) as copies from primary group by ${values
          .map(({ sql }) => sql)
          .join(', ')}) where copies > 1" = 0`,
  };
}

function folderWords({ partitioning: { time, hour } }: TableSchema): string {
  return hour ? `dt and hour are the UTC day and hour of ${time}` : `dt is the UTC day of ${time}`;
}

/** The time of day is that of UTC whatever the zone of the session: `to_utc_timestamp` undoes the zone in which Spark shows a time. */
function folderCondition(schema: TableSchema, keys: ReadonlySet<string>): string {
  const { time, hour } = schema.partitioning;
  const { sql } = columnValue(columnOf(schema, time), keys);
  const utc = `to_utc_timestamp(${sql}, current_timezone())`;
  return [
    `${sparkName('dt')} <> date_format(${utc}, 'yyyy-MM-dd')`,
    ...(hour ? [`${sparkName('hour')} <> hour(${utc})`] : []),
  ].join(' or ');
}
