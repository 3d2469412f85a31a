import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { amountFields, countFields } from '../../sessions/count-sink.ts';
import {
  type CountTotals,
  isNothing,
  type MinuteTotals,
  noTotals,
  type SalesTotals,
} from '../../sessions/minute-totals.ts';
import { type Item, ttlOf } from './state-item.ts';

/** Counters of one minute are spread over parts, so that a flash sale does not write to one partition; they are summed when read. */
export const partitionOf = (kind: 'COUNTS' | 'SALES', part: number, minute: number): string =>
  `${kind}#${part}#${minuteText(minute).slice(0, 10)}`;

/** `2020-02-29T00:05` */
export const minuteText = (minute: number): string => new Date(minute * 60_000).toISOString().slice(0, 16);

/** The minute of a sort key. */
export const minuteOfText = (text: string): number => Date.parse(`${text}:00Z`) / 60_000;

/** Items of one update: an expression has 4 KB, and each item two names in it. */
export const salesPerUpdate = 100;

/** How counters are written. */
export interface CounterOptions {
  readonly table: string;
  readonly parts: number;
  /** The part that this transaction writes to; any one does. */
  readonly part: number;
  readonly now: number;
  /** Milliseconds for which counts are kept. */
  readonly retention: number;
}

/** Sales are asked for over an hour at most. */
const salesRetention = 7_200_000;

/** The updates that add counts to their counters. */
export function counterUpdates(counts: CountTotals, options: CounterOptions): TransactWriteItem[] {
  const minutes = [...counts.minutes].filter(([, totals]) => !isNothing(totals));
  return [
    ...minutes.map(([minute, totals]) => addition('COUNTS', minute, options.part, fieldsOf(totals), options)),
    ...[...counts.sales].flatMap(([minute, items]) => {
      const sold = [...items].filter(([, { purchases, revenue }]) => purchases !== 0 || revenue !== 0n);
      const chunks = Math.ceil(sold.length / salesPerUpdate);
      // A transaction takes one update of an item: each chunk goes to a part of its own.
      return Array.from({ length: chunks }, (_, nth) => {
        const part = (options.part + nth) % options.parts;
        const some = sold.slice(nth * salesPerUpdate, (nth + 1) * salesPerUpdate);
        return addition('SALES', minute, part, some.flatMap(salesFields), options);
      });
    }),
  ];
}

type Field = readonly [name: string, value: string];

const fieldsOf = (totals: MinuteTotals): Field[] =>
  [...countFields, ...amountFields]
    .filter((field) => Number(totals[field]) !== 0)
    .map((field) => [field, String(totals[field])]);

const salesFields = ([item, { purchases, revenue }]: readonly [string, SalesTotals]): Field[] => [
  [`n:${item}`, String(purchases)],
  ...(revenue === 0n ? [] : [[`r:${item}`, String(revenue)] as const]),
];

function addition(
  kind: 'COUNTS' | 'SALES',
  minute: number,
  part: number,
  fields: readonly Field[],
  { table, now, retention }: CounterOptions,
): TransactWriteItem {
  const names = Object.fromEntries(fields.map(([name], index) => [`#${index}`, name]));
  const values = Object.fromEntries(
    fields.map(([, value], index): [string, AttributeValue] => [`:${index}`, { N: value }]),
  );
  const expires = Math.max(now, minute * 60_000) + (kind === 'SALES' ? salesRetention : retention);
  return {
    Update: {
      TableName: table,
      Key: { PK: { S: partitionOf(kind, part, minute) }, SK: { S: minuteText(minute) } },
      UpdateExpression: `SET #t = :t ADD ${fields.map((_, index) => `#${index} :${index}`).join(', ')}`,
      ExpressionAttributeNames: { ...names, '#t': 'ttl' },
      ExpressionAttributeValues: { ...values, ':t': ttlOf(expires) },
    },
  };
}

/** Adds the counts of an item to those of its minute. */
export function addCounts(sums: Map<number, MinuteTotals>, item: Item): void {
  const minute = minuteOfText(item['SK']?.S ?? '');
  const totals = sums.get(minute) ?? noTotals();
  sums.set(minute, totals);
  for (const field of countFields) totals[field] += Number(item[field]?.N ?? 0);
  for (const field of amountFields) totals[field] += BigInt(item[field]?.N ?? 0);
}

/** The sales of an item of the table, by product. */
export function salesOfItem(item: Item): Map<string, SalesTotals> {
  const sales = new Map<string, SalesTotals>();
  for (const [name, value] of Object.entries(item)) {
    if (!name.startsWith('n:')) continue;
    const product = name.slice(2);
    sales.set(product, { purchases: Number(value.N), revenue: BigInt(item[`r:${product}`]?.N ?? 0) });
  }
  return sales;
}
