import { blankEvent, type PlainEvent } from '@headwater/reference-answers';
import { type InventedShop, type InventedSize, RawFile, shopOf } from './invented-shop.ts';
import { instantOf, wallClock } from './local-time.ts';
import { type Product, priceText } from './products.ts';
import { inventVisits, type Visit } from './visits.ts';

const zone = 'Europe/London';
const countries = ['United Kingdom', 'France', 'EIRE', 'Germany'] as const;

/** `3/31/2024 0:26` */
const clock = (local: string): string => {
  const [, year, month, day, hour, minute] = /^(\d+)-0?(\d+)-0?(\d+)T0?(\d+):(\d+)/.exec(local) ?? [];
  return `${month}/${day}/${year} ${hour}:${minute}`;
};

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

interface Line {
  readonly invoice: string;
  readonly product: Product;
  readonly quantity: number;
  readonly local: string;
  readonly shopper: number | null;
  readonly country: string;
}

/** The lines of invoices: what a wholesaler's back office exports. */
export function invoiceLines({ seed, visits }: InventedSize): InventedShop {
  const file = new RawFile(
    'lines.csv',
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  );
  const text = (line: Line, written = clock(line.local)): string =>
    [
      ...[line.invoice, `${line.product.id}A`, quoted(line.product.name), line.quantity, written],
      ...[
        priceText(line.product.price),
        line.shopper === null ? '' : `${17850 + line.shopper}.0`,
        line.country,
      ],
    ].join(',');
  const event = (line: Line): PlainEvent => ({
    ...blankEvent,
    time: instantOf(line.local, zone),
    action: 'purchase',
    actor: line.shopper === null ? null : String(17850 + line.shopper),
    order: line.invoice,
    item: `${line.product.id}A`,
    category: line.country,
    amount: line.product.price * 10n * BigInt(line.quantity),
  });
  const accept = (line: Line) => file.accept(text(line), event(line));

  // Around both days on which London's clock changes.
  const some = { visits: visits * 2, shoppers: Math.ceil(visits / 5), hours: 96 };
  const all = [
    ...inventVisits({ ...some, seed, from: new Date('2024-03-29T12:00:00Z') }),
    ...inventVisits({ ...some, seed: seed + 1, from: new Date('2024-10-25T12:00:00Z') }),
  ].filter(({ bought }) => bought.length > 0);
  const linesOf = ({ number, shopper, bought }: Visit, index: number): Line[] =>
    bought.map(({ time, product, quantity }) => ({
      invoice: String(536_365 + index),
      product,
      quantity,
      local: wallClock(time, zone),
      // Every fifth buyer is not known.
      shopper: number % 5 === 0 ? null : shopper,
      country: countries[shopper % countries.length] ?? countries[0],
    }));
  all.map(linesOf).forEach((lines, index) => {
    for (const line of lines) accept(line);
    const [first] = lines;
    if (!first) return;
    // The same thing twice on one invoice is two lines.
    if (index % 6 === 0) accept(first);
    // Some of it comes back, on an invoice of its own.
    if (index % 7 === 0) accept({ ...first, invoice: `C${first.invoice}`, quantity: -first.quantity });
    if (index % 9 === 0) {
      const later = { ...first, invoice: `5${first.invoice}` };
      // The other spelling of a time, which a part of the office uses.
      file.accept(text(later, `${later.local.replace('T', ' ').slice(0, 16)}:00`), event(later));
    }
  });
  const [sample] = all.flatMap(linesOf);
  if (!sample) throw new Error('No visit bought anything');
  // London's clocks skip half past one on this day. The text is read with the offset before the change.
  accept({ ...sample, invoice: '599001', local: '2024-03-31T01:30' });
  // Half past one occurs twice on this day. The text means the earlier instant.
  accept({ ...sample, invoice: '599002', local: '2024-10-27T01:30' });
  const raw = text({ ...sample, invoice: '599003' });
  file.refuse(raw.replace(`,${sample.quantity},`, ',six,'), 'quantity:not_an_integer');
  file.refuse(raw.replace(priceText(sample.product.price), 'free'), 'unit_price:not_a_decimal');
  file.refuse(text({ ...sample, invoice: '599004' }, '31/3/2024 9:00'), 'time:not_in_time_format');
  file.refuse(text({ ...sample, invoice: '' }), 'invoice:missing');
  file.refuse(
    text({ ...sample, invoice: '599005', shopper: 1 }).replace('17851.0', '17851.5'),
    'customer:not_an_integer',
  );
  return shopOf([file], { zone, scale: 3, hasOrders: true, hasAmounts: true });
}
