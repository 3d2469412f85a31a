import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decimal, lake, type TableSchema, timestamp } from '../../src/index.ts';
import {
  assertFilesReadable,
  assertFilesRewritable,
  assertFilesWritable,
  emptyLakeState,
  type FileReader,
  foldManifests,
  type LakeState,
  type Manifest,
  manifestSchemaOf,
  readMisfits,
} from '../../src/internal.ts';
import { file, manifest } from '../lake/lake-fixture.ts';
import { changed, shop } from './shop.ts';

/** What one commit did: under which definition, and what it allowed or removed. */
type Commit = readonly [schema: TableSchema, parts?: Partial<Manifest>];

/** A table after these commits, each with a file `f<number>`. */
const stateOf = (...commits: readonly Commit[]): LakeState =>
  foldManifests(
    emptyLakeState('shop'),
    commits.map(([schema, parts = {}], index) =>
      manifest(index + 1, {
        table: 'shop',
        schema: manifestSchemaOf(schema),
        added: [file(`shop/dt=2019-10-0${index + 1}/f${index + 1}`)],
        ...parts,
      }),
    ),
  );

const duckdb: FileReader = { engine: 'duckdb' };
const old = shop();
const idsOf = (now: TableSchema, state: LakeState, reader = duckdb): string[] =>
  readMisfits(now, state, reader).map(({ id }) => id);

/** `price` under a new name; whoever gives it its role says what the metrics read. */
const paid = (type: z.ZodType) =>
  shop(changed(['price'], { paid: type }), {
    roles: {
      time: 'event_time',
      action: 'event_type',
      item: 'product_id',
      actor: 'user_id',
      session: 'user_session',
      amount: 'paid',
    },
  });
const declared = paid(decimal(10, 2).register(lake, { renamedFrom: 'price' }));
const optional = paid(decimal(10, 2).optional());
const fewer = shop(changed(['brand']));
const lost = shop(changed([], { colour: z.enum(['red']).optional() }));
const narrower = shop(changed([], { price: decimal(8, 0) }));
const finer = shop(changed([], { price: decimal(12, 4).min(0).register(lake, { unit: 'EUR' }) }));

describe('a definition that the files of every commit were written under', () => {
  test('has nothing to compare', () => {
    expect(readMisfits(old, stateOf([old], [old]), duckdb)).toEqual([]);
  });

  test('has nothing to compare in a lake without files either', () => {
    expect(readMisfits(narrower, emptyLakeState('shop'), duckdb)).toEqual([]);
    expect(readMisfits(narrower, stateOf([old, { added: [] }]), duckdb)).toEqual([]);
  });
});

describe('what keeps a reader out', () => {
  test.each<[what: string, now: TableSchema, id: string, column: string, fix: string]>([
    ['a rename that is not declared', optional, 'drop-column:price', 'price', "renamedFrom: 'price'"],
    ['a new required column', shop(changed([], { note: z.string() })), 'add-column:note', 'note', 'default'],
    [
      'a null that is refused',
      shop(changed([], { brand: z.string().max(50) })),
      'make-required:brand',
      'brand',
      'null',
    ],
    ['an enum value less', lost, 'remove-enum-value:colour:blue', 'colour', 'keep the value'],
    [
      'a text that becomes an enum',
      shop(changed([], { brand: z.enum(['acme']).optional() })),
      'narrow-column:brand',
      'brand',
      'keep it a string',
    ],
    [
      'a narrower number',
      narrower,
      'narrow-column:price',
      'price',
      'headwater etl compact --allow narrow-column:price',
    ],
    [
      'a value of another type',
      shop(changed([], { stock: timestamp() })),
      'retype-column:stock',
      'stock',
      'headwater etl compact --allow retype-column:stock',
    ],
  ])('%s', (_what, now, id, column, fix) => {
    const [first, ...more] = readMisfits(now, stateOf([old], [old]), duckdb);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ id, column, files: 2, commits: [1, 2] });
    expect(first?.fix).toContain(fix);
  });

  test('a rename whose former name is no longer declared, since the files hold it still', () => {
    const forgotten = paid(decimal(10, 2));
    expect(idsOf(declared, stateOf([old], [declared]))).toEqual([]);
    expect(idsOf(forgotten, stateOf([old], [declared]))).toEqual(['add-column:paid', 'drop-column:price']);
    expect(idsOf(forgotten, stateOf([old], [declared, { removed: ['shop/dt=2019-10-01/f1'] }]))).toEqual([]);
  });

  test('the error names the table, the change, its files and what to do', () => {
    expect(() => assertFilesReadable(narrower, stateOf([old], [narrower], [old]), './lake', duckdb)).toThrow(
      './lake has files that do not fit the definition of shop, and duckdb would return wrong rows. Nothing was read. ' +
        'price: decimal(10,2) is now decimal(8,0) (narrow-column:price; 2 files of commits 1 to 3): ' +
        'revert the change, or rewrite the files: headwater etl compact --allow narrow-column:price.',
    );
  });
});

