import type { TableSchema } from '@headwater/core';
import {
  isKeyAcrossFolders,
  isWholeRowKey,
  keepsAllRows,
  sparkText,
  sparkType,
} from '@headwater/core/internal';
import { stagedName } from '../staged-name.ts';
import { keyHash, stagedKey, stagedValues } from './staged-names.ts';
import { rowState } from './staged-sql.ts';

/** How the rows of one event are found, and which of them stays: the rules of `DuplicatesConfig` as Spark SQL. */
export interface SettlePlan {
  readonly rule: 'all' | 'row' | 'event';
  /** Whether rows of one event may be in different folders. */
  readonly across: boolean;
  /** Whether they are on one day all the same. */
  readonly withTime: boolean;
  /** How a column is read from committed files: under whichever of its names they have. */
  readonly committed: readonly CommittedColumn[];
  readonly values: readonly string[];
  readonly hash: string;
  /** The accepted rows: `input, place, element, folder`, the values, the hash. */
  readonly fresh: string;
  /** The hashes that several rows have. */
  readonly repeated: string;
  /** The rows of those hashes. Only these are compared. */
  readonly candidates: string;
  /** The rows that do not remain, and the input that each counts for. */
  readonly losers: string;
}

/** A column in committed files. */
export interface CommittedColumn {
  readonly value: string;
  readonly names: readonly string[];
  readonly type: string;
  /** SQL for the value of rows whose file lacks the column. */
  readonly default?: string;
  /** SQL for the list of values that an enum has. Files of earlier definitions may hold others. */
  readonly only?: string;
}

/** The SQL by which duplicates are settled. Rows in the lake have negative inputs, and so come first in the order of loads. */
export function settlePlan(schema: TableSchema): SettlePlan {
  const isWholeRow = isWholeRowKey(schema);
  const columns = ['input', 'place', 'element', 'folder', ...stagedValues(schema), 'key_hash'].join(', ');
  const both = (of: string): string => `SELECT ${of} FROM fresh UNION ALL SELECT ${of} FROM committed`;
  return {
    rule: keepsAllRows(schema) ? 'all' : isWholeRow ? 'row' : 'event',
    across: isKeyAcrossFolders(schema),
    withTime: schema.duplicateKey.includes(schema.partitioning.time),
    committed: committedColumns(schema),
    values: stagedValues(schema),
    hash: keyHash(schema),
    fresh: `SELECT ${columns} FROM staged WHERE state = ${rowState.accepted}`,
    repeated: `SELECT key_hash FROM (${both('key_hash, input')}) GROUP BY key_hash HAVING count(*) > 1${isWholeRow ? '' : ' AND max(input) >= 0'}`,
    candidates: `SELECT * FROM (${both(columns)}) LEFT SEMI JOIN repeated USING (key_hash)`,
    losers: isWholeRow ? equalRows(schema) : lostEvents(schema),
  };
}

const committedColumns = (schema: TableSchema): CommittedColumn[] =>
  schema.columns.map(({ name, renamedFrom, type, ...column }, index) => ({
    value: `v${index}`,
    names: [name, ...renamedFrom],
    type: sparkType(type),
    ...(type.kind === 'enum' ? { only: type.values.map(sparkText).join(', ') } : {}),
    ...(column.default === undefined
      ? {}
      : { default: `CAST(${sparkText(column.default)} AS ${sparkType(type)})` }),
  }));

/** Of rows that are equal in every column the first stays. One of the lake that does not counts for no input of the run. */
const equalRows = (schema: TableSchema): string =>
  `SELECT input, place, element, folder, CASE WHEN input < 0 THEN -1 ELSE input END AS counted_for
FROM (SELECT *, row_number() OVER (PARTITION BY ${stagedValues(schema).join(', ')} ORDER BY input, place, element) AS nth FROM candidates)
WHERE nth > 1`;

/**
 * Of the new rows of an event one wins. It stays when the lake has no row of the event, or when it replaces the lake's; the
 * replaced row then counts for the input of the winner.
 */
function lostEvents(schema: TableSchema): string {
  const key = stagedKey(schema);
  const sameKey = key.map((name) => `f.${name} <=> c.${name}`).join(' AND ');
  const ranked = (isFresh: boolean): string =>
    `SELECT *, row_number() OVER (PARTITION BY ${key.join(', ')} ORDER BY ${isFresh ? freshOrder(schema) : committedOrder(schema)}) AS nth
  FROM candidates WHERE input ${isFresh ? '>=' : '<'} 0`;
  const replaces = replacesSql(schema);
  return `WITH new_rows AS (${ranked(true)}),
  old_rows AS (SELECT * FROM (${ranked(false)}) WHERE nth = 1)
SELECT f.input, f.place, f.element, f.folder, f.input AS counted_for
  FROM new_rows f LEFT JOIN old_rows c ON ${sameKey} WHERE f.nth > 1 OR NOT (c.input IS NULL OR ${replaces})
UNION ALL
SELECT c.input, c.place, c.element, c.folder, f.input AS counted_for
  FROM new_rows f JOIN old_rows c ON ${sameKey} WHERE f.nth = 1 AND ${replaces}`;
}

const isLast = ({ duplicateRule: rule }: TableSchema): boolean => rule?.keep === 'last';

/** The column that orders the rows of one event; undefined when the order of loads does. */
const orderColumn = (schema: TableSchema): string | undefined =>
  schema.duplicateRule?.by === undefined ? undefined : stagedName(schema, schema.duplicateRule.by);

/** ORDER BY expressions that put the new row of an event that stays first. */
function freshOrder(schema: TableSchema): string {
  const by = orderColumn(schema);
  const direction = isLast(schema) ? 'DESC' : 'ASC';
  const loaded = ['input', 'place', 'element'].map((name) => `${name} ${direction}`);
  return [...(by ? [`${by} ${direction} NULLS LAST`] : []), ...loaded].join(', ');
}

/** The same for rows in the lake. Their order of loads is not known, so the order of all columns decides. */
function committedOrder(schema: TableSchema): string {
  const by = orderColumn(schema);
  const values = stagedValues(schema).map((name) => `${name} ASC NULLS LAST`);
  const first = by ? [`${by} ${isLast(schema) ? 'DESC' : 'ASC'} NULLS LAST`] : [];
  const tie = isKeyAcrossFolders(schema) ? ['folder'] : [];
  return [...first, ...tie, ...values, 'input', 'place'].join(', ');
}

/** SQL for whether the new row `f` replaces the row `c` that is in the lake. A null loses to every value. */
function replacesSql(schema: TableSchema): string {
  const by = orderColumn(schema);
  if (by === undefined) return String(isLast(schema));
  // Of equal values the order of loads decides: the new row is the later one.
  return isLast(schema)
    ? `CASE WHEN c.${by} IS NULL THEN true ELSE coalesce(f.${by} >= c.${by}, false) END`
    : `CASE WHEN f.${by} IS NULL THEN false ELSE coalesce(f.${by} < c.${by}, true) END`;
}
