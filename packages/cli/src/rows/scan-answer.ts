import {
  defaultPricePerTerabyte,
  estimateScan,
  type FinishedQuery,
  type MetricQuery,
  type RollupUse,
  type ScanEstimate,
  scanPrice,
  type TableEstimate,
} from '@headwater/queries';
import type { Answer } from '../answer/answer.ts';
import type { OpenedLake } from '../config/open-lake.ts';
import type { Console } from '../output/console.ts';
import { byteText, counted, durationText, grouped, priceText } from '../output/figures.ts';
import { toJson } from '../output/to-json.ts';
import { estimateListing, type ListingEstimate } from './listing-estimate.ts';

type Asked =
  | (Pick<MetricQuery<unknown>, 'sql' | 'parameters' | 'query'> &
      Partial<Pick<MetricQuery<unknown>, 'rollup' | 'statement'>>)
  | string;

/** What a query would read and cost, with its text. */
export interface ScanAnswer extends Answer {
  readonly data: {
    readonly engine: string;
    readonly sql: string;
    readonly parameters: readonly unknown[];
    /** Omitted for an engine that writes queries and runs none. */
    readonly estimate?: ScanEstimate;
    /** In US dollars, where the engine asks for money. */
    readonly price?: number;
    readonly mostPrice?: number;
    /** What the engine lists on S3. Omitted for an engine that reads manifests. */
    readonly listing?: ListingEstimate;
    readonly maxScan: string | undefined;
    /** The rollup that answers a metric, or why none does. Omitted for an engine that reads none, and for SQL. */
    readonly rollup?: RollupUse;
  };
  readonly pricePerTerabyte: number;
}

/** Estimates a query without running it. */
export async function scanAnswer(opened: OpenedLake, asked: Asked): Promise<ScanAnswer> {
  const { config, engine, maxScan } = opened;
  const { sql, parameters } = typeof asked === 'string' ? { sql: asked, parameters: [] } : asked;
  const pricePerTerabyte = config.pricePerTerabyte ?? defaultPricePerTerabyte;
  if (!engine.runsQueries)
    return { data: { engine: engine.name, sql, parameters, maxScan }, pricePerTerabyte };
  const estimate = await estimateScan(opened.lake, asked);
  const listing = estimateListing(opened, estimate);
  const price = priceOf(opened, estimate.bytes);
  const mostPrice = priceOf(opened, estimate.mostBytes);
  const rollup = typeof asked === 'string' || engine.reads === 'tables' ? undefined : await asked.rollup?.();
  const prices = price === undefined || mostPrice === undefined ? {} : { price, mostPrice };
  return {
    data: {
      engine: engine.name,
      sql,
      parameters,
      estimate,
      ...prices,
      ...(listing ? { listing } : {}),
      ...(rollup ? { rollup } : {}),
      maxScan,
    },
    pricePerTerabyte,
  };
}

/** Prints an estimate for people. */
export async function printScan(
  { data, pricePerTerabyte }: ScanAnswer,
  { print, style }: Console,
): Promise<void> {
  const { engine, estimate, price, mostPrice, listing, maxScan } = data;
  // What runs: the statement over a rollup, where one answers.
  const { sql, parameters } = data.rollup?.isUsed ? data.rollup : data;
  const line = (label: string, value: string): Promise<void> =>
    print(`${style('dim', label.padEnd(10))} ${value}`);
  await line('engine', engine);
  for (const table of estimate?.tables ?? []) await line('reads', readingText(table));
  if (estimate) await line('estimate', rangeText(byteText(estimate.bytes), byteText(estimate.mostBytes)));
  if (price !== undefined && mostPrice !== undefined)
    await line(
      'price',
      `${rangeText(priceText(price), priceText(mostPrice))} at ${pricePerTerabyte} USD a terabyte, 10 MB at least`,
    );
  if (listing) for (const text of listingLines(listing)) await line('lists', text);
  if (maxScan !== undefined) await line('max scan', maxScan);
  for (const text of rollupLines(data.rollup)) await line('rollup', text);
  await line('sql', sql);
  if (parameters.length > 0) await line('parameters', parameters.map((value) => toJson(value)).join(', '));
}

/** One line about a finished query: what it read beside the estimate. */
export function scanLine(opened: OpenedLake, query: FinishedQuery): string {
  const { scannedBytes, estimatedBytes, estimatedMostBytes, milliseconds, queryId, reused } = query;
  const price = priceOf(opened, scannedBytes);
  return [
    reused ? 'reused the result of an earlier query' : `scanned ${byteText(scannedBytes)}`,
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

/** Lines about listing. Where most partitions are empty, registered ones cost less. */
function listingLines({ tables, partitions, price }: ListingEstimate): string[] {
  const sparse = tables.filter((one) => one.partitions > 1000 && one.filled * 2 < one.partitions);
  return [
    `${counted(partitions, 'partition')}, ${priceText(price)} that S3 charges for LIST requests`,
    ...sparse.map(
      ({ table, partitions: all, filled }) =>
        `${table}: ${grouped(all - filled)} of them are empty. Narrow the days, set firstDay and lastDay closer to the data, or register ` +
        'partitions with `headwater lake register-partitions` and read the table without projection',
    ),
  ];
}

const rangeText = (from: string, to: string): string => (from === to ? from : `${from} to ${to}`);

function readingText({ table, columns, days, partitions, files, bytes }: TableEstimate): string {
  const range = days ? `, ${days[0]} to ${days[1]}` : '';
  // An engine that reads tables of its own reads no files of the lake.
  const place = files === 0 && partitions > 0 ? '' : `${counted(files, 'file')} of `;
  return `${table}: ${byteText(bytes)} in ${place}${counted(partitions, 'partition')}${range}; ${columns.join(', ')}`;
}

/** Which rollup answers, or why none does. */
function rollupLines(use: RollupUse | undefined): string[] {
  if (!use) return [];
  if (!use.isUsed) return use.reasons.map((reason) => `none: ${reason}`);
  const { name, how, storedDays, freshDays, counted: distinct = [] } = use;
  const rest = freshDays === 0 ? '' : `, and ${counted(freshDays, 'day')} from the events`;
  return [
    `${name}: ${how === 'summed' ? 'sums of ' : ''}${counted(storedDays, 'day')}${rest}`,
    ...(distinct.length === 0 ? [] : [`${distinct.join(', ')}: counted from the distinct keys of the days`]),
    ...approximateLines(use),
  ];
}

/** Which measures of an answer are estimates, and how good they are. */
export function approximateLines(use: RollupUse): string[] {
  if (!use.isUsed || !use.approximate) return [];
  const { measures, standardError } = use.approximate;
  return [
    `${measures.join(', ')}: estimated, with a standard error of ${(standardError * 100).toFixed(1)} %`,
  ];
}