describe('what keeps no reader out', () => {
  test.each<[what: string, now: TableSchema]>([
    ['a dropped column, which is only unread', fewer],
    ['a new optional column', shop(changed([], { note: z.string().optional() }))],
    [
      'a new required column with a default',
      shop(changed([], { note: z.string().register(lake, { default: '-' }) })),
    ],
    ['a declared rename', declared],
    ['a wider number', shop(changed([], { product_id: z.int64() }))],
    ['an enum value more', shop(changed([], { colour: z.enum(['red', 'blue', 'green']).optional() }))],
    ['a column that may now be null', shop(changed([], { size: z.enum(['s', 'm']).optional() }))],
  ])('%s', (_what, now) => {
    expect(readMisfits(now, stateOf([old]), duckdb)).toEqual([]);
  });
});

describe('an earlier definition, in a lake that a later one has written to since', () => {
  test('reads a lake with a column more, and not one with other values or another name', () => {
    expect(idsOf(fewer, stateOf([fewer], [old]))).toEqual([]);
    expect(idsOf(lost, stateOf([lost], [old]))).toEqual(['remove-enum-value:colour:blue']);
    expect(idsOf(old, stateOf([old], [declared]))).toEqual(['add-column:price', 'drop-column:paid']);
  });
});

describe('a change that a commit allowed', () => {
  const allowing = (...allowed: string[]): Partial<Manifest> => ({ allowed });

  test('is excused for files of earlier commits: they are read as they are', () => {
    const state = stateOf([old], [lost, allowing('remove-enum-value:colour:blue')]);
    expect(idsOf(lost, state)).toEqual([]);
    expect(idsOf(optional, stateOf([old], [optional, allowing('drop-column:price')]))).toEqual([]);
    const required = shop(changed([], { note: z.string() }));
    expect(idsOf(required, stateOf([old], [required, allowing('add-column:note')]))).toEqual([]);
  });

  test('is excused under later definitions too', () => {
    const state = stateOf([old], [fewer, allowing('drop-column:brand')]);
    const later = shop(changed(['brand'], { note: z.string().optional() }));
    expect(idsOf(later, state)).toEqual([]);
    expect(idsOf(later, stateOf([old], [fewer]))).toEqual(['drop-column:brand']);
  });

  test('is not excused for files of later commits', () => {
    const state = stateOf([old], [lost, allowing('remove-enum-value:colour:blue')], [old]);
    expect(readMisfits(lost, state, duckdb)).toMatchObject([{ files: 1, commits: [3, 3] }]);
  });

  test('is not excused where the engine would give another value than the one stored', () => {
    const state = stateOf([old], [narrower, allowing('narrow-column:price')]);
    expect(idsOf(narrower, state)).toEqual(['narrow-column:price']);
    const rewritten = stateOf([old], [narrower, { removed: ['shop/dt=2019-10-01/f1'] }]);
    expect(idsOf(narrower, rewritten)).toEqual([]);
  });
});

