import { blankEvent, type PlainEvent } from '@headwater/reference-answers';
import { type InventedShop, type InventedSize, RawFile, shopOf } from './invented-shop.ts';
import { type Product, priceText } from './products.ts';
import { inTimeOrder, inventVisits, type Step, type Visit, type VisitEvent } from './visits.ts';

const names: Readonly<Record<Step, string>> = {
  view: 'view_item',
  cart: 'add_to_cart',
  removeFromCart: 'remove_from_cart',
  checkout: 'begin_checkout',
  favourite: 'add_to_wishlist',
  purchase: 'purchase',
};
/** What the definition has an action for. */
const actions: readonly string[] = ['view', 'cart', 'removeFromCart', 'checkout', 'purchase'];

interface Context {
  readonly time: Date;
  readonly actor: string | null;
  readonly session: number;
}
interface Item {
  readonly product: Product;
  readonly quantity: number;
}

/** One line, as `bq extract` writes it: integers of 64 bits are texts, and what is null is left out. */
function lineOf(
  name: string,
  { time, actor, session }: Context,
  items: readonly Item[],
  order?: string,
): string {
  const line = {
    event_date: time.toISOString().slice(0, 10).replaceAll('-', ''),
    event_timestamp: `${time.getTime()}000`,
    event_name: name,
    event_params: [
      { key: 'page_location', value: { string_value: 'https://shop.example/' } },
      { key: 'ga_session_id', value: { int_value: String(session) } },
      { key: 'engaged_session_event', value: { int_value: '1' } },
    ],
    ...(actor === null ? {} : { user_pseudo_id: actor }),
    ...(order === undefined
      ? {}
      : { ecommerce: { transaction_id: order, unique_items: String(items.length) } }),
    items: items.map(({ product, quantity }) => ({
      item_id: String(product.id),
      item_name: product.name,
      ...(product.brand === null ? {} : { item_brand: product.brand }),
      ...(product.category === null ? {} : { item_category: product.category }),
      price: Number(priceText(product.price)),
      quantity: String(quantity),
    })),
  };
  return JSON.stringify(line);
}

/** The rows that a line means: one for each of its items, and one where it has none. */
function eventsOf(
  action: string | null,
  { time, actor, session }: Context,
  items: readonly Item[],
  order?: string,
): PlainEvent[] {
  const shared: PlainEvent = {
    ...blankEvent,
    ...{ time, action, actor, order: order ?? null },
    // The number is unique within an actor only.
    session: actor === null ? null : `${actor} ${session}`,
  };
  if (items.length === 0) return [shared];
  return items.map(({ product, quantity }) => ({
    ...shared,
    item: String(product.id),
    category: product.category,
    brand: product.brand,
    amount: product.price * BigInt(quantity),
  }));
}

/** The export of a web shop's analytics to BigQuery, one event a line, its items in a list. */
export function ga4Export({ seed, visits }: InventedSize): InventedShop {
  const file = new RawFile('events.jsonl');
  const all = inventVisits({
    ...{ seed, visits, shoppers: Math.ceil(visits / 2), hours: 100 },
    // New York sets its clocks back on 3 November.
    from: new Date('2024-11-01T10:00:00Z'),
  });
  const contextOf = (visit: Visit, time: Date): Context => {
    const before = all[visit.number - 1];
    const isShared = visit.number % 2 === 1 && before !== undefined && before.shopper !== visit.shopper;
    return {
      time: new Date(time.getTime() + (visit.number % 1000)),
      // Who refuses cookies has no id.
      actor: visit.number % 13 === 4 ? null : `${1_000_000 + visit.shopper}.${1_700_000_000 + visit.shopper}`,
      session: 1_730_000_000 + visit.number - (isShared ? 1 : 0),
    };
  };
  const begun = new Set<Visit>();
  const add = (
    name: string,
    action: string | null,
    context: Context,
    items: readonly Item[],
    order?: string,
  ) => {
    const line = lineOf(name, context, items, order);
    const events = eventsOf(action, context, items, order);
    file.accept(line, ...events);
    // A day that was exported once more.
    if (file.lines.length % 31 === 17) file.repeat(line, events.length);
  };
  for (const { visit, event } of inTimeOrder(all)) {
    const context = contextOf(visit, event.time);
    if (!begun.has(visit)) {
      begun.add(visit);
      add('session_start', null, context, []);
      if (visit.number % 3 === 0)
        add('view_item_list', null, context, visit.events.slice(0, 3).filter(isFirstOf).map(itemOf));
    }
    const action = actions.includes(event.step) ? event.step : null;
    if (event.step !== 'purchase') add(names[event.step], action, context, [itemOf(event)]);
    else if (event === visit.bought[0])
      add('purchase', action, context, visit.bought.map(itemOf), `T${10_000 + visit.number}`);
  }
  const context = { time: new Date('2024-11-02T12:00:00Z'), actor: '1.1', session: 1 };
  const [product] = all.flatMap(({ events }) => events.map((one) => one.product));
  if (!product) throw new Error('No visit has an event');
  const item = { product, quantity: 1 };
  const whole = lineOf('view_item', context, [item]);
  file.refuse(whole.slice(0, -12), ':not_json');
  file.refuse(whole.replace(/"price":[\d.]+/, '"price":"n/a"'), 'price:not_a_decimal');
  file.refuse(whole.replace(/"event_timestamp":"\d+",/, ''), 'event_time:missing');
  return shopOf([file], { zone: 'America/New_York', scale: 2, hasOrders: true, hasAmounts: true });
}

const itemOf = ({ product, quantity }: VisitEvent): Item => ({ product, quantity });
const isFirstOf = ({ product }: VisitEvent, index: number, all: readonly VisitEvent[]): boolean =>
  all.findIndex((one) => one.product === product) === index;
