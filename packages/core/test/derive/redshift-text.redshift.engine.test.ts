import { judgeRedshift } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import {
  deriveRedshiftCopy,
  deriveRedshiftExternalSchema,
  deriveRedshiftStream,
  deriveRedshiftTable,
} from '../../src/index.ts';
import { byKind, everyKind } from './aws-tables.ts';
import { testTarget } from './aws-test-target.ts';
import { withNestedColumns } from './nested-columns.ts';
import { shopEvents } from './shop-events.ts';

const tables = [shopEvents, everyKind, byKind].map(({ schema }) => schema);

/** The statements of a script. No text of these tables has a semicolon at the end of a line. */
const statementsOf = (script: string): string[] => script.split(/;\n/).filter((text) => text.trim() !== '');

test('what is derived for Redshift passes its judges', async () => {
  const scripts = [
    ...tables.map((schema) => deriveRedshiftTable(schema, { schema: 'lake' })),
    deriveRedshiftTable(withNestedColumns(shopEvents.schema)),
    ...tables.map((schema) => deriveRedshiftCopy(schema, testTarget, { day: '2019-10-01' })),
    deriveRedshiftCopy(shopEvents.schema, testTarget),
    deriveRedshiftExternalSchema(testTarget),
    deriveRedshiftStream(shopEvents.schema, testTarget),
  ];
  const statements = scripts.flatMap(statementsOf);
  const problems = await judgeRedshift(statements);
  // sqlglot has no external schemas; sqlfluff does, and accepts these.
  const isGap = (statement: string): boolean => statement.startsWith('CREATE EXTERNAL SCHEMA');
  expect(statements.filter(isGap)).toHaveLength(2);
  for (const [index, statement] of statements.entries())
    expect({ statement, problems: problems[index] }).toEqual({
      statement,
      problems: isGap(statement) ? [expect.stringMatching(/^sqlglot: did not parse/)] : [],
    });
});
