import { sql } from '@headwater/queries';
import { expect, test } from 'vitest';
import { assertEmptyLists, assertParameters } from './support/assert-lists.ts';
import { history, shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, history);

test('an empty list holds nothing', () => assertEmptyLists(made.lake));

test("parameters of a person's statement are values", async () => {
  await assertParameters(made.lake);
  const { batches } = await sql(made.lake, 'select $2 as second, $1 as first', ['a', 'b']);
  for await (const rows of batches()) expect(rows).toEqual([{ second: 'b', first: 'a' }]);
});

test('options come after the parameters, or in their place', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(sql(made.lake, 'select ?', ['a'], { signal })).rejects.toThrow('enough');
  await expect(sql(made.lake, 'select 1', { signal })).rejects.toThrow('enough');
});
