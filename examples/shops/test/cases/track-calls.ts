import { calls } from '../../track-calls/calls.ts';
import { trackCalls } from '../invented/track-calls.ts';
import type { ShopCase } from '../support/shop-case.ts';
import { days } from '../support/what-is-lacking.ts';

export const trackCallsCase: ShopCase = {
  folder: 'track-calls',
  table: calls,
  invent: trackCalls,
  sample: 6,
  loads: [{ file: 'calls.jsonl' }],
  ranges: [days('2024-03-08', '2024-03-13'), days('2024-03-09', '2024-03-10'), days('2024-03-10')],
  filter: {
    where: { category: 'cups', brand: ['Miro', 'Ostra'] },
    keeps: ({ category, brand }) => category === 'cups' && brand !== null,
  },
  lacks: {},
  without: {},
};
