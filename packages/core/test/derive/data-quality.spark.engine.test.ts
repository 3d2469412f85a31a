import { useSpark } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { deriveDataQualityRuleset } from '../../src/index.ts';
import { sparkType } from '../../src/internal.ts';
import { parseDqdl } from '../support/dqdl.ts';
import { sparkMacros, sparkSqlToDuckdb } from '../support/spark-sql-to-duckdb.ts';
import { withDuckdb } from '../support/with-duckdb.ts';
import { testTarget } from './aws-test-target.ts';
import { checkedEvents, cleanTable, faults, rawRows } from './data-quality-tables.ts';

// Glue's sessions are in UTC, but no page says so.
const spark = useSpark({
  'spark.sql.session.timeZone': 'America/New_York',
  'spark.sql.shuffle.partitions': '1',
});

const { schema } = checkedEvents;

test('Spark runs the statements of rules, and counts the rows that DuckDB counts', async () => {
  await withDuckdb(async (rowsOf, run) => {
    for (const macro of sparkMacros) await run(macro);
    for (const [index, [, changes]] of faults.entries()) {
      for (const statement of ['drop table if exists "primary"', ...cleanTable(schema, rawRows), ...changes])
        await run(statement);
      await run(index === 0 ? 'create table faulty as from "primary"' : 'insert into faulty from "primary"');
    }
    await run('drop table "primary"');
    await run('alter table faulty rename to "primary"');

    const [first = {}] = await rowsOf('from "primary" limit 1');
    const typeOf = (name: string): string => {
      const column = schema.columns.find((one) => one.name === name);
      return column ? sparkType(column.type) : name === 'hour' ? 'INT' : 'STRING';
    };
    const columns = Object.fromEntries(Object.keys(first).map((name) => [name, typeOf(name)]));
    const texts = Object.keys(first).map((name) =>
      typeOf(name) === 'TIMESTAMP'
        ? `strftime("${name}", '%Y-%m-%dT%H:%M:%S.%gZ') as "${name}"`
        : `cast("${name}" as varchar) as "${name}"`,
    );
    const rows = await rowsOf(`select ${texts.join(', ')} from "primary"`);
    const table = { columns, rows: rows.map((row) => Object.values(row) as (string | null)[]) };

    const statements = parseDqdl(deriveDataQualityRuleset(schema, testTarget).Ruleset).flatMap((rule) =>
      rule.type === 'CustomSql' ? rule.parameters : [],
    );
    expect(statements.length).toBeGreaterThan(10);
    const counted = await Promise.all(
      statements.map(async (statement) =>
        String(Object.values((await rowsOf(sparkSqlToDuckdb(statement)))[0] ?? {})[0]),
      ),
    );
    expect(counted).not.toContain('0');
    const together = `select ${statements.map((statement, index) => `(${statement}) as c${index}`).join(', ')}`;
    expect((await spark.run(together, { primary: table })).rows).toEqual([counted]);
  });
});
