import { describe, expect, test } from 'vitest';
import {
  type AwsTarget,
  deriveGlueTable,
  deriveLakeFormation,
  type LakeFormationCall,
  type PermissionClass,
  type TableSchema,
} from '../../src/index.ts';
import { deriveGlueView, needsOwnView, permissionClasses, readName, visiblePii } from '../../src/internal.ts';
import { byKind, everyKind } from './aws-tables.ts';
import { testTarget } from './aws-test-target.ts';
import { everybody, LakeFormationModel } from './lake-formation-model.ts';
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
  const filters = filtersOf(deriveLakeFormation(shopEvents.schema, testTarget, { by: 'filters' }));
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
  expect(filtersOf(deriveLakeFormation(byKind.schema, testTarget, { by: 'filters' }))).toEqual([]);
  expect(tagsOf(deriveLakeFormation(byKind.schema, testTarget)).get('by_kind.kind')).toBe('none');
});

test('a column that is added is hidden until it is tagged', () => {
  const [first] = shopEvents.schema.columns;
  const derive = (schema: TableSchema, by: 'tags' | 'filters') =>
    deriveLakeFormation(schema, testTarget, { layers: ['curated'], by });
  const added: TableSchema = {
    ...shopEvents.schema,
    columns: [...shopEvents.schema.columns, { ...(first as NonNullable<typeof first>), name: 'added' }],
  };
  expect(tagsOf(derive(shopEvents.schema, 'tags')).get('shop_events')).toBe('direct');
  expect(
    filtersOf(derive(shopEvents.schema, 'filters')).flatMap(({ ColumnNames }) => ColumnNames),
  ).not.toContain('added');
  expect(filtersOf(derive(added, 'filters'))[0]?.ColumnNames).toContain('added');
});

test('keys and values are as Lake Formation keeps them: lower case, at most 50 characters', () => {
  const texts = deriveLakeFormation(shopEvents.schema, testTarget).flatMap((call) =>
    call.operation === 'CreateLFTag' ? [call.input.TagKey, ...call.input.TagValues] : [],
  );
  expect(texts).toEqual(['pii', 'none', 'pseudonymous', 'direct']);
});

const restricted: AwsTarget = { ...testTarget, permissionClasses };
const tables = [shopEvents, everyKind, byKind].map(({ schema }) => schema);

/** The columns of what publishing makes: the table with former names, and its views. */
function catalogOf(schema: TableSchema): Map<string, string[]> {
  const quarantine = deriveGlueTable(schema, restricted, { layer: 'quarantine' });
  const views = [undefined, ...permissionClasses].filter(
    (readers) => readName(schema) !== schema.name && (readers === undefined || needsOwnView(schema, readers)),
  );
  const made = [
    deriveGlueTable(schema, restricted),
    quarantine,
    ...views.map((readers) => deriveGlueView(schema, restricted, readers)),
  ];
  return new Map(
    made.map(({ Name, StorageDescriptor, PartitionKeys }) => [
      Name,
      [...StorageDescriptor.Columns, ...PartitionKeys].map((column) => column.Name),
    ]),
  );
}

const readers = [undefined, ...permissionClasses];
const arnOf = (permissionClass: PermissionClass | undefined) =>
  `arn:aws:iam::123456789012:role/${permissionClass ?? 'all'}`;

describe.each(['tags', 'filters'] as const)('by %s', (by) => {
  describe.each(tables)('$name', (schema) => {
    const calls = deriveLakeFormation(schema, restricted, {
      by,
      readers: readers.map((permissionClass) => ({ principal: arnOf(permissionClass), permissionClass })),
    });
    const keys = deriveGlueTable(schema, restricted).PartitionKeys.map(({ Name }) => Name);
    const modelAfter = (done: readonly LakeFormationCall[]) => {
      const model = new LakeFormationModel(catalogOf(schema));
      for (const call of done) model.call(call);
      return model;
    };

    test.each(readers)(
      'readers of %s see their columns, former names too, and no others',
      (permissionClass) => {
        const shown = visiblePii(permissionClass);
        const visible = schema.columns.filter(({ pii }) => shown.includes(pii));
        const expected = [...visible.flatMap(({ name, renamedFrom }) => [name, ...renamedFrom]), ...keys];
        const model = modelAfter(calls);
        const seen = model.readable(arnOf(permissionClass), schema.name, keys);
        expect(new Set(seen)).toEqual(new Set(expected));

        // What queries read: every column of a view has to be readable, in the view and in the table below it.
        const name = readName(schema, permissionClass);
        const columns = catalogOf(schema).get(name) ?? [];
        const readable = model.readable(arnOf(permissionClass), name, keys);
        if (name !== schema.name) expect(readable).toEqual(columns);
        expect(seen).toEqual(expect.arrayContaining(readable));
      },
    );

    test('nobody else sees anything, and nothing is restricted before the revocation', () => {
      const firstRevocation = calls.findIndex(({ operation }) => operation === 'RevokePermissions');
      expect(calls.slice(firstRevocation).map(({ operation }) => operation)).not.toContain(
        'GrantPermissions',
      );
      for (const [name, columns] of catalogOf(schema)) {
        expect(modelAfter(calls).readable('arn:aws:iam::123456789012:role/other', name, keys)).toEqual([]);
        expect(modelAfter(calls.slice(0, firstRevocation)).readable(everybody, name, keys)).toEqual(columns);
      }
    });
  });
});

test('tags and filters are never derived together, because Lake Formation adds them up', () => {
  const operations = (by: 'tags' | 'filters') =>
    new Set(deriveLakeFormation(shopEvents.schema, testTarget, { by }).map(({ operation }) => operation));
  expect(operations('tags')).not.toContain('CreateDataCellsFilter');
  expect(operations('filters')).not.toContain('AddLFTagsToResource');
});

test('the location is registered, and publishers get the right to it', () => {
  const principal = 'arn:aws:iam::123456789012:role/publisher';
  const calls = deriveLakeFormation(byKind.schema, testTarget, { publishers: [principal] });
  const ResourceArn = 'arn:aws:s3:::shop-lake/events';
  expect(calls).toContainEqual({
    operation: 'RegisterResource',
    input: { ResourceArn, UseServiceLinkedRole: true },
  });
  const granted = calls.flatMap((call) =>
    call.operation === 'GrantPermissions' ? [[call.input.Resource, call.input.Permissions]] : [],
  );
  expect(granted).toContainEqual([
    { DataLocation: { CatalogId: '123456789012', ResourceArn } },
    ['DATA_LOCATION_ACCESS'],
  ]);
  expect(JSON.stringify(granted)).not.toContain('SELECT');
});

test.each([
  ['a whole bucket', { location: 's3://shop-lake' }],
  ['results inside', { results: 's3://shop-lake/events/results' }],
])('results in the registered location are refused: %s', (_, changed) => {
  expect(() => deriveLakeFormation(byKind.schema, { ...testTarget, ...changed })).toThrow(
    /aws\.results is s3:.*, inside the lake at .*: set it to another bucket, or to a folder beside the lake/,
  );
});

test('a class of readers for which publishing makes no view is refused', () => {
  const principal = arnOf('no_pii');
  const derive = (target: AwsTarget) =>
    deriveLakeFormation(shopEvents.schema, target, { readers: [{ principal, permissionClass: 'no_pii' }] });
  expect(() => derive(testTarget)).toThrow('aws.permissionClasses');
  expect(derive(restricted).length).toBeGreaterThan(0);
});
