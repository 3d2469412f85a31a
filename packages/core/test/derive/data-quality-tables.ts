import { z } from 'zod';
import {
  calendarDate,
  createRecordCleaner,
  type DataType,
  decimal,
  defineEvents,
  emptyToNull,
  lake,
  lowerCase,
  mapTexts,
  nullTexts,
  type RawRecord,
  type TableSchema,
  timestamp,
  trim,
} from '../../src/index.ts';
import { duckdbType } from '../../src/internal.ts';

/** Every step and kind that rules follow from: required and optional, with texts that DQDL and SQL escape. */
export const checkedEvents = defineEvents('checked_events', {
  columns: {
    at: timestamp().min(new Date('2015-01-01T00:00:00Z')),
    kind: z.enum(['view', 'cart', 'purchase']),
    sku: z.string().regex(/^[ A-Z]{2}-\d{4}$/),
    code: z.string().min(2).max(5),
    tag: z
      .string()
      .regex(/^(a|b)"?\$?/)
      .optional(),
    label: z
      .string()
      .max(12)
      .register(lake, {
        clean: [
          trim(),
          lowerCase(),
          nullTexts('n/a', '-'),
          mapTexts({ old: 'new', "it's": 'its' }),
          emptyToNull(),
        ],
      })
      .optional(),
    price: decimal(10, 2).min(0).max(9999),
    share: z.number().gte(0).lt(1).optional(),
    views: z.int32().positive(),
    large: z.int64().max(9_007_199_254_740_993n),
    wide: decimal(38, 10, { min: '0' }),
    day: calendarDate().optional(),
    gift: z.boolean().optional(),
    session: z.uuid(),
    visitor: z.uuid().optional(),
    device: z.enum(['phone', "tablet's"]).optional(),
    slot: z.enum(['10:30', '11:45']),
    brand: z.string().min(2).register(lake, { renamedFrom: 'maker' }),
    channel: z.enum(['web', 'app']).register(lake, { default: 'web' }),
  },
  roles: { time: 'at' },
  partitionBy: { hour: true, columns: ['kind'] },
  duplicateKey: ['at', 'sku', 'views'],
});

/** A row that cleaning accepts. */
const accepted = {
  at: '2026-03-01 10:20:30',
  kind: 'view',
  sku: ' AB-1234',
  code: 'abc',
  tag: 'a"$ and more',
  label: ' OLD ',
  price: '9.995',
  share: '0.25',
  views: '3',
  large: '9007199254740992',
  wide: '0.0000000001',
  day: '2026-03-01',
  gift: 'yes',
  session: 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
  visitor: 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  device: "tablet's",
  slot: '10:30',
  brand: 'acme',
  channel: 'app',
};

/** Raw rows: one with every value, and others in which the optional ones are null or at a bound. */
export const rawRows: readonly RawRecord[] = [
  accepted,
  { ...accepted, at: '2026-03-01 23:59:59.999', kind: 'purchase', label: 'x', share: '0', price: '0' },
  {
    ...accepted,
    ...{
      at: '2026-03-02 00:00:00',
      tag: '',
      label: '-',
      share: '',
      day: '',
      gift: '',
      visitor: '',
      device: '',
    },
    ...{ kind: 'cart', code: 'ab', price: '9999', slot: '11:45', large: '-5', channel: 'web', views: '1' },
  },
  {
    ...accepted,
    at: '2015-01-01 00:00:00',
    views: '2147483647',
    label: "it's",
    code: 'abcde',
    device: 'phone',
  },
];

const text = (value: unknown): string =>
  value === null || value === undefined
    ? 'null'
    : `'${(value instanceof Date ? value.toISOString().replace(/[TZ]/g, ' ').trim() : String(value)).replaceAll("'", "''")}'`;

/**
 * The statements that make the table `primary` of clean rows, as loads write them: the record cleaner accepts every raw row, and each
 * is in the folder of its time. Older files are a row with a former name, and without a column that has a default.
 */
export function cleanTable(schema: TableSchema, raw: readonly RawRecord[]): string[] {
  const clean = createRecordCleaner(schema);
  const rows = raw.map((record) => {
    const result = clean(record);
    if (!result.accepted) throw new Error(JSON.stringify(result.reasons));
    return result.row;
  });
  const values = rows.map(
    (row) =>
      `(${schema.columns.map(({ name, type }) => `cast(${text(row[name])} as ${hiveLike(type)})`).join(', ')})`,
  );
  const { time } = schema.partitioning;
  const names = schema.columns.map(({ name }) => `"${name}"`).join(', ');
  const former = schema.columns.flatMap(({ renamedFrom }) => renamedFrom);
  const added = [
    `strftime("${time}", '%Y-%m-%d') as dt`,
    `cast(hour("${time}") as integer) as "hour"`,
    ...former.map((name) => `cast(null as varchar) as "${name}"`),
  ];
  return [
    `create table "primary" as select *, ${added.join(', ')} from (values ${values.join(', ')}) as clean (${names})`,
  ];
}

/** The type of a column in a Hive table, which has neither enums nor UUIDs and accepts nulls. */
const hiveLike = (type: DataType): string =>
  type.kind === 'enum' || type.kind === 'uuid' ? 'VARCHAR' : duckdbType(type);

const first = `where "at" = timestamp '2026-03-01 10:20:30'`;
/** A change of one clean row of {@link rawRows}. */
export const changeFirst = (change: string) => [`update "primary" set ${change} ${first}`];

/** A fault that each rule finds: what the rule begins with, and the change that plants it. */
export const faults: readonly (readonly [rule: RegExp, changes: readonly string[]])[] = [
  [/^RowCount > 0/, ['delete from "primary"']],
  [/^IsUnique "at" "sku" "views"/, [`insert into "primary" select * from "primary" ${first}`]],
  [/`dt` <> .* or `hour` <> /, changeFirst(`dt = '2026-03-02'`)],
  [/`dt` <> .* or `hour` <> /, changeFirst('"hour" = 11')],
  [/"kind" in /, changeFirst(`kind = 'other'`)],
  [/"sku" matches /, changeFirst(`sku = 'ab-1234'`)],
  [/rlike\(`sku`/, changeFirst(`sku = ' B-1234'`)],
  [
    /`at` < timestamp/,
    [`update "primary" set "at" = timestamp '2014-12-31 23:00:00', dt = '2014-12-31', "hour" = 23 ${first}`],
  ],
  [/"code" >= 2/, changeFirst(`code = 'a'`)],
  [/"code" <= 5/, changeFirst(`code = 'abcdef'`)],
  [/rlike\(`code`/, changeFirst(`code = 'ab '`)],
  [/rlike\(`tag`/, changeFirst(`tag = 'c'`)],
  [/rlike\(`tag`/, changeFirst(`tag = ''`)],
  [/rlike\(`label`/, changeFirst(`label = ' x'`)],
  [/rlike\(`label`/, changeFirst(`label = chr(160) || 'x'`)],
  [/rlike\(`label`/, changeFirst(`label = 'X'`)],
  [/rlike\(`label`/, changeFirst(`label = 'n/a'`)],
  [/rlike\(`label`/, changeFirst(`label = 'old'`)],
  [/rlike\(`label`/, changeFirst(`label = 'it''s'`)],
  [/rlike\(`label`/, changeFirst(`label = ''`)],
  [/rlike\(`label`/, changeFirst(`label = 'more than twelve'`)],
  [/"price" >= 0/, changeFirst('price = -0.01')],
  [/"price" <= 9999/, changeFirst('price = 9999.01')],
  [/`share`/, changeFirst('share = -0.1')],
  [/`share`/, changeFirst('share = 1')],
  [/"views" > 0/, changeFirst('views = 0')],
  [/`large`/, changeFirst('large = 9007199254740994')],
  [/`wide`/, changeFirst('wide = -0.0000000001')],
  [/"session" matches /, changeFirst(`session = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'`)],
  [/`visitor`/, changeFirst(`visitor = 'none'`)],
  [/`device` not in/, changeFirst(`device = 'tablets'`)],
  [/`slot` not in/, changeFirst(`slot = '10:31'`)],
  [/`brand`/, changeFirst('brand = null')],
  [/`brand`/, changeFirst(`brand = 'a'`)],
  [/`channel`/, changeFirst(`channel = 'fax'`)],
];
