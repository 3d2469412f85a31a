import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import { calendarDate, decimal, defineEvents, type InferRow, lake, timestamp } from '../../src/index.ts';

const table = defineEvents('events', {
  columns: {
    at: timestamp(),
    kind: z.enum(['view', 'cart']),
    id: z.int64(),
    small: z.int32(),
    share: z.number(),
    price: decimal(15, 2),
    wide: decimal(16, 2),
    active: z.boolean(),
    day: calendarDate(),
    session: z.uuid(),
    label: z.string(),
    optional: z.int64().optional(),
    nullable: z.string().nullable(),
    nullish: decimal(20, 2).nullish(),
    registered: z.string().register(lake, { pii: 'direct' }).optional(),
    required: z.string().optional().nonoptional(),
  },
  roles: { time: 'at', action: 'kind' },
});
type Row = InferRow<typeof table>;

// Bounds are written as rows carry the values.
decimal(15, 2, { min: 0, lt: 1e6 });
decimal(16, 2, { min: '0', lt: '1000000' });
// @ts-expect-error 16 digits do not survive a number
decimal(16, 2, { min: 0 });
// @ts-expect-error up to 15 digits are numbers
decimal(15, 2, { min: '0' });

expectTypeOf<Row['at']>().toEqualTypeOf<Date>();
expectTypeOf<Row['kind']>().toEqualTypeOf<'view' | 'cart'>();
// 19-digit ids do not survive a number.
expectTypeOf<Row['id']>().toEqualTypeOf<bigint>();
expectTypeOf<Row['small']>().toEqualTypeOf<number>();
expectTypeOf<Row['share']>().toEqualTypeOf<number>();
expectTypeOf<Row['price']>().toEqualTypeOf<number>();
expectTypeOf<Row['wide']>().toEqualTypeOf<string>();
expectTypeOf<Row['active']>().toEqualTypeOf<boolean>();
expectTypeOf<Row['day']>().toEqualTypeOf<string>();
expectTypeOf<Row['session']>().toEqualTypeOf<string>();
expectTypeOf<Row['label']>().toEqualTypeOf<string>();

// A lake knows null only: never undefined, never absent.
expectTypeOf<Row['optional']>().toEqualTypeOf<bigint | null>();
expectTypeOf<Row['nullable']>().toEqualTypeOf<string | null>();
expectTypeOf<Row['nullish']>().toEqualTypeOf<string | null>();
expectTypeOf<Row['registered']>().toEqualTypeOf<string | null>();
expectTypeOf<Row['required']>().toEqualTypeOf<string>();
expectTypeOf<undefined>().not.toExtend<Row[keyof Row]>();
expectTypeOf<z.output<typeof table.row>>().toEqualTypeOf<Row>();
expectTypeOf(table.name).toEqualTypeOf<'events'>();

// @ts-expect-error a column that is not in the table
type _Missing = Row['nothing'];
