import type { TableSchema } from '@headwater/core';
import {
  type DuckdbColumnCleaning,
  duckdbColumnCleaning,
  duckdbFilter,
  duckdbType,
  type FileSchema,
  isWholeRowKey,
  keepsAllRows,
  quoteName,
  quoteText,
} from '@headwater/core/internal';
import { stagedName } from '../staged-name.ts';
import { type RawRelation, reasonType } from './raw-relation.ts';

/** Names of the tables a run works in. They live in memory, and spill to the run's staging folder. */
export const stage = 'stage';
/** Rejected rows with their place: `input, line, raw, texts, reasons`. Reasons are null where the texts say them. */
export const rejectedRows = 'rejected_rows';

/** Bad values that became null, by input, column and code: `input, column, code, rows, line`, the line of the first one. */
export const nulledValues = 'nulled_values';

/** Lines kept back from the engine's reader: `input, line, code, raw`; a null code is a blank line. */
export const keptBack = 'kept_back_lines';

/**
 * The column of the staging table of an exploded table: on the first row of a record the number of rows that the record became,
 * and 0 on the others. It tells records and rows apart.
 */
export const recordRows = 'record_rows';

/**
 * Names of a column on its way, by its place: `r` the raw text, `g` a guess, `p` the parsed value, `v` the clean value.
 * The user's names stay outside of the staging tables, so they cannot clash with a name used here.
 */
const named = (schema: TableSchema, prefix: 'r' | 'g' | 'p' | 'v'): string[] =>
  schema.columns.map((_, index) => `${prefix}${index}`);

/** The clean values in the staging table: `v0, v1, ...` in the table's column order. */
export const stagedValues = (schema: TableSchema): string => named(schema, 'v').join(', ');

