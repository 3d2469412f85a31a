import type { PlatformPart } from '../config/platform-part.ts';
import type { PlatformFacts } from '../platform-context.ts';
import { partPrices } from './part-prices.ts';
import { unitPrices } from './unit-prices.ts';

/** One line of an estimate. */
export interface PriceLine {
  readonly part: PlatformPart | 'lake';
  /** What is paid for. */
  readonly what: string;
  /** How many units of a month. */
  readonly units: number;
  readonly unit: string;
  /** US dollars of a month. */
  readonly dollars: number;
}

/**
 * What a platform costs in a month, from stated unit prices: the numbers of its scale, `infra.eventsPerDay`, and the assumptions of
 * {@link assumed}. It needs no account and no CDK. Parts that the platform does not have are not in it.
 *
 * @example monthlyPrice(platformFacts(config)).find(({ part }) => part === 'flink')
 * // { part: 'flink', what: 'KPUs, one of them for orchestration', units: 1460, unit: 'KPU-hour', dollars: 160.6 }
 */
export const monthlyPrice = (facts: PlatformFacts): PriceLine[] =>
  partPrices
    .filter(({ part }) => part === 'lake' || facts.has(part))
    .flatMap(({ part, lines }) =>
      lines(facts).map(({ what, price, units }) => {
        const { dollars, unit } = unitPrices[price];
        const asked = price === 'scanned' ? (facts.config.pricePerTerabyte ?? dollars) : dollars;
        return { part, what, units, unit, dollars: units * asked };
      }),
    );

/** The sum of lines, in US dollars. */
export const totalPrice = (lines: readonly PriceLine[]): number =>
  lines.reduce((sum, { dollars }) => sum + dollars, 0);
