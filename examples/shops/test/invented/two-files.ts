import { blankEvent } from '@headwater/reference-answers';
import { type InventedShop, type InventedSize, RawFile, shopOf } from './invented-shop.ts';
import { priceText } from './products.ts';
import { inTimeOrder, inventVisits } from './visits.ts';

const categories = ['tea', 'cups', 'pots'];

/** Clicks in one file and purchases in another, neither with a header. A session is all that is known of a visitor. */
export function twoFiles({ seed, visits }: InventedSize): InventedShop {
  const [clicks, buys] = [new RawFile('clicks.dat'), new RawFile('buys.dat')];
  const all = inventVisits({
    ...{ seed, visits, shoppers: 1, hours: 72 },
    from: new Date('2024-04-05T18:00:00Z'),
  });
  inTimeOrder(all).forEach(({ visit, event: { time, step, product, quantity } }, index) => {
    const session = String(420_001 + visit.number);
    const shared = { ...blankEvent, time, actor: session, session, item: String(product.id) };
    if (step === 'view') {
      const category = product.category === null ? null : String(1 + categories.indexOf(product.category));
      const line = [session, time.toISOString(), product.id, category ?? ''].join(',');
      clicks.accept(line, { ...shared, action: 'view', category });
      if (index % 41 === 13) clicks.repeat(line);
    } else if (step === 'purchase') {
      const line = [session, time.toISOString(), product.id, priceText(product.price), quantity].join(',');
      buys.accept(line, { ...shared, action: 'purchase', amount: product.price * BigInt(quantity) });
      // A line of the next version of the export, with a field more.
      if (index % 47 === 1) buys.refuse(`${line},EUR`, ':too_many_fields');
    }
  });
  const [click = ''] = clicks.lines;
  const [buy = ''] = buys.lines;
  clicks.refuse(click.replace(/^\d+/, ''), 'session:missing');
  clicks.refuse(click.replace(/T\d\d:/, 'T25:'), 'event_time:not_a_timestamp');
  buys.refuse(buy.replace(/,[\d.]+,(\d+)$/, ',cheap,$1'), 'price:not_a_decimal');
  return shopOf([clicks, buys], { zone: 'UTC', scale: 2, hasOrders: false, hasAmounts: true });
}
