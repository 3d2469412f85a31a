import { decimal, defineEvents, type InferRow, timestamp } from '@headwater/core';
import { z } from 'zod';

/** A shop whose rows are lines of orders: prices per unit, a quantity, an order id. Its actions have names of their own. */
export const market = defineEvents('market', {
  columns: {
    at: timestamp(),
    kind: z.enum(['view_item', 'add_to_cart', 'remove_from_cart', 'sale']),
    sku: z.string(),
    department: z.string().optional(),
    maker: z.string().optional(),
    unit_price: decimal(10, 2).optional(),
    units: z.int32().optional(),
    receipt: z.int64().optional(),
    customer: z.string(),
    visit: z.string().optional(),
  },
  roles: {
    time: 'at',
    action: 'kind',
    item: 'sku',
    category: 'department',
    brand: 'maker',
    amount: 'unit_price',
    quantity: 'units',
    order: 'receipt',
    actor: 'customer',
    session: 'visit',
  },
  actions: { view: 'view_item', cart: 'add_to_cart', purchase: 'sale' },
  amountPer: 'unit',
});

export type MarketRow = InferRow<typeof market>;

const goods: Readonly<Record<string, Pick<MarketRow, 'department' | 'maker' | 'unit_price'>>> = {
  tea: { department: 'food', maker: 'acme', unit_price: 2.5 },
  cup: { department: 'kitchen', maker: 'acme', unit_price: 4.25 },
  pot: { department: 'kitchen', maker: null, unit_price: 19.99 },
  gift: { department: null, maker: null, unit_price: null },
};

/** One line, as in `line('03 10:00', 'sale', 'tea', 3, 900n, 'ada', 'v1')`: March 2024. */
function line(
  time: string,
  kind: MarketRow['kind'],
  sku: string,
  units: number | null,
  receipt: bigint | null,
  customer: string,
  visit: string | null,
): MarketRow {
  const [day, clock] = time.split(' ');
  const { department = null, maker = null, unit_price = null } = goods[sku] ?? {};
  const at = new Date(`2024-03-${day}T${clock}:00.000Z`);
  return { at, kind, sku, department, maker, unit_price, units, receipt, customer, visit };
}

/**
 * Two orders in one session, an order over two sessions and over midnight, an order without a session, a sale without an
 * order, a line without a quantity, and one without a price.
 */
export const marketRows: readonly MarketRow[] = [
  line('03 10:00', 'view_item', 'tea', null, null, 'ada', 'v1'),
  line('03 10:01', 'add_to_cart', 'tea', 3, null, 'ada', 'v1'),
  line('03 10:02', 'sale', 'tea', 3, 900n, 'ada', 'v1'),
  line('03 10:02', 'sale', 'cup', 2, 900n, 'ada', 'v1'),
  line('03 11:00', 'sale', 'pot', 1, 901n, 'ada', 'v1'),
  line('03 23:50', 'add_to_cart', 'cup', 4, null, 'bob', 'v2'),
  line('03 23:55', 'sale', 'cup', 4, 902n, 'bob', 'v2'),
  line('04 00:05', 'sale', 'tea', 10, 902n, 'bob', 'v3'),
  line('04 12:00', 'sale', 'pot', 2, 903n, 'cy', null),
  line('04 12:30', 'sale', 'tea', 1, null, 'cy', 'v4'),
  line('05 09:00', 'add_to_cart', 'cup', 6, null, 'dee', 'v5'),
  line('05 09:01', 'remove_from_cart', 'cup', 2, null, 'dee', 'v5'),
  line('05 09:02', 'add_to_cart', 'pot', null, null, 'dee', 'v5'),
  line('05 10:00', 'sale', 'pot', null, 904n, 'eve', 'v6'),
  line('05 10:00', 'sale', 'gift', 1, 904n, 'eve', 'v6'),
];
