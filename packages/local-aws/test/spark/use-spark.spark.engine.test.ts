import { expect, test } from 'vitest';
import { useSpark } from '../../src/testing/index.ts';

const spark = useSpark({ 'spark.sql.session.timeZone': 'UTC' });

test('a statement reads rows with every character, and gives exact values', async () => {
  const texts = ['a\nb', '"', '\\', ',', '😀', '', ' ', '\u2028', '\ufeffx', null];
  const t = {
    columns: { id: 'INT', text: 'STRING', wide: 'DECIMAL(38,10)' },
    rows: texts.map((text, id) => [String(id), text, '1234567890123456789012345678.0123456789']),
  };
  const { columns, rows } = await spark.run('SELECT *, array(id) AS list FROM t ORDER BY id', { t });
  expect(columns).toEqual([
    ['id', 'int'],
    ['text', 'string'],
    ['wide', 'decimal(38,10)'],
    ['list', 'array<int>'],
  ]);
  expect(rows).toEqual(
    texts.map((text, id) => [String(id), text, '1234567890123456789012345678.0123456789', `[${id}]`]),
  );
});

test('a decimal has no exponent', async () => {
  const texts = ['0', '-0.0000000001', '0.0000123000', '12.5'];
  const { rows } = await spark.run(
    `SELECT ${texts.map((text) => `CAST('${text}' AS DECIMAL(20,10))`).join(', ')}`,
  );
  expect(rows).toEqual([['0.0000000000', '-0.0000000001', '0.0000123000', '12.5000000000']]);
});

test('a statement that fails is an error with its message, and the next one runs', async () => {
  await expect(spark.run('SELECT nothing FROM nowhere')).rejects.toThrow('TABLE_OR_VIEW_NOT_FOUND');
  expect((await spark.run("SELECT current_timezone(), X'0aff'")).rows).toEqual([['UTC', '0AFF']]);
});