/** The partition columns of a table with the SQL that computes each from the clean values. A lookup has none. */
export function partitionColumns(schema: TableSchema): { name: string; type: string; sql: string }[] {
  const { time, hour, columns } = schema.partitioning;
  if (time === '') return [];
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

/**
 * The hashes of a row with the SQL that computes each: `row_hash` settles the order of equal sort keys, and finds rows that
 * may be duplicates; `key_hash` finds them where the duplicate key is not the whole row.
 */
export function rowHashes(schema: TableSchema): { name: string; sql: string }[] {
  const key = schema.duplicateKey.map((name) => stagedName(schema, name)).join(', ');
  return [
    { name: 'row_hash', sql: `hash(${stagedValues(schema)})` },
    ...(isWholeRowKey(schema) || keepsAllRows(schema) ? [] : [{ name: 'key_hash', sql: `hash(${key})` }]),
  ];
}

/** Whether bad values of some column become null. */
export const nullsInvalid = ({ columns }: TableSchema): boolean =>
  columns.some(({ invalid }) => invalid === 'null');

/**
 * CREATE statements of the run's tables. Rejected rows have no day in the staging table, so they are in no partition. A
 * row's rejection is a list of one or NULL: an empty list costs a row a fraction of the cost of three empty columns.
 */
export function createStagingTables(schema: TableSchema): string {
  const columns = schema.columns.map(({ type }, index) => `v${index} ${duckdbType(type)}`);
  const partitions = partitionColumns(schema).map(({ name, type }) => `${quoteName(name)} ${type}`);
  const hashes = rowHashes(schema).map(({ name }) => `${name} UBIGINT`);
  return `
    CREATE TABLE ${stage} (${[...columns, ...partitions, ...hashes].join(', ')},
      input INTEGER, rejection STRUCT(raw VARCHAR, texts VARCHAR[], reasons ${reasonType}[])[]${nullsInvalid(schema) ? `, nulled ${reasonType}[]` : ''}${schema.explode ? `, ${recordRows} INTEGER` : ''});
    CREATE TABLE ${nulledValues} (input INTEGER, "column" VARCHAR, code VARCHAR, rows BIGINT, line BIGINT);
    CREATE TABLE ${rejectedRows} (input INTEGER, line BIGINT, raw VARCHAR, texts VARCHAR[], reasons ${reasonType}[]);
    CREATE TABLE ${keptBack} (input INTEGER, line BIGINT, code VARCHAR, raw VARCHAR);`;
}

/**
 * SQL for whether a staged row was rejected, and not left out by the conditions of its source. Rows that are left out have an
 * empty list. Without conditions no row has one: where no row was rejected, the engine then finds so from its statistics, and does
 * not read the column.
 */
export const isRejected = ({ where }: FileSchema): string =>
  where ? 'len(rejection) > 0' : 'rejection IS NOT NULL';

/** Statements that drop the run's tables. */
export const dropStagingTables = `DROP TABLE ${stage}; DROP TABLE ${rejectedRows}; DROP TABLE ${nulledValues}; DROP TABLE ${keptBack};`;

/**
 * The statement that cleans an input's raw rows into the staging table. A row that the conditions of the source leave out is
 * staged with an empty list as its rejection: it keeps the place of the rows after it.
 */
export function stageStatement(schema: FileSchema, raw: RawRelation, input: number): string {
  const cleaned = schema.columns.map((column, index) =>
    duckdbColumnCleaning(column, `r${index}`, `g${index}`, `p${index}`, raw.facts),
  );
  const guesses = cleaned.flatMap(({ guess }, index) => (guess ? [`${guess} AS g${index}`] : []));
  const parsed = cleaned.map((column, index) => `${column.parsed} AS p${index}`);
  const values = cleaned.map(({ value }, index) => `${value} AS v${index}`);
  const filter = duckdbFilter(schema, (index) => `r${index}`);
  const filtered = filter === undefined ? [] : [`(broken IS NULL AND ${filter}) AS filtered`];
  const bad = [
    ...(filter === undefined ? [] : ['filtered']),
    'broken IS NOT NULL',
    ...(raw.unmatched === undefined ? [] : [`${raw.unmatched} IS NOT NULL`]),
    ...cleaned.map(({ rejected }, index) => rejected(`v${index}`)),
  ].join(' OR ');
  const [day, ...partitions] = partitionColumns(schema).map(({ sql }) => sql);
  const days = day === undefined ? [] : [`CASE WHEN NOT bad THEN ${day} END`];
  const reasons = raw.unmatched === undefined ? 'broken' : `coalesce(broken, ${raw.unmatched})`;
  const hashes = rowHashes(schema).map(({ sql }) => sql);
  const texts = named(schema, 'r').join(', ');
  const codes = cleaned.flatMap(({ nulled }, index) =>
    nulled ? [`${nulled(`v${index}`)} AS n${index}`] : [],
  );
  // Layers, so that each expression is computed once: texts, guesses, parsed, values, verdict.
  return `INSERT INTO ${stage}
SELECT ${[stagedValues(schema), ...days, ...partitions, ...hashes].join(', ')},
  ${input}, CASE ${filter === undefined ? '' : 'WHEN filtered THEN [] '}WHEN bad THEN [struct_pack(raw := ${raw.rawText}, texts := CASE WHEN broken IS NULL THEN [${texts}] END, reasons := ${reasons})] END${nulledSql(cleaned)}${schema.explode ? `, ${raw.recordRows ?? '1'}` : ''}
FROM (SELECT *, ${[`(${bad}) AS bad`, ...codes].join(', ')}
  FROM (SELECT *, ${[...values, ...filtered].join(', ')}
    FROM (SELECT *, ${parsed.join(',\n      ')}
      FROM (SELECT *, ${[...guesses, `${raw.broken} AS broken`].join(', ')}
        FROM (${raw.select})))))`;
}

/** SQL for the codes of an accepted row's bad values, a list or NULL, as another item. Empty where every bad value rejects its row. */
function nulledSql(cleaned: readonly DuckdbColumnCleaning[]): string {
  const codes = cleaned.flatMap(({ column, nulled }, index) =>
    nulled ? [{ name: column.name, code: `n${index}` }] : [],
  );
  if (codes.length === 0) return '';
  const isAny = codes.map(({ code }) => `${code} IS NOT NULL`).join(' OR ');
  const list = codes.map(({ name, code }) => `struct_pack("column" := ${quoteText(name)}, code := ${code})`);
  return `,
  CASE WHEN NOT bad AND (${isAny}) THEN list_filter([${list.join(', ')}], lambda one: one.code IS NOT NULL) END`;
}

/** SQL for the reasons of rejected rows, from their texts. Agrees with the record function. */
export function reasonsSql(schema: FileSchema): string {
  const reasons = schema.columns.flatMap((column, index) => {
    const { reason, nulled } = duckdbColumnCleaning(column, `(texts[${index + 1}])`, 'unused', 'unused');
    return nulled ? [] : [`struct_pack("column" := ${quoteText(column.name)}, code := ${reason})`];
  });
  const ofColumns = `list_filter([${reasons.join(', ')}], lambda reason: reason.code IS NOT NULL)`;
  // A row that a lookup refuses has both texts and reasons.
  const both = schema.lookups ? ` WHEN texts IS NOT NULL THEN list_concat(${ofColumns}, reasons)` : '';
  return `CASE WHEN reasons IS NULL THEN ${ofColumns}${both} ELSE reasons END`;
}
