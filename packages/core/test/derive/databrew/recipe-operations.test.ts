import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recipeOperations } from '../../../src/derive/databrew/recipe-operations.ts';
import { operationCases, refusedSteps } from './operation-cases.ts';
import { operationsSql } from './operations-sql.ts';
import { recipeSql } from './recipe-sql.ts';
import { runRecipe } from './run-recipe.ts';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
beforeAll(async () => {
  await connection.run("SET TimeZone = 'UTC'");
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

describe.each(Object.entries(operationCases))('%s', (operation, cases) => {
  test.each(cases.map((one, index) => [index, one] as const))(
    'table %i',
    async (_, { steps, rows, gives }) => {
      expect(steps.some(({ Action }) => Action.Operation === operation)).toBe(true);
      const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const given = await runRecipe(connection, steps, names, rows);
      expect(given.map(({ row, values }) => [row, values])).toEqual(gives);
    },
  );
});

test('the interpreter has every operation that recipes have, with the same parameters', () => {
  const ours = Object.entries(recipeOperations).map(([name, { parameters }]) => [
    name,
    [...parameters].sort(),
  ]);
  const read = Object.entries(operationsSql).map(([name, { parameters }]) => [name, [...parameters].sort()]);
  expect(ours.sort()).toEqual(read.sort());
});

test.each(refusedSteps)('it refuses %s by name', (named, step) => {
  expect(() => recipeSql([step], new Map([['a', 'string']]), 'raw')).toThrow(named);
});
