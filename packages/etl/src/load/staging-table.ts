import {
  duckdbColumnCleaning,
  duckdbType,
  isWholeRowKey,
  quoteName,
  quoteText,
  type TableSchema,
  type TextFacts,
} from '@headwater/core';

/** Names of the tables a run works in. They live in memory, and spill to the run's staging folder. */
export const stage = 'stage';
/** Rows that were refused, with their place: `input, line, raw, texts, code`. */
export const refused = 'refused';

/** Lines kept back from the engine's reader: `input, line, code, raw`; a null code is a blank line. */
export const keptBack = 'kept_back_lines';

/** A relation of raw rows: texts `r0..rn` in the table's column order, and how to write the raw row down again. */
export interface RawRelation {
  /** A SELECT that gives `r0..rn`, and whatever `rawText` needs. */
  readonly select: string;
  /** SQL for the raw row as text. Evaluated for refused rows only. */
  readonly rawText: string;
  /** SQL for the reject code of a row that is broken as a whole, or NULL. */
  readonly broken: string;
  /** What is known of all its texts. */
  readonly facts?: TextFacts;
}

/**
 * Names of a column on its way, by its place: `r` the raw text, `g` a guess, `p` the parsed value, `v` the clean value.
 * The user's names stay outside of the staging tables, so that none of them can clash with a name used here.
 */
const named = (schema: TableSchema, prefix: 'r' | 'g' | 'p' | 'v'): string[] =>
  schema.columns.map((_, index) => `${prefix}${index}`);

/** The clean values in the staging table: `v0, v1, ...` in the table's column order. */
export const stagedValues = (schema: TableSchema): string => named(schema, 'v').join(', ');

/** The staging table's name for a column. */
export const stagedName = (schema: TableSchema, column: string): string =>
  `v${schema.columns.findIndex(({ name }) => name === column)}`;

/** The partition columns of a table with the SQL that computes each from the clean values. */
export function partitionColumns(schema: TableSchema): { name: string; type: string; sql: string }[] {
  const { time, hour, columns } = schema.partitioning;
  const timeValue = stagedName(schema, time);
  return [
    { name: 'dt', type: 'DATE', sql: `${timeValue}::DATE` },
    ...(hour ? [{ name: 'hour', type: 'INTEGER', sql: `hour(${timeValue})` }] : []),
    ...columns.map((name) => ({
      name: `part_${name}`,
      type: 'VARCHAR',
      sql: `${stagedName(schema, name)}::VARCHAR`,
    })),
  ];
}

/** SQL for the hash that finds rows which may be duplicates, and the hash that settles the order of equal sort keys. */
export function rowHashes(schema: TableSchema): { key: string; row: string } {
  const row = `hash(${stagedValues(schema)})`;
  const key = schema.duplicateKey.map((name) => stagedName(schema, name)).join(', ');
  return { key: isWholeRowKey(schema) ? row : `hash(${key})`, row };
}

/** CREATE statements of the run's tables. Refused rows have no day in the staging table, so no partition takes them. */
export function createStagingTables(schema: TableSchema): string {
  const columns = schema.columns.map(({ type }, index) => `v${index} ${duckdbType(type)}`);
  const partitions = partitionColumns(schema).map(({ name, type }) => `${quoteName(name)} ${type}`);
  return `
    CREATE TABLE ${stage} (${[...columns, ...partitions].join(', ')},
      row_hash UBIGINT, key_hash UBIGINT, input INTEGER, texts VARCHAR[], raw VARCHAR, code VARCHAR);
    CREATE TABLE ${refused} (input INTEGER, line BIGINT, raw VARCHAR, texts VARCHAR[], code VARCHAR);
    CREATE TABLE ${keptBack} (input INTEGER, line BIGINT, code VARCHAR, raw VARCHAR);`;
}

/** The statement that cleans an input's raw rows into the staging table. */
export function stageStatement(schema: TableSchema, raw: RawRelation, input: number): string {
  const cleaned = schema.columns.map((column, index) =>
    duckdbColumnCleaning(column, `r${index}`, `g${index}`, `p${index}`, raw.facts),
  );
  const guesses = cleaned.flatMap(({ guess }, index) => (guess ? [`${guess} AS g${index}`] : []));
  const parsed = cleaned.map((column, index) => `${column.parsed} AS p${index}`);
  const values = cleaned.map(({ value }, index) => `${value} AS v${index}`);
  const bad = ['code IS NOT NULL', ...cleaned.map(({ rejected }, index) => rejected(`v${index}`))].join(
    ' OR ',
  );
  const [day, ...partitions] = partitionColumns(schema).map(({ sql }) => sql);
  const hashes = rowHashes(schema);
  const texts = named(schema, 'r').join(', ');
  // Layers, so that each expression is computed once: texts, guesses, parsed, values, verdict.
  return `INSERT INTO ${stage}
SELECT ${[stagedValues(schema), `CASE WHEN NOT bad THEN ${day} END`, ...partitions].join(', ')},
  ${hashes.row}, ${hashes.key === hashes.row ? 'NULL' : hashes.key}, ${input},
  CASE WHEN bad THEN [${texts}] END, CASE WHEN bad THEN ${raw.rawText} END, code
FROM (SELECT *, (${bad}) AS bad
  FROM (SELECT *, ${values.join(', ')}
    FROM (SELECT *, ${parsed.join(',\n      ')}
      FROM (SELECT *, ${[...guesses, `${raw.broken} AS code`].join(', ')}
        FROM (${raw.select})))))`;
}

/** SQL for the reasons of refused rows, from their texts: the same meaning as the record function. */
export function reasonsSql(schema: TableSchema): string {
  const reasons = schema.columns.map((column, index) => {
    const { reason } = duckdbColumnCleaning(column, `(texts[${index + 1}])`, 'unused', 'unused');
    return `struct_pack("column" := ${quoteText(column.name)}, code := ${reason})`;
  });
  const ofColumns = `list_filter([${reasons.join(', ')}], lambda reason: reason.code IS NOT NULL)`;
  return `CASE WHEN code IS NOT NULL THEN [struct_pack("column" := NULL::VARCHAR, code := code)] ELSE ${ofColumns} END`;
}
