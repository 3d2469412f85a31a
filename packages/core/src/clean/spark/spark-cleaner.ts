import type { FileSchema } from '../../table/file-schema.ts';
import { sparkText } from '../../types/spark-type.ts';
import { refusesUnmatched, sparkRawColumns, sparkReasonsType } from './raw-columns.ts';
import { type SparkColumnCleaning, sparkColumnCleaning } from './spark-column.ts';
import { sparkFilter } from './spark-filter.ts';
import { layeredSelect, sideBySide } from './spark-layers.ts';

/**
 * Compiles the cleaning of a file's rows to Spark SQL: a SELECT over the raw relation (`sparkRawColumns`). It needs `sparkSettings`.
 * The result has the columns of the raw relation, and
 *
 * - `v0`, `v1`, ...: the clean values in the order of the table's columns; NULL where the value is null or rejected
 * - `reasons`: an array of `{column, code}`, empty for accepted rows. A broken row has those of `broken`
 * - `nulled`: such an array of an accepted row's bad values that became null
 * - `filtered`: whether the conditions of the source leave the row out, which then has no reasons
 *
 * No name of the user is an identifier in it.
 *
 * @param file the table, as the files of a source have it
 * @param from SQL of the raw relation: a name, or a SELECT in parentheses
 */
export function sparkCleaningSelect(file: FileSchema, from: string): string {
  const columns = file.columns.map((column, index) => sparkColumnCleaning(column, `r${index}`, `c${index}_`));
  const filter = sparkFilter(file, (index) => columns[index]?.text ?? '');
  const verdict = [
    { name: 'is_broken', sql: `broken IS NOT NULL AND ${barrier}` },
    {
      name: 'is_filtered',
      sql: filter === undefined ? 'false' : `broken IS NULL AND ${filter} AND ${barrier}`,
    },
    { name: 'bad_values', sql: badValues(columns, false) },
    { name: 'nulled_values', sql: badValues(columns, true) },
  ];
  const unmatched = refusesUnmatched(file);
  const reasons = unmatched ? `concat(bad_values, coalesce(unmatched, ${none}))` : 'bad_values';
  const result = [
    ...Object.keys(sparkRawColumns(file)),
    ...columns.map((_, index) => `v${index}`),
    `CASE WHEN is_broken THEN broken WHEN is_filtered THEN ${none} ELSE ${reasons} END AS reasons`,
    `CASE WHEN is_broken OR is_filtered OR size(${reasons}) > 0 THEN ${none} ELSE nulled_values END AS nulled`,
    'is_filtered AS filtered',
  ];
  const layers = sideBySide(columns.map((column) => column.layers));
  const values = columns.map(({ value }, index) => ({ name: `v${index}`, sql: value }));
  return `SELECT ${result.join(', ')}\nFROM ${layeredSelect(from, [...layers, [...values, ...verdict]])}`;
}

/**
 * Always true, and never the same to Spark: it would otherwise move a condition on the result below the layers, and compute them
 * once for the condition and once more for the rows.
 */
const barrier = 'spark_partition_id() >= 0';

const none = `CAST(array() AS ${sparkReasonsType})`;

/** SQL of the bad values of a row. Most rows have none, and for these no array is made. */
function badValues(columns: readonly SparkColumnCleaning[], areNulled: boolean): string {
  const coded = columns.flatMap(({ column, code }) =>
    code !== undefined && (column.invalid === 'null') === areNulled ? [{ name: column.name, code }] : [],
  );
  if (coded.length === 0) return none;
  const structs = coded.map(
    ({ name, code }) =>
      `CASE WHEN ${code} IS NOT NULL THEN named_struct('column', ${sparkText(name)}, 'code', ${code}) END`,
  );
  return `CASE WHEN coalesce(${coded.map(({ code }) => code).join(', ')}) IS NULL THEN ${none} ELSE filter(array(${structs.join(',\n  ')}), reason -> reason IS NOT NULL) END`;
}
