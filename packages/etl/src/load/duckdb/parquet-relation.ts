import type { Column } from '@headwater/core';
import { type FileSchema, quoteName, quotePath, quoteText } from '@headwater/core/internal';
import { isNestedType } from '../../input/parquet-path.ts';
import type { InputLayout, ParquetPaths } from '../../input/prepared-input.ts';
import { elementRecordRows } from './explode.ts';
import { plainDigits } from './plain-digits.ts';
import { noReasons, type RawRelation, reasonSql } from './raw-relation.ts';

/** A name for the whole row of a Parquet file: one that no column of any file has. */
const fileRow = 'row of the file';

/** A value of the file in SQL, with the engine's type of it. */
interface ReadValue {
  readonly sql: string;
  readonly type: string;
}

const isFloating = ({ type }: ReadValue): boolean => type === 'DOUBLE' || type === 'FLOAT';

/** The text of a value, by the rules for the same value in CSV. */
function textOf(value: ReadValue, { type }: Column): string {
  if (isNestedType(value.type)) return 'NULL::VARCHAR';
  // Strings of writers that say no more than bytes.
  if (value.type === 'BLOB') return `TRY(decode(${value.sql}))`;
  const text = `${value.sql}::VARCHAR`;
  return isFloating(value) && type.kind === 'decimal' ? plainDigits(text) : text;
}

/**
 * A row for each element of a list. A record without elements is one row, whose element is NULL. The values of the record have
 * names of their own, so that no column of the file can clash with the names used here.
 */
function explodedRows(
  { sql, names }: NonNullable<ParquetPaths['list']>,
  ofRecord: readonly string[],
  texts: string,
  rows: string,
): Pick<RawRelation, 'select' | 'rawText' | 'recordRows'> {
  const record = 'to_json(source_row)';
  const patch = names.reduceRight(
    (value, name) => `json_object(${quoteText(name)}, ${value})`,
    '[to_json(element)]',
  );
  const values = [`"${fileRow}" AS source_row`, `${sql} AS source_list`, ...ofRecord].join(', ');
  return {
    select: `SELECT source_row, element, element_count, element_number, ${texts}
      FROM (SELECT *, unnest(elements) AS element, generate_subscripts(elements, 1) AS element_number
        FROM (SELECT *, coalesce(len(source_list), 0) AS element_count,
            CASE WHEN len(source_list) > 0 THEN source_list ELSE [NULL] END AS elements
          FROM (SELECT ${values} FROM ${rows})))`,
    // Loading the text again gives this row and none of the others.
    rawText: `CASE WHEN element_count > 1 THEN json_merge_patch(${record}, ${patch}) ELSE ${record} END::VARCHAR`,
    recordRows: elementRecordRows,
  };
}

/** Parquet: values as their texts, so that every format passes the same rules. */
export function parquetRelation(
  schema: FileSchema,
  path: string,
  { fields, positions, paths }: Extract<InputLayout, { kind: 'parquet' }>,
): RawRelation {
  const list = paths?.list;
  const ofRecord: string[] = [];
  const read = schema.columns.map((column, index) => {
    const position = positions[index] ?? null;
    const field = position === null ? undefined : fields[position];
    const ofPath = paths?.values[index];
    const value: ReadValue | undefined =
      ofPath ?? (field && { sql: quoteName(field.name), type: field.type });
    if (!list || !value || ofPath?.isOfElement) return { column, value };
    ofRecord.push(`${value.sql} AS x${index}`);
    return { column, value: { ...value, sql: `x${index}` } };
  });
  const texts = read.map(
    ({ column, value }, index) => `${value ? textOf(value, column) : 'NULL::VARCHAR'} AS r${index}`,
  );
  const reasons = read.flatMap(({ column, value }, index) => {
    if (!value || !(isNestedType(value.type) || value.type === 'BLOB')) return [];
    const reason = reasonSql(quoteText(column.name), isNestedType(value.type) ? 'nested_value' : 'not_utf8');
    // The value is there, and has no text.
    return [
      {
        given: `${value.sql} IS NOT NULL AS given${index}`,
        reason,
        lacks: `given${index} AND r${index} IS NULL`,
      },
    ];
  });
  const given = reasons.map((one) => `${one.given}, `).join('');
  const lacking = reasons.map(({ lacks, reason }) => `CASE WHEN ${lacks} THEN ${reason} END`);
  const rows = `read_parquet(${quotePath(path)}, hive_partitioning = false) "${fileRow}"`;
  return {
    ...(list
      ? explodedRows(list, ofRecord, `${given}${texts.join(', ')}`, rows)
      : {
          select: `SELECT "${fileRow}" AS source_row, ${given}${texts.join(', ')}
      FROM ${rows}`,
          rawText: 'to_json(source_row)::VARCHAR',
        }),
    broken: reasons.length
      ? `CASE WHEN ${reasons.map(({ lacks }) => `(${lacks})`).join(' OR ')}
          THEN list_filter([${lacking.join(', ')}], lambda reason: reason IS NOT NULL) END`
      : noReasons,
  };
}
