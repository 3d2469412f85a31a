import {
  duckdbColumnCleaning,
  duckdbType,
  isWholeRowKey,
  quoteName,
  quoteText,
  type TableSchema,
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
}

/** The partition columns of a table with the SQL that computes each from the clean columns. */
export function partitionColumns(schema: TableSchema): { name: string; type: string; sql: string }[] {
  const { time, hour, columns } = schema.partitioning;
  return [
    { name: 'dt', type: 'DATE', sql: `${quoteName(time)}::DATE` },
    ...(hour ? [{ name: 'hour', type: 'INTEGER', sql: `hour(${quoteName(time)})` }] : []),
    ...columns.map((name) => ({ name: `part_${name}`, type: 'VARCHAR', sql: `${quoteName(name)}::VARCHAR` })),
  ];
}

/** SQL for the hash that finds rows which may be duplicates, and the hash that settles the order of equal sort keys. */
export function rowHashes(schema: TableSchema): { key: string; row: string } {
  const hash = (names: readonly string[]): string => `hash(${names.map(quoteName).join(', ')})`;
  const row = hash(schema.columns.map((column) => column.name));
  return { key: isWholeRowKey(schema) ? row : hash(schema.duplicateKey), row };
}

/** CREATE statements of the run's tables. */
export function createStagingTables(schema: TableSchema): string {
  const columns = schema.columns.map((column) => `${quoteName(column.name)} ${duckdbType(column.type)}`);
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
    duckdbColumnCleaning(column, `r${index}`, `g${index}`),
  );
  const guesses = cleaned.flatMap(({ guess }, index) => (guess ? [`${guess} AS g${index}`] : []));
  const values = cleaned.map(({ column, value }) => `${value} AS ${quoteName(column.name)}`);
  const bad = [
    'code IS NOT NULL',
    ...cleaned.map(({ column, rejected }) => rejected(quoteName(column.name))),
  ].join(' OR ');
  const names = schema.columns.map((column) => quoteName(column.name)).join(', ');
  const partitions = partitionColumns(schema)
    .map(({ sql }) => sql)
    .join(', ');
  const hashes = rowHashes(schema);
  const texts = schema.columns.map((_, index) => `r${index}`).join(', ');
  // Layers, so that each expression is computed once: texts, guesses, values, verdict.
  return `INSERT INTO ${stage}
SELECT ${names}, ${partitions}, ${hashes.row}, ${hashes.key === hashes.row ? 'NULL' : hashes.key}, ${input},
  CASE WHEN bad THEN [${texts}] END, CASE WHEN bad THEN ${raw.rawText} END, code
FROM (SELECT *, (${bad}) AS bad
  FROM (SELECT *, ${values.join(',\n    ')}
    FROM (SELECT *, ${[...guesses, `${raw.broken} AS code`].join(', ')}
      FROM (${raw.select}))))`;
}

/** SQL for the reasons of refused rows, from their texts: the same meaning as the record function. */
export function reasonsSql(schema: TableSchema): string {
  const reasons = schema.columns.map((column, index) => {
    const { reason } = duckdbColumnCleaning(column, `(texts[${index + 1}])`, 'unused');
    return `struct_pack("column" := ${quoteText(column.name)}, code := ${reason})`;
  });
  const ofColumns = `list_filter([${reasons.join(', ')}], lambda reason: reason.code IS NOT NULL)`;
  return `CASE WHEN code IS NOT NULL THEN [struct_pack("column" := NULL::VARCHAR, code := code)] ELSE ${ofColumns} END`;
}
