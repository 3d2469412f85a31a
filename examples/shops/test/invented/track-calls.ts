import { blankEvent, type PlainEvent } from '@headwater/reference-answers';
import { type InventedShop, type InventedSize, RawFile, shopOf } from './invented-shop.ts';
import { priceText } from './products.ts';
import { inTimeOrder, inventVisits, type Step, type Visit, type VisitEvent } from './visits.ts';

const names: Readonly<Record<Step, readonly [string, ...string[]]>> = {
  view: ['Product Viewed', 'Product Clicked'],
  cart: ['Product Added'],
  removeFromCart: ['Product Removed'],
  checkout: ['Checkout Started'],
  favourite: ['Product Added to Wishlist'],
  purchase: ['Order Completed'],
};
const actions: readonly string[] = ['view', 'cart', 'removeFromCart', 'checkout', 'purchase'];

/** A call to `track`, with its products in a list, as an order has them. */
function callOf(
  name: string,
  number: number,
  visit: Visit,
  time: Date,
  lines: readonly VisitEvent[],
  order?: string,
) {
  return {
    type: 'track',
    event: name,
    messageId: `m-${number}`,
    anonymousId: `anon-${visit.shopper}`,
    timestamp: time.toISOString(),
    context: {
      sessionId: 1_709_000_000 + visit.number,
      page: { path: '/tea', url: 'https://shop.example/tea' },
    },
    properties: {
      currency: 'EUR',
      ...(order === undefined ? {} : { order_id: order }),
      products: lines.map(({ product, quantity }) => ({
        product_id: String(product.id),
        name: product.name,
        category: product.category,
        brand: product.brand,
        price: Number(priceText(product.price)),
        quantity,
      })),
    },
  };
}

/** The calls that a site sends to a customer data platform: nested JSON, one a line. */
export function trackCalls({ seed, visits }: InventedSize): InventedShop {
  const file = new RawFile('calls.jsonl');
  const all = inventVisits({
    ...{ seed, visits, shoppers: Math.ceil(visits / 3), hours: 80 },
    from: new Date('2024-03-08T22:00:00Z'),
  });
  let number = 0;
  for (const { visit, event } of inTimeOrder(all)) {
    if (event.step === 'purchase' && event !== visit.bought[0]) continue;
    number += 1;
    const [usual, other = usual] = names[event.step];
    const lines = event.step === 'purchase' ? visit.bought : [event];
    const order = event.step === 'purchase' ? `order-${visit.number}` : undefined;
    const call = callOf(number % 4 === 1 ? other : usual, number, visit, event.time, lines, order);
    // A price that nobody can read, of something that was only looked at: the event still counts.
    const isPriceless = event.step === 'view' && number % 29 === 7;
    const text = JSON.stringify(call);
    const line = isPriceless ? text.replace(/"price":[\d.]+/, '"price":"on request"') : text;
    const events = lines.map(
      ({ product, quantity }): PlainEvent => ({
        ...blankEvent,
        time: event.time,
        action: actions.includes(event.step) ? event.step : null,
        actor: `anon-${visit.shopper}`,
        session: String(1_709_000_000 + visit.number),
        order: order ?? null,
        item: String(product.id),
        category: product.category,
        brand: product.brand,
        amount: isPriceless ? null : product.price * BigInt(quantity),
      }),
    );
    file.accept(line, ...events);
    // The platform delivers at least once.
    const isRepeated = number % 19 === 3;
    if (isRepeated) file.repeat(line, events.length);
    if (isPriceless) file.nulled += isRepeated ? 2 : 1;
  }
  const [first = '{}'] = file.lines;
  file.refuse(
    first.replace(/"anonymousId":"[^"]*",/, '').replace(/"m-\d+"/, '"m-x"'),
    'anonymous_id:missing',
  );
  file.refuse(first.replace(/"timestamp":"[^"]*"/, '"timestamp":"yesterday"'), 'event_time:not_a_timestamp');
  file.refuse('{"type":"track","event":', ':not_json');
  return shopOf([file], { zone: 'UTC', scale: 2, hasOrders: true, hasAmounts: true });
}
