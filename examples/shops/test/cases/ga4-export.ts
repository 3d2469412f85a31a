import { ga4 } from '../../ga4-export/ga4.ts';
import { ga4Export } from '../invented/ga4-export.ts';
import type { ShopCase } from '../support/shop-case.ts';
import { days } from '../support/what-is-lacking.ts';

export const ga4ExportCase: ShopCase = {
  folder: 'ga4-export',
  table: ga4,
  invent: ga4Export,
  sample: 6,
  loads: [{ file: 'events.jsonl' }],
  // New York sets its clocks back on the 3rd.
  ranges: [days('2024-11-01', '2024-11-06'), days('2024-11-02', '2024-11-03'), days('2024-11-03')],
  filter: { where: { brand: null }, keeps: ({ brand }) => brand === null },
  lacks: {},
  without: {},
};
