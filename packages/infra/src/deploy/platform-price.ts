import type { PlatformConfig } from '../config/platform-config.ts';
import { platformFacts } from '../platform-facts.ts';
import { monthlyPrice, type PriceLine, totalPrice } from '../scale/monthly-price.ts';
import { type PriceTable, priceTable } from '../scale/price-table.ts';

/** What a platform costs in a month, in US dollars. */
export interface PlatformPrice {
  /** Of the config's own scale. */
  readonly lines: readonly PriceLine[];
  readonly total: number;
  /** Of every scale beside each other, with what the prices rest on. */
  readonly table: PriceTable;
}

/** The estimate for a config, from stated unit prices. */
export function platformPrice(config: PlatformConfig): PlatformPrice {
  const lines = monthlyPrice(platformFacts(config));
  return { lines, total: totalPrice(lines), table: priceTable(config, platformFacts) };
}
