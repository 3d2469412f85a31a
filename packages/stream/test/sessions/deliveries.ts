import fc from 'fast-check';
import type { DeliveredEvent } from '../../src/sessions/session-rules.ts';
import { anyRow, type ShopName } from './shops.ts';

/** Events of a shop, and deliveries that have each of them at least once, in any order. */
export interface Deliveries {
  readonly events: readonly DeliveredEvent[];
  readonly deliveries: readonly (readonly DeliveredEvent[])[];
}

const fraction = fc.noBias(fc.nat({ max: 999 })).map((thousandths) => thousandths / 1000);

/** Any events of a shop, some of them delivered several times, in any order, by deliveries of any size. */
export function anyDeliveries(shop: ShopName, most: number): fc.Arbitrary<Deliveries> {
  const row = fc.array(fraction, { minLength: 8, maxLength: 8 }).map(anyRow[shop]);
  const rows = fc.array(row, { minLength: 1, maxLength: most, size: 'max' });
  const fractions = fc.array(fraction, { minLength: most * 2, maxLength: most * 2 });
  return fc
    .record({
      rows,
      again: fractions,
      order: fractions,
      disorder: fraction,
      cuts: fractions,
      density: fraction,
    })
    .map(({ rows: all, again, order, disorder, cuts, density }) => {
      const events = all.map((event, index) => ({
        event,
        sequenceNumber: String(10n ** 55n + BigInt(index)),
      }));
      const sent = [...events, ...events.filter((_, index) => (again[index] ?? 0) < 0.3)]
        .map((one, index) => ({
          one,
          at: (index % events.length) / events.length + (order[index] ?? 0) * disorder,
        }))
        .sort((one, other) => one.at - other.at)
        .map(({ one }) => one);
      const deliveries: DeliveredEvent[][] = [[]];
      for (const [index, one] of sent.entries()) {
        if ((cuts[index] ?? 0) < density) deliveries.push([]);
        deliveries.at(-1)?.push(one);
      }
      return { events, deliveries };
    });
}
