import { activity } from '../../two-files/activity.ts';
import { twoFiles } from '../invented/two-files.ts';
import type { ShopCase } from '../support/shop-case.ts';
import { days, lacksAction, lacksRole } from '../support/what-is-lacking.ts';

export const twoFilesCase: ShopCase = {
  folder: 'two-files',
  table: activity,
  invent: twoFiles,
  sample: 8,
  loads: [
    { file: 'clicks.dat', source: 'clicks' },
    { file: 'buys.dat', source: 'buys' },
  ],
  ranges: [days('2024-04-05', '2024-04-09'), days('2024-04-06', '2024-04-07'), days('2024-04-07')],
  filter: { where: { category: ['1', '3'] }, keeps: ({ category }) => category === '1' || category === '3' },
  lacks: {
    'brand-attention': lacksRole('brand'),
    'cart-abandonment': lacksAction('cart'),
    'conversion-funnel': lacksAction('cart'),
    funnel: lacksAction('cart'),
    'top-brands': lacksRole('brand'),
  },
  without: {
    'peak-hours': ['carts'],
    'slow-sellers': ['carts'],
    'top-categories': ['carts'],
    'top-products': ['carts'],
  },
};
