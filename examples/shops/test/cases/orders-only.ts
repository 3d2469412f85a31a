import { orders } from '../../orders-only/orders.ts';
import { ordersOnly } from '../invented/orders-only.ts';
import type { ShopCase } from '../support/shop-case.ts';
import { days, lacksRole, purchasesAlone, withoutSessions } from '../support/what-is-lacking.ts';

export const ordersOnlyCase: ShopCase = {
  folder: 'orders-only',
  table: orders,
  invent: ordersOnly,
  sample: 25,
  loads: [{ file: 'bestellungen.csv', source: 'export' }],
  // Berlin sets its clocks back on the 27th.
  ranges: [days('2024-10-20', '2024-11-02'), days('2024-10-25', '2024-10-27'), days('2024-10-27')],
  filter: { where: { customer: null }, keeps: ({ actor }) => actor === null },
  lacks: {
    'brand-attention': lacksRole('brand'),
    'cart-abandonment': lacksRole('session'),
    'conversion-funnel': lacksRole('session'),
    funnel: lacksRole('session'),
    'session-summary': lacksRole('session'),
    'slow-sellers': lacksRole('item'),
    'top-brands': lacksRole('brand'),
    'top-categories': lacksRole('category'),
    'top-products': lacksRole('item'),
  },
  without: { ...withoutSessions, 'peak-hours': purchasesAlone },
};
