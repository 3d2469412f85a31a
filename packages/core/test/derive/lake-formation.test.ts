import { expect, test } from 'vitest';
import { deriveLakeFormation, type LakeFormationCall, type TableSchema } from '../../src/index.ts';
import { byKind } from './aws-tables.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

const filtersOf = (calls: readonly LakeFormationCall[]) =>
  calls.flatMap((call) => (call.operation === 'CreateDataCellsFilter' ? [call.input.TableData] : []));

/** The tag of every table and column after the calls, as Lake Formation would have it. */
function tagsOf(calls: readonly LakeFormationCall[]): Map<string, string> {
  const tags = new Map<string, string>();
  for (const call of calls) {
    if (call.operation !== 'AddLFTagsToResource') continue;
    const { Resource, LFTags } = call.input;
    const value = LFTags[0]?.TagValues.join() ?? '';
    if ('Table' in Resource) tags.set(Resource.Table.Name, value);
    else
      for (const column of Resource.TableWithColumns.ColumnNames)
        tags.set(`${Resource.TableWithColumns.Name}.${column}`, value);
  }
  return tags;
}

test('every column and key has the tag of its class, and the table the strictest', () => {
  const tags = tagsOf(deriveLakeFormation(shopEvents.schema, testTarget));
  expect(tags.get('shop_events')).toBe('direct');
  expect(tags.get('shop_events.dt')).toBe('none');
  expect(tags.get('shop_events.hour')).toBe('none');
  for (const { name, pii } of shopEvents.schema.columns) expect(tags.get(`shop_events.${name}`)).toBe(pii);
  expect(tags.get('shop_events__quarantine.raw')).toBe('direct');
  expect(tags.get('shop_events__quarantine.record')).toBe('direct');
  expect(tags.get('shop_events__quarantine.line')).toBe('none');
});

test('filters list what they show, without the keys', () => {
  const filters = filtersOf(deriveLakeFormation(shopEvents.schema, testTarget));
  expect(filters.map(({ Name }) => Name)).toEqual([
    'shop_events__no_pii',
    'shop_events__no_direct_pii',
    'shop_events__quarantine__no_pii',
  ]);
  expect(filters[0]?.ColumnNames).not.toContain('user_id');
  expect(filters[1]?.ColumnNames).toContain('user_id');
  for (const { ColumnNames, RowFilter } of filters) {
    expect(ColumnNames).not.toContain('email');
    expect(ColumnNames).not.toContain('dt');
    expect(RowFilter).toEqual({ AllRowsWildcard: {} });
  }
});

test('a table without personal data has tags and no filter', () => {
  const calls = deriveLakeFormation(byKind.schema, testTarget);
  expect(filtersOf(calls)).toEqual([]);
  expect(tagsOf(calls).get('by_kind.kind')).toBe('none');
});

test('a column that is added is hidden until it is tagged', () => {
  const [first] = shopEvents.schema.columns;
  const before = deriveLakeFormation(shopEvents.schema, testTarget, ['curated']);
  const added: TableSchema = {
    ...shopEvents.schema,
    columns: [...shopEvents.schema.columns, { ...(first as NonNullable<typeof first>), name: 'added' }],
  };
  expect(tagsOf(before).get('shop_events')).toBe('direct');
  expect(filtersOf(before).flatMap(({ ColumnNames }) => ColumnNames)).not.toContain('added');
  expect(filtersOf(deriveLakeFormation(added, testTarget, ['curated']))[0]?.ColumnNames).toContain('added');
});

test('keys and values are as Lake Formation keeps them: lower case, at most 50 characters', () => {
  const texts = deriveLakeFormation(shopEvents.schema, testTarget).flatMap((call) =>
    call.operation === 'CreateLFTag' ? [call.input.TagKey, ...call.input.TagValues] : [],
  );
  expect(texts).toEqual(['pii', 'none', 'pseudonymous', 'direct']);
});
