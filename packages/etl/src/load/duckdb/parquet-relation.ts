import type { Column } from '@headwater/core';
import { type FileSchema, quoteName, quotePath, quoteText } from '@headwater/core/internal';
import type { InputLayout, ParquetField } from '../../input/prepared-input.ts';
import { plainDigits } from './plain-digits.ts';
import { noReasons, type RawRelation, reasonSql } from './raw-relation.ts';

/** A name for the whole row of a Parquet file: one that no column of any file has. */
const fileRow = 'row of the file';

const isNested = ({ type }: ParquetField): boolean => /^(?:STRUCT|MAP|UNION|VARIANT)\b|\[\d*\]$/.test(type);
const isFloating = ({ type }: ParquetField): boolean => type === 'DOUBLE' || type === 'FLOAT';

/** The text of a value, by the rules for the same value in CSV. */
function textOf(field: ParquetField, { type }: Column): string {
  const value = quoteName(field.name);
  if (isNested(field)) return 'NULL::VARCHAR';
  // Strings of writers that say no more than bytes.
  if (field.type === 'BLOB') return `TRY(decode(${value}))`;
  const text = `${value}::VARCHAR`;
  return isFloating(field) && type.kind === 'decimal' ? plainDigits(text) : text;
}

/** Parquet: values as their texts, so that every format passes the same rules. */
export function parquetRelation(
  schema: FileSchema,
  path: string,
  { fields, positions }: Extract<InputLayout, { kind: 'parquet' }>,
): RawRelation {
  const read = schema.columns.map((column, index) => {
    const position = positions[index] ?? null;
    return { column, field: position === null ? undefined : fields[position] };
  });
  const texts = read.map(
    ({ column, field }, index) => `${field ? textOf(field, column) : 'NULL::VARCHAR'} AS r${index}`,
  );
  const reasons = read.flatMap(({ column, field }, index) => {
    if (!field || !(isNested(field) || field.type === 'BLOB')) return [];
    const reason = reasonSql(quoteText(column.name), isNested(field) ? 'nested_value' : 'not_utf8');
    // The value is there, and has no text.
    return [
      {
        given: `${quoteName(field.name)} IS NOT NULL AS given${index}`,
        reason,
        lacks: `given${index} AND r${index} IS NULL`,
      },
    ];
  });
  const given = reasons.map((one) => `${one.given}, `).join('');
  const lacking = reasons.map(({ lacks, reason }) => `CASE WHEN ${lacks} THEN ${reason} END`);
  return {
    select: `SELECT "${fileRow}" AS source_row, ${given}${texts.join(', ')}
      FROM read_parquet(${quotePath(path)}, hive_partitioning = false) "${fileRow}"`,
    rawText: 'to_json(source_row)::VARCHAR',
    broken: reasons.length
      ? `CASE WHEN ${reasons.map(({ lacks }) => `(${lacks})`).join(' OR ')}
          THEN list_filter([${lacking.join(', ')}], lambda reason: reason IS NOT NULL) END`
      : noReasons,
  };
}
