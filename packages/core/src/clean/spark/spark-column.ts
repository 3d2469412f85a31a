import type { FileColumn } from '../../table/file-schema.ts';
import { parseOf } from '../../table/table-schema.ts';
import { sparkChecks } from './spark-checks.ts';
import type { Layer } from './spark-layers.ts';
import { sparkCleanText } from './spark-text-steps.ts';
import { sparkValueReader } from './spark-value.ts';

/** One column's cleaning as Spark SQL over a raw text. */
export interface SparkColumnCleaning {
  readonly column: FileColumn;
  /** What to compute first. Each layer may use the names of the layers before it. */
  readonly layers: readonly Layer[];
  /** SQL of the text after its steps, over the layers. */
  readonly text: string;
  /** SQL of the clean value, over the layers. NULL for a null and for a rejected text. */
  readonly value: string;
  /** The name of the code of a bad value, which is NULL for a good one. Undefined where every text is good. */
  readonly code: string | undefined;
}

/**
 * Compiles a column's cleaning to Spark SQL.
 *
 * @param raw the name of the raw text
 * @param prefix what the names of layers begin with; unique among the columns
 * @example the parsed value of an int64 is `CASE WHEN r0 RLIKE '\\A(?:[+-]?[0-9]+)\\z' THEN CAST(r0 AS BIGINT) END`
 */
export function sparkColumnCleaning(column: FileColumn, raw: string, prefix: string): SparkColumnCleaning {
  const { layers: steps, text } = sparkCleanText(column, raw, prefix);
  const reading = sparkValueReader(column.type, parseOf(column))(text, prefix);
  const { layers = [], parsed: parsedSql } = reading;
  const parsed = parsedSql === undefined ? text : `${prefix}parsed`;
  const faults = [
    ...reading.cases(parsed),
    ...column.steps.flatMap((step) => sparkChecks(step, column, text, parsed)),
  ].map(({ failed, code }) => `WHEN ${failed} THEN ${code}`);
  const missing = column.nullable ? 'NULL' : "'missing'";
  const isAlwaysGood = column.nullable && faults.length === 0;
  const code = `${prefix}code`;
  const value = reading.value?.(parsed) ?? parsed;
  return {
    column,
    text,
    layers: [
      ...steps,
      ...layers,
      ...(parsedSql === undefined ? [] : [[{ name: parsed, sql: parsedSql }]]),
      ...(isAlwaysGood
        ? []
        : [[{ name: code, sql: `CASE WHEN ${text} IS NULL THEN ${missing} ${faults.join(' ')} END` }]]),
    ],
    value: isAlwaysGood ? value : `CASE WHEN ${code} IS NULL THEN ${value} END`,
    code: isAlwaysGood ? undefined : code,
  };
}
