import { columnOf, duckdbColumnCleaning, type FileSchema, quoteText } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { comparedKey, type LoadedLookup, lookupTableName } from './loaded-lookup.ts';
import { noReasons, type RawRelation, reasonSql } from './raw-relation.ts';
import { stage } from './staging-table.ts';

/** The rows of one input before they are looked up, and in the same order what is found for each. */
const beforeLookup = 'rows_before_lookup';
const foundRows = 'rows_found';

/** The statement that removes the tables of {@link withLookups}, once the rows are staged. */
export const dropLookedUp = `DROP TABLE IF EXISTS ${beforeLookup}; DROP TABLE IF EXISTS ${foundRows}`;

/**
 * The same rows with the columns of lookups as texts. A join does not keep the order of rows, by which their lines are found: the
 * rows are put in a table, what is found for them is sorted by their place, and the two are read side by side. Both spill to
 * the run's staging folder.
 */
export async function withLookups(
  { connection, lookups }: Pick<DuckdbRun, 'connection' | 'lookups'>,
  file: FileSchema,
  relation: RawRelation,
): Promise<RawRelation> {
  if (lookups.length === 0 || !file.lookups) return relation;
  const texts = file.columns.map((_, index) => `r${index}`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${beforeLookup} AS
    SELECT ${texts.join(', ')}, ${relation.rawText} AS raw_text, ${relation.broken} AS broken_before${relation.recordRows === undefined ? '' : `, ${relation.recordRows} AS record_rows_before`}
      FROM (${relation.select})`);
  const keys = lookups.map(({ rule }, index) => {
    const at = file.columns.findIndex(({ name }) => name === rule.on);
    const column = columnOf(file, rule.on);
    const cleaning = duckdbColumnCleaning(column, `r${at}`, `lg${index}`, `lp${index}`, relation.facts);
    return {
      guess: `${cleaning.guess ?? 'NULL'} AS lg${index}`,
      parsed: `${cleaning.parsed} AS lp${index}`,
      key: `${comparedKey(column, `(${cleaning.value})`)} AS lk${index}`,
    };
  });
  const looked = file.columns.flatMap(({ lookup }, index) => {
    const which = lookups.findIndex(({ name }) => name === lookup?.name);
    const field = lookups[which]?.rule.columns.findIndex(({ name }) => name === lookup?.column);
    return lookup === undefined ? [] : [{ name: `r${index}`, sql: `m${which}.c${field} AS r${index}` }];
  });
  const joins = lookups.map(
    ({ name }, index) => `LEFT JOIN ${lookupTableName(name)} m${index} ON lk${index} = m${index}.k`,
  );
  const list = (part: keyof (typeof keys)[number]): string => keys.map((one) => one[part]).join(', ');
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${foundRows} AS
    SELECT ${[...looked.map(({ sql }) => sql), `${unmatchedSql(lookups)} AS unmatched`].join(', ')}
    FROM (SELECT place, ${list('key')} FROM (SELECT *, ${list('parsed')} FROM (SELECT *, rowid AS place, ${list('guess')} FROM ${beforeLookup})))
    ${joins.join(' ')} ORDER BY place`);
  const found = new Set(looked.map(({ name }) => name));
  const own = texts.filter((name) => !found.has(name));
  return {
    ...relation,
    rawText: 'raw_text',
    broken: 'broken_before',
    unmatched: 'unmatched',
    ...(relation.recordRows === undefined ? {} : { recordRows: 'record_rows_before' }),
    select: `SELECT ${[...own.map((name) => `b.${name}`), ...[...found].map((name) => `f.${name}`)].join(', ')},
      raw_text, broken_before${relation.recordRows === undefined ? '' : ', record_rows_before'}, unmatched
      FROM ${beforeLookup} b POSITIONAL JOIN ${foundRows} f`,
  };
}

/** SQL for the reasons of rows whose key has no row in a lookup that refuses such events; NULL where there are none. */
function unmatchedSql(lookups: readonly LoadedLookup[]): string {
  const byColumn = Map.groupBy(
    lookups.map(({ rule }, index) => ({
      rule,
      isMissing: `(lk${index} IS NOT NULL AND m${index}.k IS NULL)`,
    })),
    ({ rule }) => rule.on,
  );
  const reasons = [...byColumn].flatMap(([on, some]) => {
    const missing = some.filter(({ rule }) => rule.none === 'refuse').map(({ isMissing }) => isMissing);
    return missing.length > 0
      ? [{ missing: missing.join(' OR '), reason: reasonSql(quoteText(on), 'no_match') }]
      : [];
  });
  if (reasons.length === 0) return noReasons;
  const all = reasons.map(({ missing, reason }) => `CASE WHEN ${missing} THEN ${reason} END`);
  return `CASE WHEN ${reasons.map(({ missing }) => missing).join(' OR ')} THEN list_filter([${all.join(', ')}], lambda reason: reason IS NOT NULL) END`;
}

/**
 * Counts the accepted rows from `base` on whose key a lookup does not have, and that got nulls.
 *
 * @param base the first row of the staging table that is counted
 */
export async function countUnmatched(
  { connection, lookups }: Pick<DuckdbRun, 'connection' | 'lookups'>,
  file: FileSchema,
  base: number,
): Promise<void> {
  if (!file.lookups) return;
  for (const lookup of lookups) {
    const { name, rule } = lookup;
    if (rule.none === 'refuse') continue;
    const at = file.columns.findIndex((column) => column.name === rule.on);
    const key = comparedKey(columnOf(file, rule.on), `v${at}`);
    const [found] = await rowsOf(
      connection,
      `SELECT count(*) AS rows FROM ${stage}
       WHERE rowid >= ${base} AND rejection IS NULL AND v${at} IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM ${lookupTableName(name)} m WHERE m.k = ${key})`,
    );
    lookup.unmatched += countOf(found?.['rows']);
  }
}
