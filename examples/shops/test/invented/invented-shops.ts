import { clicksInSeconds } from './clicks-in-seconds.ts';
import { codesAndPages } from './codes-and-pages.ts';
import { ga4Export } from './ga4-export.ts';
import type { InventedShop, InventedSize } from './invented-shop.ts';
import { invoiceLines } from './invoice-lines.ts';
import { ordersOnly } from './orders-only.ts';
import { trackCalls } from './track-calls.ts';
import { twoFiles } from './two-files.ts';

/** One of the shops, by the name of its folder. */
interface Inventor {
  readonly folder: string;
  readonly invent: (size: InventedSize) => InventedShop;
  /** The visits of the sample that is committed. */
  readonly sample: number;
}

export const inventors: readonly Inventor[] = [
  { folder: 'ga4-export', invent: ga4Export, sample: 6 },
  { folder: 'invoice-lines', invent: invoiceLines, sample: 7 },
  { folder: 'clicks-in-seconds', invent: clicksInSeconds, sample: 6 },
  { folder: 'track-calls', invent: trackCalls, sample: 6 },
  { folder: 'codes-and-pages', invent: codesAndPages, sample: 6 },
  { folder: 'two-files', invent: twoFiles, sample: 8 },
  { folder: 'orders-only', invent: ordersOnly, sample: 25 },
];

/** The seed of the samples. */
export const sampleSeed = 7;