describe('engines', () => {
  test('read what their own verdict says that they read', () => {
    const state = stateOf([old], [finer]);
    expect(idsOf(finer, state)).toEqual([]);
    expect(readMisfits(finer, state, { engine: 'trino' })).toMatchObject([
      {
        id: 'widen-column:price',
        files: 1,
        commits: [1, 1],
        fix: 'rewrite the files: headwater etl compact',
      },
    ]);
    expect(idsOf(finer, state, { engine: 'athena' })).toEqual([]);
  });

  test("read a declared rename through the view, and not the catalog's table itself", () => {
    const state = stateOf([old], [declared]);
    expect(idsOf(declared, state, { engine: 'trino' })).toEqual([]);
    const [table] = readMisfits(declared, state, { engine: 'trino', insteadOf: 'shop__view' });
    expect(table).toMatchObject({ id: 'rename-column:price:paid' });
    expect(table?.fix).toContain('shop__view');
  });

  test('do not see the folders of a value that is no longer projected, whatever was allowed', () => {
    const cut = { partitionBy: { columns: ['size'] }, duplicateKey: ['event_time', 'size'] };
    const [before, now] = [shop(undefined, cut), shop(changed([], { size: z.enum(['m']) }), cut)];
    const path = { added: [file('shop/dt=2019-10-01/size=s/f1')] };
    const allowed = { added: [file('shop/dt=2019-10-02/size=m/f2')], allowed: ['remove-enum-value:size:s'] };
    const state = stateOf([before, path], [now, allowed]);
    expect(idsOf(now, state)).toEqual([]);
    expect(idsOf(now, state, { engine: 'trino' })).toEqual(['remove-enum-value:size:s']);
  });
});

describe('what keeps a writer out', () => {
  const write = (now: TableSchema, state: LakeState, allow: string[] = []) =>
    assertFilesWritable(now, state, './lake', allow);

  test('everything that keeps a reader on DuckDB out, and what takes away what files hold', () => {
    for (const now of [fewer, optional, lost, narrower, shop(changed([], { note: z.string() }))])
      expect(() => write(now, stateOf([old]))).toThrow(
        expect.objectContaining({ code: 'SCHEMA_INCOMPATIBLE' }),
      );
    expect(write(finer, stateOf([old]))).toEqual([]);
    expect(write(declared, stateOf([old]))).toEqual([]);
  });

  test('a change is asked for once, and what was needed is given back to be remembered', () => {
    expect(write(fewer, stateOf([old]), ['drop-column:brand', 'drop-column:price'])).toEqual([
      'drop-column:brand',
    ]);
    const state = stateOf([old], [fewer, { allowed: ['drop-column:brand'] }]);
    expect(write(fewer, state)).toEqual([]);
    expect(write(shop(changed(['brand'], { note: z.string().optional() })), state)).toEqual([]);
  });

  test('a former name that is no longer declared, which the last commit alone does not show', () => {
    const forgotten = paid(decimal(10, 2));
    expect(() => write(forgotten, stateOf([old], [declared]))).toThrow('drop-column:price');
  });

  test('a name that comes back with another type', () => {
    const state = stateOf([old], [fewer, { allowed: ['drop-column:brand'] }]);
    expect(() => write(shop(changed([], { brand: z.int64().optional() })), state)).toThrow(
      'retype-column:brand',
    );
    const gone = stateOf([old], [fewer, { removed: ['shop/dt=2019-10-01/f1'] }]);
    expect(write(shop(changed([], { brand: z.int64().optional() })), gone)).toEqual([]);
  });

  test('rewriting asks again for what it takes away, whatever a load was allowed', () => {
    const state = stateOf([old], [fewer, { allowed: ['drop-column:brand'] }]);
    const rewrite = (path: string, allow: string[] = []) =>
      assertFilesRewritable(fewer, state, './lake', [path], allow);
    expect(() => rewrite('shop/dt=2019-10-01/f1')).toThrow('drop-column:brand');
    rewrite('shop/dt=2019-10-01/f1', ['drop-column:brand']);
    rewrite('shop/dt=2019-10-02/f2');
  });
});
