import { blankEvent } from '@headwater/reference-answers';
import { type InventedShop, type InventedSize, RawFile, shopOf } from './invented-shop.ts';
import { instantOf, wallClock } from './local-time.ts';
import { inventVisits } from './visits.ts';

const zone = 'Europe/Berlin';

/** `1.234,56 €` */
const money = (cents: bigint): string => {
  const digits = String(cents).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${whole},${digits.slice(-2)} €`;
};

/** `27.10.2024 02:30` */
const clock = (local: string): string => local.replace(/^(\d+)-(\d+)-(\d+)T(\d+:\d+).*$/, '$3.$2.$1 $4');

/** Orders and nothing else, as a German shop system exports them. */
export function ordersOnly({ seed, visits }: InventedSize): InventedShop {
  const file = new RawFile('bestellungen.csv', 'Bestellung;Kunde;Datum;Summe;Status');
  const all = inventVisits({
    ...{ seed, visits: visits * 3, shoppers: Math.ceil(visits / 3), hours: 24 * 12 },
    // Berlin sets its clocks back on 27 October.
    from: new Date('2024-10-20T08:00:00Z'),
  }).filter(({ bought }) => bought.length > 0);
  for (const [index, { number, shopper, bought }] of all.entries()) {
    const total = bought.reduce(
      (sum, { product, quantity }) => sum + product.price * BigInt(quantity * 12),
      0n,
    );
    const local = wallClock(bought[0]?.time ?? new Date(NaN), zone);
    const order = `B-${20_000 + number}`;
    // A guest has no number.
    const customer = number % 9 === 2 ? null : `K${100 + shopper}`;
    const line = (status: string) => [order, customer ?? '', clock(local), money(total), status].join(';');
    if (index % 14 === 6) {
      file.leave(line('storniert'));
      continue;
    }
    file.accept(line(index % 3 === 0 ? 'bezahlt' : 'versandt'), {
      ...blankEvent,
      ...{ time: instantOf(local, zone), action: 'purchase', actor: customer, order, amount: total },
    });
    if (index % 25 === 9) file.repeat(line(index % 3 === 0 ? 'bezahlt' : 'versandt'));
  }
  // Half past two occurs twice on this day. The text means the earlier instant.
  file.accept('B-29999;K100;27.10.2024 02:30;12,00 €;bezahlt', {
    ...blankEvent,
    ...{ time: instantOf('2024-10-27T02:30', zone), action: 'purchase', actor: 'K100', order: 'B-29999' },
    amount: 1200n,
  });
  const [, first = ''] = file.lines;
  file.refuse(first.replace(/[\d.]+,\d\d €/, 'zwölf €'), 'total:not_in_number_format');
  file.refuse(first.replace(/\d\d\.\d\d\.2024/, '31.11.2024'), 'ordered_at:not_in_time_format');
  file.refuse(first.replace(/^[^;]*/, ''), 'order_id:missing');
  return shopOf([file], { zone, scale: 2, hasOrders: true, hasAmounts: true });
}
