import { type FileSchema, fieldNames, isReadFromFile, readPath } from '../../../table/file-schema.ts';
import { elementPart, memberSteps, type PathStep } from '../../../table/nested-path.ts';
import { sparkText } from '../../../types/spark-type.ts';
import { jsonString } from './marked-json.ts';
import { castFloatingText, jsonFloatingText, plainDigits } from './number-text.ts';
import { codeText, noSparkReasons, sparkReason } from './raw-reasons.ts';

/** One step of a path, with its text as a literal of SQL. */
export type SparkParquetStep =
  | { readonly step: 'member'; readonly name: string; readonly literal: string }
  | { readonly step: 'element'; readonly index: number }
  | { readonly step: 'first'; readonly name: string; readonly literal: string; readonly text: string };

/** How a column is read from Parquet files. */
export interface SparkParquetColumn {
  readonly name: string;
  /** SQL of the text that it has in every row; the other members then have no meaning. */
  readonly constant?: string;
  /** The names of its field, in the order in which they are tried: exactly, then in any case. */
  readonly names: readonly string[];
  /** Its path in a record, tried before its names. */
  readonly path?: readonly SparkParquetStep[];
  /** Its path in an element of the exploded list, or that it is the element's number; tried before its names. */
  readonly element?: readonly SparkParquetStep[] | 'number';
  /** Whether a file without it is refused. */
  readonly required: boolean;
  /** Which of the texts of a type it takes. */
  readonly texts: 'decimal' | 'other';
  /** SQL of the reason for a value that has members or elements, and for bytes that are not UTF-8. */
  readonly nested: string;
  readonly notUtf8: string;
}

/** How rows of Parquet files become raw rows: data for a program that knows the types of a file. `{}` stands for the SQL of a value. */
export interface SparkParquetPlan {
  readonly columns: readonly SparkParquetColumn[];
  /** The path of the exploded list. */
  readonly explode?: readonly SparkParquetStep[];
  /** SQL of a value's text, by the column's `texts` and by Spark's name of the type. Files with other types are refused. */
  readonly texts: Readonly<Record<SparkParquetColumn['texts'], Readonly<Record<string, string>>>>;
  /**
   * SQL of a value in the JSON text of a row, by the type. `decimal15` is a decimal of at most 15 digits, `decimal0` a longer one without
   * a fraction.
   */
  readonly json: Readonly<Record<string, string>>;
  /** SQL of a text as a string of JSON. */
  readonly jsonString: string;
  /** SQL of no reasons. */
  readonly noReasons: string;
}

const value = '{}';
const plain = `CAST(${value} AS STRING)`;
const wholeNumbers = { byte: plain, short: plain, integer: plain, long: plain };
const bytes = `CASE WHEN decode(${value}, 'UTF-8') = CAST(${value} AS STRING) THEN CAST(${value} AS STRING) END`;
/** Strings that are not UTF-8 are a fault of the file, which the engine would not see. */
const string = `CASE WHEN decode(CAST(${value} AS BINARY), 'UTF-8') = ${value} THEN ${value}
  WHEN ${value} IS NOT NULL THEN raise_error(concat('INPUT_UNREADABLE ', input, ' a text column has bytes that are not UTF-8')) END`;

const texts = {
  ...{ string, ...wholeNumbers, boolean: plain, binary: bytes },
  // Java writes a small decimal with an exponent.
  ...{ decimal: plainDigits(plain), date: plain, timestamp_ntz: plain },
  // An instant, in UTC: the session's zone.
  timestamp: `concat(${plain}, '+00')`,
  float: castFloatingText(value, 'FLOAT'),
  double: castFloatingText(value, 'DOUBLE'),
};

const printable = `one BETWEEN ' ' AND '~' AND NOT one IN (${['\\', "'", '"'].map(sparkText).join(', ')})`;
const blob = `array_join(transform(split(decode(${value}, 'ISO-8859-1'), ''), one ->
  CASE WHEN one = '' OR ${printable} THEN one ELSE concat(${sparkText('\\x')}, lpad(hex(ascii(one)), 2, '0')) END), '')`;

const named = (sql: string, name: string, body: string): string =>
  `get(transform(array(${sql}), ${name} -> ${body}), 0)`;
const jsonText = (sql: string): string => named(sql, 'text', jsonString('text'));
const asDouble = named(`CAST(${value} AS DOUBLE)`, 'double', jsonFloatingText('double'));

const json = {
  ...{ string: jsonText(value), ...wholeNumbers, boolean: plain, binary: jsonText(blob) },
  ...{ decimal: plainDigits(plain), decimal0: plain, decimal15: asDouble, float: asDouble, double: asDouble },
  date: `concat('"', ${plain}, '"')`,
  timestamp: `concat('"', ${texts.timestamp}, '"')`,
  timestamp_ntz: `concat('"', ${plain}, '"')`,
};

/**
 * How Parquet files of a table become raw rows, `sparkRawColumns`: the texts that a load by DuckDB gives. It needs a session
 * with `spark.sql.parquet.inferTimestampNTZ.enabled` true, and with CORRECTED as `datetimeRebaseModeInRead` and `int96RebaseModeInRead`.
 */
export function sparkParquetPlan(file: FileSchema): SparkParquetPlan {
  const compared = new Set(file.where?.map(({ column }) => column));
  const columns = file.columns.map((column): SparkParquetColumn => {
    const path = readPath(column);
    const part = path && elementPart(path);
    const isRequired =
      isReadFromFile(column) &&
      (compared.has(column.name) ||
        (!column.nullable && !column.steps.some(({ step }) => step === 'default')));
    const reason = (code: 'nested_value' | 'not_utf8') => sparkReason(sparkText(column.name), codeText(code));
    return {
      name: column.name,
      names: fieldNames(column),
      required: isRequired,
      texts: column.type.kind === 'decimal' ? 'decimal' : 'other',
      nested: reason('nested_value'),
      notUtf8: reason('not_utf8'),
      ...(column.constant === undefined ? {} : { constant: sparkText(column.constant) }),
      ...(path && part === undefined ? { path: stepsOf(path) } : {}),
      ...(part === undefined ? {} : { element: part === 'number' ? part : stepsOf(part) }),
    };
  });
  return {
    columns,
    ...(file.explode ? { explode: stepsOf(memberSteps(file.explode)) } : {}),
    texts: {
      other: texts,
      decimal: { ...texts, float: plainText(texts.float), double: plainText(texts.double) },
    },
    json,
    jsonString: jsonText(value),
    noReasons: noSparkReasons,
  };
}

const plainText = (sql: string): string => named(sql, 'text', plainDigits('text'));

const stepsOf = (path: readonly PathStep[]): SparkParquetStep[] =>
  path.flatMap((step): SparkParquetStep[] => {
    if (step.step === 'member') return [{ ...step, literal: sparkText(step.name) }];
    if (step.step === 'first')
      return [{ ...step, literal: sparkText(step.name), text: sparkText(step.text) }];
    return step.step === 'element' ? [step] : [];
  });
