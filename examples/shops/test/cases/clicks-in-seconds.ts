import { clicks } from '../../clicks-in-seconds/clicks.ts';
import { clicksInSeconds } from '../invented/clicks-in-seconds.ts';
import type { ShopCase } from '../support/shop-case.ts';
import { days, lacksRole, withoutAmounts } from '../support/what-is-lacking.ts';

export const clicksInSecondsCase: ShopCase = {
  folder: 'clicks-in-seconds',
  table: clicks,
  invent: clicksInSeconds,
  sample: 6,
  loads: [{ file: 'clicks.csv' }],
  ranges: [days('2024-11-25', '2024-11-30'), days('2024-11-26', '2024-11-27'), days('2024-11-27')],
  filter: { where: { category_id: 4001 }, keeps: ({ category }) => category === '4001' },
  lacks: {
    'brand-attention': lacksRole('brand'),
    revenue: lacksRole('amount'),
    'top-brands': lacksRole('brand'),
  },
  without: withoutAmounts,
};
