import type { FileSchema } from '../../../table/file-schema.ts';
import type { LookupRule } from '../../../table/lookup-rule.ts';
import { type Column, columnOf } from '../../../table/table-schema.ts';
import { sparkText, sparkType } from '../../../types/spark-type.ts';
import { sparkRawColumns } from '../raw-columns.ts';
import { sparkColumnCleaning } from '../spark-column.ts';
import { layeredSelect, sideBySide } from '../spark-layers.ts';
import { columnReasons } from './raw-reasons.ts';

/** The view with the rows of a lookup: `k`, the text of the key, each once; `c0, c1, ...` the texts of its other columns. */
const lookupView = (name: string): string => `lookup_${name}`;

interface Lookup extends LookupRule {
  readonly name: string;
  /** The place of the column that is compared. */
  readonly at: number;
}

const lookupsOf = ({ lookups = {}, columns }: FileSchema): Lookup[] =>
  Object.entries(lookups).map(([name, rule]) => ({
    ...rule,
    name,
    at: columns.findIndex((column) => column.name === rule.on),
  }));

/** Spark's type in which keys are compared: integers of any size are comparable. */
const comparedType = ({ type }: Pick<Column, 'type'>): string =>
  type.kind === 'int32' ? 'BIGINT' : sparkType(type);

/**
 * SQL that fills in the columns of lookups: the raw relation `from` with the texts of the row that each lookup has for the clean key of a
 * row, and with `unmatched`, where a lookup refuses rows that it has none for. The lookups are views (`lookup_<name>`); they are small, and
 * every part of the rows gets all of each.
 *
 * @param from SQL of a raw relation without `unmatched`: a name, or a SELECT in parentheses
 * @returns a SELECT; of a table without lookups, one that gives the relation as it is
 */
export function sparkLookupSelect(file: FileSchema, from: string): string {
  const lookups = lookupsOf(file);
  const names = Object.keys(sparkRawColumns(file));
  if (lookups.length === 0) return `SELECT ${names.join(', ')} FROM ${from}`;
  const keys = lookups.map(({ at, on }, index) => ({
    ...sparkColumnCleaning(columnOf(file, on), `r${at}`, `k${index}_`),
    type: comparedType(columnOf(file, on)),
  }));
  const rows = layeredSelect(from, [
    ...sideBySide(keys.map(({ layers }) => layers)),
    keys.map(({ value, type }, index) => ({ name: `key${index}`, sql: `CAST(${value} AS ${type})` })),
  ]);
  const joins = lookups.map(
    ({ name }, index) =>
      `LEFT JOIN (SELECT CAST(k AS ${keys[index]?.type}) AS found_key, * FROM ${lookupView(name)}) m${index} ON b.key${index} = m${index}.found_key`,
  );
  const looked = new Map(
    file.columns.flatMap(({ lookup }, index) => {
      const which = lookups.findIndex(({ name }) => name === lookup?.name);
      const field = lookups[which]?.columns.findIndex(({ name }) => name === lookup?.column);
      return lookup === undefined ? [] : [[`r${index}`, `m${which}.c${field} AS r${index}`]];
    }),
  );
  const columns = names.map((name) =>
    name === 'unmatched' ? `${unmatchedSql(lookups)} AS unmatched` : (looked.get(name) ?? `b.${name}`),
  );
  const hint = lookups.map((_, index) => `m${index}`).join(', ');
  return `SELECT /*+ BROADCAST(${hint}) */ ${columns.join(', ')}\nFROM ${rows} b\n${joins.join('\n')}`;
}

/** The reasons of rows whose key has no row in a lookup that refuses such events; NULL where there are none. */
function unmatchedSql(lookups: readonly Lookup[]): string {
  const missing = lookups.flatMap(({ on, none }, index) =>
    none === 'refuse'
      ? [{ on, isMissing: `(b.key${index} IS NOT NULL AND m${index}.found_key IS NULL)` }]
      : [],
  );
  const columns = [...Map.groupBy(missing, ({ on }) => on)];
  return columnReasons(
    columns.map(([column, some]) => ({
      applies: some.map(({ isMissing }) => isMissing).join(' OR '),
      column,
      code: 'no_match',
    })),
  );
}

/**
 * SQL that counts, for each lookup that gives nulls where it has no row, the rows that got them: `name, rows`.
 *
 * @param from SQL of the accepted rows with their clean values `v0..vn`
 * @returns a SELECT; undefined where no lookup gives nulls
 */
export function sparkUnmatchedCounts(file: FileSchema, from: string): string | undefined {
  const counts = lookupsOf(file).flatMap(({ name, none, at, on }) => {
    if (none === 'refuse') return [];
    const type = comparedType(columnOf(file, on));
    return [
      `SELECT ${sparkText(name)} AS name, count(*) AS rows FROM ${from} b
  LEFT ANTI JOIN (SELECT CAST(k AS ${type}) AS found_key FROM ${lookupView(name)}) m ON CAST(b.v${at} AS ${type}) = m.found_key
  WHERE b.v${at} IS NOT NULL`,
    ];
  });
  return counts.length > 0 ? counts.join('\nUNION ALL ') : undefined;
}
