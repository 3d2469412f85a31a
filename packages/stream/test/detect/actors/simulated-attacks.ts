import { type AttackLevel, attackLabels, simulateLabelledRows } from '@headwater/simulator';
import type { ShopEvent } from '../../../src/detect/shop-event.ts';
import { shopEventOf } from '../simulated-event.ts';

/** Attackers that are one actor each, and what looks like them. */
const kinds = [
  ...(['fast_scraper', 'slow_scraper', 'catalogue_walker', 'price_monitor', 'replayed_session'] as const),
  ...(['cart_bomber', 'hoarder', 'sniper', 'power_user', 'shared_account', 'price_comparer'] as const),
  ...(['wish_list', 'business_buyer', 'many_tabs', 'tab_reload', 'client_retries'] as const),
];

/** A small run for tuning: its rows without duplicates, in the order of time, and its attackers. */
export function simulatedAttacks(level: AttackLevel, events: number) {
  const options = {
    ...{ events, days: 7, start: '2019-10-01', seed: 11 },
    attacks: { level, purpose: 'tune', kinds, share: 0.02 },
  } as const;
  const seen = new Set<string>();
  const rows: ShopEvent[] = [];
  for (const { event } of simulateLabelledRows(options)) {
    const { event_time, event_type, product_id, user_id, user_session } = event;
    const key = `${event_time.getTime()} ${event_type} ${product_id} ${user_id} ${user_session}`;
    if (seen.has(key)) continue;
    seen.add(key);
    rows.push(shopEventOf(event));
  }
  const cases = [...attackLabels(options)].filter(({ role, isAttack }) => role === 'case' && isAttack);
  return { rows, cases };
}
