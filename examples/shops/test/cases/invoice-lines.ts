import { sales } from '../../invoice-lines/sales.ts';
import { invoiceLines } from '../invented/invoice-lines.ts';
import type { ShopCase } from '../support/shop-case.ts';
import { days, lacksAction, lacksRole, purchasesAlone, withoutSessions } from '../support/what-is-lacking.ts';

export const invoiceLinesCase: ShopCase = {
  folder: 'invoice-lines',
  table: sales,
  invent: invoiceLines,
  sample: 7,
  loads: [{ file: 'lines.csv' }],
  // London's clocks go forward on 31 March, and back on 27 October.
  ranges: [days('2024-03-29', '2024-10-31'), days('2024-10-26', '2024-10-27'), days('2024-03-31')],
  filter: {
    where: { country: ['France', 'EIRE'] },
    keeps: ({ category }) => category === 'France' || category === 'EIRE',
  },
  lacks: {
    'brand-attention': lacksRole('brand'),
    'cart-abandonment': lacksRole('session'),
    'conversion-funnel': lacksRole('session'),
    funnel: lacksRole('session'),
    'session-summary': lacksRole('session'),
    'slow-sellers': lacksAction('view'),
    'top-brands': lacksRole('brand'),
  },
  without: {
    ...withoutSessions,
    'peak-hours': purchasesAlone,
    'top-categories': purchasesAlone,
    'top-products': purchasesAlone,
  },
};
