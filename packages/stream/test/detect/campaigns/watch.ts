import { campaignDetector } from '../../../src/detect/campaigns/campaign-detector.ts';
import {
  type CampaignParameters,
  defaultCampaignParameters,
} from '../../../src/detect/campaigns/parameters.ts';
import type { Report } from '../../../src/detect/detector.ts';
import type { ShopEvent } from '../../../src/detect/shop-event.ts';
import { clicks, midnight } from '../../alerts/shop.ts';

/** A finding, as tests compare it. */
export type Found = Parameters<Report>[0];

/** A row so many seconds after midnight. */
export function row(seconds: number, actor: string, item: string, event: Partial<ShopEvent> = {}): ShopEvent {
  const session = event.session ?? `session of ${actor}`;
  const time = midnight + seconds * 1000;
  return { row: {}, id: '', time, actor, item, action: 'view', price: undefined, ...event, session };
}

/** People who each view three of a hundred popular products, one person after the other. */
export function* shoppers(from: number, to: number, every = 20): Generator<ShopEvent> {
  for (let second = from, number = 0; second < to; second += every, number++) {
    const actor = `shopper ${second}`;
    for (let view = 0; view < 3; view++) {
      const item = `popular ${(number * 7 + view) % 100}`;
      yield row(second + view * 40, actor, item, { price: 50 + ((number * 13) % 100) });
    }
  }
}

/** Watches rows, in the order of their time, until an hour after the last one. */
export function watch(
  rows: Iterable<ShopEvent>,
  change: (defaults: CampaignParameters) => CampaignParameters = (defaults) => defaults,
  cut = Number.POSITIVE_INFINITY,
): Found[] {
  const parameters = change(defaultCampaignParameters);
  const shop = { schema: clicks.schema, site: 'clicks', zone: 'UTC' };
  const found: Found[] = [];
  const report: Report = (breach) => void found.push(breach);
  let detector = campaignDetector.create(shop, parameters);
  let minute = midnight + 60_000;
  const sorted = [...rows].sort((one, other) => one.time - other.time);
  const end = (sorted.at(-1)?.time ?? midnight) + 3_600_000;
  let number = 0;
  for (const event of [...sorted, undefined]) {
    for (; minute <= (event?.time ?? end); minute += 60_000) detector.endMinute(minute, report);
    if (event === undefined) break;
    detector.observe(event, report);
    // What goes on is a detector that has only the snapshot.
    if (++number % cut === 0)
      detector = campaignDetector.create(shop, parameters, JSON.parse(JSON.stringify(detector.snapshot())));
  }
  return found;
}

/** Kinds, subjects and members of what was found last of each subject. */
export function membersOf(found: readonly Found[]): Record<string, readonly string[]> {
  return Object.fromEntries(found.map(({ subject, actors = [] }) => [subject, actors]));
}
