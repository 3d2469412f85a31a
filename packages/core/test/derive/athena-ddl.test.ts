import { HiveSQL } from 'dt-sql-parser/dist/parser/hive/index.js';
import { describe, expect, test } from 'vitest';
import { deriveAthenaDdl } from '../../src/index.ts';
import { tableLayers } from '../../src/internal.ts';
import { byKind, everyKind } from './aws-tables.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

const hive = new HiveSQL();

/** Hive's own grammar, in the parser of another project. */
const errorsOf = (statement: string) => hive.validate(statement).map(({ message }) => message);

const statements = [shopEvents, everyKind, byKind].flatMap(({ schema }) =>
  tableLayers
    .filter((layer) => !(schema === everyKind.schema && layer === 'raw-csv'))
    .map((layer) => [`${schema.name}, ${layer}`, deriveAthenaDdl(schema, testTarget, { layer })] as const),
);

describe("Hive's grammar", () => {
  test.each(statements)('takes the statement of %s', (_, statement) => {
    expect(errorsOf(statement)).toEqual([]);
  });

  test('refuses a reserved word without ticks', () => {
    const statement = deriveAthenaDdl(byKind.schema, testTarget);
    expect(errorsOf(statement.replace('`at` timestamp', 'order timestamp'))).not.toEqual([]);
  });
});

test('texts are escaped as Hive reads them', () => {
  const statement = deriveAthenaDdl(everyKind.schema, testTarget);
  expect(statement).toContain("COMMENT 'Every kind, once; it\\'s a table\\nof two lines'");
  expect(statement).toContain("COMMENT 'Line one line two'");
  expect(statement).toContain(
    "COMMENT 'It\\'s a text \\\\ with \"quotes\", `ticks`; and -- more (PII: direct)'",
  );
  expect(deriveAthenaDdl(everyKind.schema, testTarget, { layer: 'quarantine' })).toContain(
    '`reasons` array<struct<`column`:string,`code`:string>>',
  );
  expect(deriveAthenaDdl(byKind.schema, testTarget, { layer: 'raw-csv' })).toContain(
    "'escapeChar' = '\\u007f'",
  );
});

test('a raw table has no partitions, and its first line can be a row', () => {
  const options = { layer: 'raw-csv', header: false, landing: 's3://landing/clicks/' } as const;
  const statement = deriveAthenaDdl(byKind.schema, testTarget, options);
  expect(statement).not.toContain('PARTITIONED BY');
  expect(statement).not.toContain('skip.header.line.count');
  expect(statement).toContain("LOCATION 's3://landing/clicks/'");
});
