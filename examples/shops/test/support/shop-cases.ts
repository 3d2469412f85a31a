import { clicksInSecondsCase } from '../cases/clicks-in-seconds.ts';
import { codesAndPagesCase } from '../cases/codes-and-pages.ts';
import { ga4ExportCase } from '../cases/ga4-export.ts';
import { invoiceLinesCase } from '../cases/invoice-lines.ts';
import { ordersOnlyCase } from '../cases/orders-only.ts';
import { trackCallsCase } from '../cases/track-calls.ts';
import { twoFilesCase } from '../cases/two-files.ts';
import type { ShopCase } from './shop-case.ts';

/** The seven shops. What a shop cannot answer is written in its case by hand, from what its files have. */
export const shopCases: readonly ShopCase[] = [
  ga4ExportCase,
  invoiceLinesCase,
  clicksInSecondsCase,
  trackCallsCase,
  codesAndPagesCase,
  twoFilesCase,
  ordersOnlyCase,
];
