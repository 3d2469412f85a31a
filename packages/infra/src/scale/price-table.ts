import { scales } from '../config/infra-config.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { PlatformFacts } from '../platform-context.ts';
import { monthlyPrice, totalPrice } from './monthly-price.ts';
import { scaleSizes } from './sizes.ts';
import { priceBasis } from './unit-prices.ts';

/** What each part costs in every scale, in US dollars of a month. */
export interface PriceTable {
  /** The first row of cells names the scales. A part that a scale does not have is empty. */
  readonly rows: readonly (readonly string[])[];
  /** What the prices rest on, in sentences. */
  readonly notes: readonly string[];
}

/** US dollars without cents, or with them below ten. */
const dollarText = (dollars: number): string =>
  dollars < 10 ? dollars.toFixed(2) : Math.round(dollars).toLocaleString('en-US');

/**
 * The monthly price of a config in every scale, as a table: for `headwater infra synth`, and for the README.
 *
 * @param factsOf what follows from a config. It is passed in, because it also needs the sizes
 * @example priceTable(config, platformFacts).rows[0] // ['part', 'dev', 'small', 'large']
 */
export function priceTable(
  config: PlatformConfig,
  factsOf: (config: PlatformConfig) => PlatformFacts,
): PriceTable {
  const byScale = scales.map((scale) =>
    monthlyPrice(factsOf({ ...config, infra: { ...config.infra, scale } })),
  );
  const parts = [...new Set(byScale.flatMap((lines) => lines.map(({ part }) => part)))];
  const cell = (lines: ReturnType<typeof monthlyPrice>, part: string): string => {
    const own = lines.filter((line) => line.part === part);
    return own.length === 0 ? '' : dollarText(totalPrice(own));
  };
  const events = scales.map((scale) => config.infra?.eventsPerDay ?? scaleSizes[scale].eventsPerDay);
  return {
    rows: [
      ['part', ...scales],
      ...parts.map((part) => [part, ...byScale.map((lines) => cell(lines, part))]),
      ['total', ...byScale.map((lines) => dollarText(totalPrice(lines)))],
    ],
    notes: [
      `US dollars of a month with ${events.map((count) => count.toLocaleString('en-US')).join(', ')} events a day.`,
      `Stated unit prices of ${priceBasis.region}, ${priceBasis.date}, without tax, free tiers and discounts. They were not read from the price pages of AWS; compare them there.`,
      'Notebooks, rulesets of Data Quality, crawls and jobs without a schedule cost nothing until somebody starts them.',
    ],
  };
}
