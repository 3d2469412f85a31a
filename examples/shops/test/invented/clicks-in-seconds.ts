import { blankEvent } from '@headwater/reference-answers';
import { type InventedShop, type InventedSize, RawFile, shopOf } from './invented-shop.ts';
import { inTimeOrder, inventVisits, type Step } from './visits.ts';

/** The codes of this log. It has none for a cart that is emptied, or for a checkout. */
const codes: Readonly<Partial<Record<Step, string>>> = {
  view: 'pv',
  cart: 'cart',
  favourite: 'fav',
  purchase: 'buy',
};
const categories = ['tea', 'cups', 'pots', null];

/** A click log without a header, with seconds since 1970, without sessions and prices. */
export function clicksInSeconds({ seed, visits }: InventedSize): InventedShop {
  const file = new RawFile('clicks.csv');
  const all = inventVisits({
    ...{ seed, visits, shoppers: Math.ceil(visits / 4), hours: 100 },
    from: new Date('2024-11-24T20:00:00Z'),
  });
  const seen = new Set<string>();
  for (const [index, { visit, event }] of inTimeOrder(all).entries()) {
    const { time, step, product } = event;
    const code = codes[step];
    if (code === undefined) continue;
    const actor = String(1_000_001 + visit.shopper);
    const category = String(4001 + categories.indexOf(product.category));
    const line = [actor, product.id, category, code, time.getTime() / 1000].join(',');
    if (seen.has(line)) {
      file.repeat(line);
      continue;
    }
    seen.add(line);
    file.accept(line, {
      ...blankEvent,
      ...{ time, action: step, actor, item: String(product.id), category },
    });
    // The log has some lines twice.
    if (index % 23 === 11) file.repeat(line);
    if (index % 97 === 5) file.refuse(line.replace(`,${code},`, ',share,'), 'action:not_one_of');
  }
  const [first = ''] = file.lines;
  file.refuse(first.replace(/^\d+/, ''), 'user_id:missing');
  file.refuse(first.replace(/\d$/, 'x'), 'event_time:not_an_epoch');
  file.refuse(first.replace(/,\d+,/, ',one,'), 'product_id:not_an_integer');
  return shopOf([file], {
    ...{ zone: 'Asia/Shanghai', scale: 0, hasOrders: false, hasAmounts: false },
    // A visit ends when nothing happens for half an hour.
    inactivitySeconds: 1800,
  });
}
