import { blankEvent } from '@headwater/reference-answers';
import { type InventedShop, type InventedSize, RawFile, shopOf } from './invented-shop.ts';
import { products } from './products.ts';
import { inTimeOrder, inventVisits, type Step } from './visits.ts';

const codes: Readonly<Partial<Record<Step, string>>> = { view: '1', cart: '2', purchase: '3' };
const [home, confirmation, unlisted] = [1, 20, 77];
const pageOf = (product: (typeof products)[number]): number => 2 + products.indexOf(product);

/** The page table: what a page shows, and `NULL` where it shows no product. */
const pages = (): string =>
  [
    'page_id,page_name,product_category,product_id',
    `${home},Home,NULL,NULL`,
    ...products.map(
      (one) => `${pageOf(one)},"${one.name.replaceAll('"', '""')}",${one.category ?? 'NULL'},${one.id}`,
    ),
    `${confirmation},Confirmation,NULL,NULL`,
    '',
  ].join('\n');

/** Visits of pages, by codes, with a table of the pages beside. A purchase is the visit of the page that confirms it. */
export function codesAndPages({ seed, visits }: InventedSize): InventedShop {
  const file = new RawFile('visits.csv', 'visit_id,cookie_id,page_id,event_type,sequence_number,event_time');
  const all = inventVisits({
    ...{ seed, visits, shoppers: Math.ceil(visits / 3), hours: 72 },
    from: new Date('2024-02-27T20:00:00Z'),
  });
  const sequence = new Map<number, number>();
  for (const { visit, event } of inTimeOrder(all)) {
    const code = codes[event.step];
    if (code === undefined || (event.step === 'purchase' && event !== visit.bought[0])) continue;
    const isPurchase = event.step === 'purchase';
    const add = (page: number, type: string, action: string | null, of: typeof event | null, time: Date) => {
      const next = (sequence.get(visit.number) ?? 0) + 1;
      sequence.set(visit.number, next);
      const [id, cookie] = [`ccf${String(visit.number).padStart(3, '0')}`, `c4ca${visit.shopper}`];
      const clock = time.toISOString().replace('T', ' ').slice(0, -1);
      file.accept([id, cookie, page, type, next, clock].join(','), {
        ...blankEvent,
        ...{ time, action, actor: cookie, session: id },
        item: of === null ? null : String(of.product.id),
        category: of?.product.category ?? null,
      });
    };
    if (!sequence.has(visit.number)) {
      add(home, '1', 'view', null, new Date(event.time.getTime() - 1500));
      // A banner is shown on every page, and clicked by some.
      if (visit.number % 4 === 0) add(home, '4', null, null, event.time);
      if (visit.number % 8 === 0) add(home, '5', null, null, event.time);
      // A page that the table does not list.
      if (visit.number % 11 === 5) {
        add(unlisted, '1', 'view', null, event.time);
        file.unmatched += 1;
      }
    }
    if (isPurchase) add(confirmation, code, 'purchase', null, event.time);
    else add(pageOf(event.product), code, event.step, event, event.time);
  }
  const [, first = ''] = file.lines;
  file.repeat(first);
  file.refuse(first.replace(/,1,1,/, ',1,9,'), 'event_type:not_one_of');
  file.refuse(first.replace(/^[^,]*/, ''), 'visit_id:missing');
  file.refuse(first.replace(/,1,1,/, ',one,1,'), 'page_id:not_an_integer');
  const shop = shopOf([file], {
    zone: 'UTC',
    scale: 0,
    hasOrders: false,
    hasAmounts: false,
    takesCart: true,
  });
  return { ...shop, files: { ...shop.files, 'pages.csv': pages() } };
}
