import { visits } from '../../codes-and-pages/visits.ts';
import { codesAndPages } from '../invented/codes-and-pages.ts';
import type { ShopCase } from '../support/shop-case.ts';
import { days, lacksRole, withoutAmounts } from '../support/what-is-lacking.ts';

export const codesAndPagesCase: ShopCase = {
  folder: 'codes-and-pages',
  table: visits,
  invent: codesAndPages,
  sample: 6,
  loads: [{ file: 'visits.csv', lookups: { page: 'pages.csv' } }],
  ranges: [days('2024-02-27', '2024-03-02'), days('2024-02-28', '2024-02-29'), days('2024-02-29')],
  filter: { where: { category: 'tea' }, keeps: ({ category }) => category === 'tea' },
  lacks: {
    'brand-attention': lacksRole('brand'),
    revenue: lacksRole('amount'),
    'top-brands': lacksRole('brand'),
  },
  without: withoutAmounts,
};
