import { type Column, decimal, defineEvents, type InferRow, timestamp } from '@headwater/core';
import { z } from 'zod';

const text = { kind: 'string' } as const;
/** The kinds of the nested columns. `defineEvents` takes none, so the schema gets them here, as that of a quarantine has them. */
const nested: Readonly<Record<string, Pick<Column, 'type' | 'nullable'>>> = {
  products: { type: { kind: 'list', element: { kind: 'int64' } }, nullable: false },
  place: {
    type: {
      kind: 'struct',
      fields: [
        { name: 'city', type: text, nullable: false },
        { name: 'seen_at', type: { kind: 'timestamp' }, nullable: true },
        { name: 'total', type: { kind: 'decimal', precision: 30, scale: 2 }, nullable: false },
      ],
    },
    nullable: true,
  },
  labels: { type: { kind: 'map', value: { kind: 'list', element: text } }, nullable: true },
};

const flat = { at: timestamp(), shopper: z.string() };
const shape = {
  ...flat,
  products: z.array(z.int64()),
  place: z.object({ city: z.string(), seen_at: timestamp().optional(), total: decimal(30, 2) }).optional(),
  labels: z.record(z.string(), z.array(z.string())).optional(),
};
const roles = { time: 'at', actor: 'shopper' } as const;
/** For its type alone. */
const declared = () => defineEvents('baskets', { columns: shape, roles });

function basketTable(): ReturnType<typeof declared> {
  const table = defineEvents('baskets', { columns: flat, roles });
  const columns = Object.entries(nested).map(
    ([name, kind]): Column => ({
      name,
      ...kind,
      description: '',
      pii: 'none',
      aliases: [],
      renamedFrom: [],
      steps: [],
    }),
  );
  const all = [...table.schema.columns, ...columns];
  const schema = { ...table.schema, columns: all, duplicateKey: all.map(({ name }) => name) };
  return { ...table, shape, schema } as unknown as ReturnType<typeof declared>;
}

/** A table with a list, a struct and a map. Their values would be misread by a parser of Athena's text. */
export const baskets = basketTable();

type Row = InferRow<typeof baskets>;

export const basketRows: readonly Row[] = [
  {
    at: new Date('2024-03-03T10:00:00Z'),
    shopper: 'a',
    products: [9_007_199_254_740_993n, -1n],
    place: {
      city: 'a, b=c] "d"',
      seen_at: new Date('2024-03-03T09:59:59.123Z'),
      total: '12345678901234567890.10',
    },
    labels: { 'k=1, x': ['[', '}', ''], empty: [] },
  },
  { at: new Date('2024-03-03T11:00:00Z'), shopper: 'b', products: [], place: null, labels: null },
];
