import type { TableSchema } from '@headwater/core';
import {
  type FileSchema,
  fileSchema,
  sparkLookupSelect,
  sparkRawColumns,
  sparkText,
} from '@headwater/core/internal';
import { recordSql, runId } from './quarantine-sql.ts';
import { rowState, stagedSelect } from './staged-sql.ts';

/** How the rows of a quarantine are cleaned again, as Spark SQL. */
export interface ReplaySql {
  /** The quarantined rows with their `place`, from `quarantine_files`. */
  readonly kept: string;
  /** Counts the lines that could not be split: `rows`. */
  readonly broken: string;
  /** The sources of the rows with columns: `source_name`. */
  readonly sources: string;
  /** The cleaned rows of each source. The one without a name is for every other row. */
  readonly parts: readonly ReplayPart[];
  /** The rows that stay in the quarantine. */
  readonly quarantine: string;
  /** The bad values that became null. Undefined where none does. */
  readonly nulled?: string;
}

/** The SQL that cleans the quarantined rows of one source. */
export interface ReplayPart {
  readonly source?: string;
  readonly select: string;
}

/** The bits of a place that hold the number of a row in its file, and those that hold the number of the file. */
const [rowBits, fileBits] = [33, 17];

/**
 * The SQL of a replay. Each row is cleaned by the rules of the source that its input was read as; where the table no longer has that
 * source, by those without one. Lines that could not be split have no columns to try: they stay as they are.
 */
export function replaySql(schema: TableSchema): ReplaySql {
  const names = Object.keys(schema.sources ?? {});
  const isOther =
    names.length === 0
      ? 'true'
      : `(source_name IS NULL OR source_name NOT IN (${names.map(sparkText).join(', ')}))`;
  return {
    kept: keptSelect(schema),
    broken: 'SELECT count(*) AS rows FROM kept_rows WHERE record IS NULL',
    sources: 'SELECT DISTINCT source_name FROM kept_rows WHERE record IS NOT NULL',
    parts: [
      { select: stagedPart(fileSchema(schema, undefined), isOther) },
      ...names.map((source) => ({
        source,
        select: stagedPart(fileSchema(schema, source), `source_name = ${sparkText(source)}`),
      })),
    ],
    quarantine: keptQuarantine(schema),
    ...(schema.columns.some(({ invalid }) => invalid === 'null') ? { nulled: keptNulled } : {}),
  };
}

/** Rows have the order of their files. Those of one source come together, as DuckDB stages them: the order of loads settles duplicates. */
function keptSelect({ sources }: TableSchema): string {
  const place = `shiftleft(CAST(nr AS BIGINT), ${rowBits}) | row`;
  const columns = 'source, line, raw, record, reasons, schema_version';
  if (!sources)
    return `SELECT ${place} AS place, ${columns}, CAST(NULL AS STRING) AS source_name FROM quarantine_files`;
  const ranks = `SELECT source_name AS name_of_rank, row_number() OVER (ORDER BY min(source), source_name NULLS FIRST) AS rank FROM quarantine_files GROUP BY source_name`;
  return `SELECT /*+ BROADCAST(g) */ shiftleft(CAST(g.rank AS BIGINT), ${rowBits + fileBits}) | ${place} AS place, ${columns}, source_name
FROM quarantine_files q JOIN (${ranks}) g ON q.source_name <=> g.name_of_rank`;
}

/** The SELECT that cleans the rows of one source from the texts of their columns, which have the columns' names of now or of then. */
function stagedPart(file: FileSchema, condition: string): string {
  const texts = file.columns.map(({ name, renamedFrom, constant }) => {
    const found = [name, ...renamedFrom].map((key) => `try_element_at(record, ${sparkText(key)})`);
    return constant === undefined ? `coalesce(${found.join(', ')})` : sparkText(constant);
  });
  const given: Readonly<Record<string, string>> = {
    input: '0',
    place: 'place',
    element: '0',
    record_rows: '1',
    raw: 'raw',
    ...Object.fromEntries(texts.map((text, index) => [`r${index}`, text])),
  };
  const columns = Object.entries(sparkRawColumns(file)).flatMap(([name, type]) =>
    // The lookups give it.
    name === 'unmatched' ? [] : [`CAST(${given[name] ?? 'NULL'} AS ${type}) AS ${name}`],
  );
  const raw = `(SELECT ${columns.join(', ')}\nFROM kept_rows WHERE record IS NOT NULL AND ${condition})`;
  return stagedSelect(file, file.lookups ? `(${sparkLookupSelect(file, raw)})` : raw);
}

/** The rejected rows with the columns of the quarantine, each with the place that it had, and the definition that rejected it first. */
function keptQuarantine(schema: TableSchema): string {
  const sourceName = schema.sources ? ', k.source_name AS source_name' : '';
  const common = `k.schema_version AS schema_version, '${runId}' AS run_id${sourceName}`;
  return `SELECT k.source AS source, k.line AS line, s.raw AS raw, ${recordSql(schema)} AS record, s.reasons AS reasons, ${common}
FROM staged s JOIN kept_rows k ON k.place = s.place WHERE s.state = ${rowState.rejected}
UNION ALL SELECT k.source, k.line, k.raw, CAST(NULL AS MAP<STRING, STRING>), k.reasons, ${common} FROM kept_rows k WHERE k.record IS NULL`;
}

/** The bad values that became null, the commonest first: `column, code, rows, source, line`, the place of the first by the name of its input. */
const keptNulled = `SELECT column, code, count(*) AS rows, min(struct(source, source_name, line)).source AS source, min(struct(source, source_name, line)).line AS line
FROM (SELECT one.column AS column, one.code AS code, k.source, k.source_name, k.line
  FROM (SELECT place, explode(nulled) AS one FROM staged WHERE state = ${rowState.accepted}) s JOIN kept_rows k ON k.place = s.place)
GROUP BY column, code ORDER BY rows DESC, column, code`;
