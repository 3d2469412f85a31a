import {
  defaultPricePerTerabyte,
  estimateScan,
  type FinishedQuery,
  type MetricQuery,
  scanPrice,
  type TableEstimate,
} from '@headwater/queries';
import type { OpenedLake } from '../config/open-lake.ts';
import type { Console } from './console.ts';
import { byteText, durationText } from './figures.ts';
import { toJson } from './to-json.ts';

type Asked = Pick<MetricQuery<unknown>, 'sql' | 'parameters' | 'query'> | string;

/** Prints what a query would do, without running it: what it reads, what that costs, and its text. */
export async function printScan(
  opened: OpenedLake,
  asked: Asked,
  console: Console,
  json: boolean,
): Promise<void> {
  const { config, engine, maxScan } = opened;
  const estimate = await estimateScan(opened.lake, asked);
  const { bytes, mostBytes, tables } = estimate;
  const { sql, parameters } = typeof asked === 'string' ? { sql: asked, parameters: [] } : asked;
  const price = priceOf(opened, bytes);
  const mostPrice = priceOf(opened, mostBytes);
  if (json) {
    await console.json({
      engine: engine.name,
      sql,
      parameters,
      estimate,
      ...(price === undefined ? {} : { price, mostPrice }),
      maxScan,
    });
    return;
  }
  const line = (label: string, value: string): Promise<void> =>
    console.print(`${console.style('dim', label.padEnd(10))} ${value}`);
  await line('engine', engine.name);
  for (const table of tables) await line('reads', readingText(table));
  await line('estimate', rangeText(byteText(bytes), byteText(mostBytes)));
  const perTerabyte = config.pricePerTerabyte ?? defaultPricePerTerabyte;
  if (price !== undefined && mostPrice !== undefined)
    await line(
      'price',
      `${rangeText(priceText(price), priceText(mostPrice))} at ${perTerabyte} USD a terabyte, 10 MB at least`,
    );
  if (maxScan !== undefined) await line('max scan', maxScan);
  await line('sql', sql);
  if (parameters.length > 0) await line('parameters', parameters.map((value) => toJson(value)).join(', '));
}

/** One line about a query that was run: what it read beside what was estimated. */
export function scanLine(opened: OpenedLake, query: FinishedQuery): string {
  const { scannedBytes, estimatedBytes, estimatedMostBytes, milliseconds, queryId, reused } = query;
  const price = priceOf(opened, scannedBytes);
  return [
    reused ? 'the answer of the same query before' : `scanned ${byteText(scannedBytes)}`,
    ...(estimatedBytes === undefined || estimatedMostBytes === undefined
      ? []
      : [`estimated ${rangeText(byteText(estimatedBytes), byteText(estimatedMostBytes))}`]),
    ...(price === undefined ? [] : [reused ? 'no charge' : priceText(price)]),
    durationText(milliseconds / 1000),
    `query ${queryId}`,
  ].join(', ');
}

function priceOf({ engine, config }: OpenedLake, bytes: number): number | undefined {
  return engine.chargesScan ? scanPrice(bytes, config.pricePerTerabyte) : undefined;
}

const rangeText = (from: string, to: string): string => (from === to ? from : `${from} to ${to}`);

const priceText = (price: number): string => `${price.toPrecision(2)} USD`;

function readingText({ table, columns, days, partitions, files, bytes }: TableEstimate): string {
  const range = days ? `, ${days[0]} to ${days[1]}` : '';
  return `${table}: ${byteText(bytes)} in ${files} files of ${partitions} partitions${range}; ${columns.join(', ')}`;
}
