import { HeadwaterError } from '../../errors/headwater-error.ts';
import { keepsAllRows } from '../../table/duplicate-rule.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { qualifiedName, quoteName } from '../../types/duckdb-type.ts';
import { postgresDay } from './postgres-names.ts';
import { type PostgresTableOptions, postgresTableRules } from './postgres-options.ts';

/** The statements of an upsert, each without a semicolon, for one transaction. */
export interface PostgresUpsert {
  /** Makes the staging table, which ends with the transaction. */
  readonly stage: string;
  /** Takes the rows in the text format of COPY. */
  readonly copy: string;
  /** Moves the rows into the table. Running it twice with the same rows changes nothing. */
  readonly merge: string;
}

/**
 * Clean rows into the table of {@link derivePostgresTable} by the definition's rule for duplicates, for writers other than a load of
 * the lake, such as a service. Rows go to a staging table by COPY, and from there into the table, where the key decides. In a table
 * whose key is the whole row, a row that is there already is left out.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a table of which every row stays: nothing tells whether a row was written before
 * @example
 * derivePostgresUpsert(clickstream.schema).merge
 * // INSERT INTO "public"."clickstream" (...) SELECT DISTINCT ON ("event_id") ... ON CONFLICT ("event_id") DO NOTHING
 */
export function derivePostgresUpsert(
  schema: TableSchema,
  options: PostgresTableOptions = {},
): PostgresUpsert {
  if (keepsAllRows(schema))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'statement',
      value: 'upsert',
      expected: `table: all rows of ${schema.name} stay, so only a load by files is idempotent (headwater lake load)`,
    });
  const { schema: folder, key } = postgresTableRules(schema, options);
  const table = qualifiedName(folder, schema.name);
  const staging = quoteName(`${schema.name}_staging`);
  const names = schema.columns.map(({ name }) => quoteName(name));
  const columns = names.join(', ');
  return {
    // A number for each row keeps the order of COPY.
    stage: `CREATE TEMPORARY TABLE ${staging} ON COMMIT DROP AS SELECT ${columns}, 0::bigint AS "row number" FROM ${table} WITH NO DATA;
ALTER TABLE ${staging} ALTER COLUMN "row number" SET NOT NULL, ALTER COLUMN "row number" ADD GENERATED ALWAYS AS IDENTITY`,
    copy: `COPY ${staging} (${columns}) FROM STDIN`,
    merge: key
      ? mergeByKey(schema, table, staging, key)
      : `INSERT INTO ${table} (${columns})\nSELECT ${columns} FROM ${staging}\nEXCEPT\n` +
        `SELECT ${columns} FROM ${table} WHERE ${quoteName(postgresDay)} IN (SELECT ${quoteName(schema.partitioning.time)}::date FROM ${staging})`,
  };
}

function mergeByKey(schema: TableSchema, table: string, staging: string, key: readonly string[]): string {
  const columns = schema.columns.map(({ name }) => quoteName(name)).join(', ');
  const keys = key.map(quoteName).join(', ');
  const { keep = 'first', by } = schema.duplicateRule ?? {};
  const direction = keep === 'last' ? 'DESC' : 'ASC';
  const order = [
    keys,
    ...(by === undefined ? [] : [`${quoteName(by)} ${direction} NULLS LAST`]),
    `"row number" ${direction}`,
  ];
  const values = schema.columns.filter(({ name }) => !key.includes(name)).map(({ name }) => quoteName(name));
  const update = `DO UPDATE SET ${values.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  const action = keep === 'first' && by === undefined ? 'DO NOTHING' : update;
  return [
    `INSERT INTO ${table} AS present (${columns})`,
    `SELECT DISTINCT ON (${keys}) ${columns} FROM ${staging} ORDER BY ${order.join(', ')}`,
    `ON CONFLICT (${keys}) ${action}`,
    ...(by === undefined ? [] : [`WHERE ${replaces(quoteName(by), keep)}`]),
  ].join('\n');
}

/** Whether the new row replaces the present one: a null loses to every value, and of equal values the later row is the last. */
const replaces = (by: string, keep: string): string =>
  keep === 'last'
    ? `present.${by} IS NULL OR excluded.${by} >= present.${by}`
    : `excluded.${by} < present.${by} OR (present.${by} IS NULL AND excluded.${by} IS NOT NULL)`;

/** The statements as a script for psql, in which the rows follow COPY. */
export const postgresUpsertScript = ({ stage, copy, merge }: PostgresUpsert): string =>
  `BEGIN;\n${stage};\n-- The rows follow this statement, in the text format of COPY.\n${copy};\n${merge};\nCOMMIT;\n`;
