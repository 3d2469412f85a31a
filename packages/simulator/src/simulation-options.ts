import { resolve } from 'node:path';
import { type AttackOptions, attacksOf } from './attack-options.ts';
import { assertShare, assertWhole, invalid } from './option-checks.ts';
import { compressionOf } from './output/output.ts';
import type { AttackLevel } from './script/level.ts';
import type { PlanInput } from './simulation-plan.ts';
import type { TextDialect } from './text/text-format.ts';

/** Options that determine the rows of a run. The same options give the same rows on any machine. */
export interface SimulationOptions {
  /** Exact number of rows, 1 to 10^10, including duplicates, rows of bots and dirty rows. */
  readonly events: number;
  /** Number of days, 1 to 3,660. */
  readonly days: number;
  /** First day, `YYYY-MM-DD` (UTC). */
  readonly start: string;
  /** A safe integer. */
  readonly seed: number;
  /** Share of the rows of bots, 0 to 0.9. `true` means 0.05. */
  readonly bots?: number | boolean;
  /** Sale days, `YYYY-MM-DD`. Default to recurring ones such as 17 November; to none with `attacks`. */
  readonly saleDays?: readonly string[];
  /** Attackers and look-alikes at a level of difficulty. A level stands for `{ level }`. Not together with `bots`. */
  readonly attacks?: AttackLevel | AttackOptions;
}

/** The formats of a file: text with one row per line, or Parquet. */
export const simulationFormats = ['csv', 'jsonl', 'parquet'] as const;

/** One of {@link simulationFormats}. */
export type SimulationFormat = (typeof simulationFormats)[number];

const extensions: Readonly<Record<string, SimulationFormat>> = {
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
};

/** 31 December 9999, in days since 1970. Later years have more digits than a row has room for. */
const lastDay = 2_932_896;

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/**
 * Checks the options and returns the input of the plan.
 *
 * @throws HeadwaterError SIMULATION_INVALID, naming the option
 */
export function planInputOf(options: SimulationOptions): PlanInput {
  assertWhole('events', options.events, 1, 10 ** 10);
  assertWhole('days', options.days, 1, 3_660);
  assertWhole('seed', options.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (!isDay(options.start)) throw invalid('start', options.start, 'a day as YYYY-MM-DD');
  const startSecond = Date.parse(`${options.start}T00:00:00Z`) / 1000;
  const daysLeft = lastDay - startSecond / 86_400 + 1;
  if (options.days > daysLeft)
    throw invalid('days', options.days, `at most ${daysLeft} from ${options.start} on`);
  for (const day of options.saleDays ?? [])
    if (!isDay(day)) throw invalid('saleDays', day, 'days as YYYY-MM-DD');
  const botShare = options.bots === true ? 0.05 : Number(options.bots ?? 0);
  assertShare('bots', botShare, 0.9);
  const attacks = attacksOf(options);
  return {
    seed: attacks?.seed ?? options.seed,
    events: options.events,
    days: options.days,
    startSecond,
    // Sales would be spikes without a label. A run with attacks has flash sales, which have one.
    saleDays: options.saleDays ?? (attacks ? [] : undefined),
    botShare,
    attacks,
  };
}

/**
 * The format of an output. Defaults to that of its extension; standard output defaults to CSV.
 *
 * @throws HeadwaterError SIMULATION_INVALID for an unknown extension, or Parquet with compression
 */
export function formatOf(out: string, asked: SimulationFormat | undefined): SimulationFormat {
  const compression = compressionOf(out);
  const name = out.slice(0, out.length - compression.length);
  const extension = Object.keys(extensions).find((one) => name.endsWith(one));
  const format = asked ?? (extension ? extensions[extension] : out === '-' ? 'csv' : undefined);
  if (!format)
    throw invalid('out', out, `a name ending in ${Object.keys(extensions).join(', ')}, or a format`);
  if (format === 'parquet' && compression)
    throw invalid('out', out, 'no compression: Parquet is already compressed');
  return format;
}

/**
 * Checks the options of text formats.
 *
 * @throws HeadwaterError SIMULATION_INVALID when a share or name is wrong, or an option of text is used with Parquet
 */
export function assertWritable(
  format: SimulationFormat,
  dirty: number,
  dialect: TextDialect | undefined,
): void {
  assertShare('dirty', dirty, 1);
  if (!simulationFormats.includes(format)) throw invalid('format', format, simulationFormats.join(', '));
  if (format === 'parquet' && dirty > 0)
    throw invalid('dirty', dirty, '0 for Parquet, whose typed columns cannot hold damaged text');
  if (format === 'parquet' && dialect) throw invalid('dialect', JSON.stringify(dialect), 'none for Parquet');
  const { lineEnd = 'lf' } = dialect ?? {};
  if (lineEnd !== 'lf' && lineEnd !== 'crlf') throw invalid('dialect.lineEnd', lineEnd, 'lf or crlf');
}

/** @throws HeadwaterError SIMULATION_INVALID when labels and rows have the same file */
export function assertLabelsApart(out: string, labelsOut: string | undefined): void {
  if (labelsOut !== undefined && resolve(labelsOut) === resolve(out))
    throw invalid('labelsOut', labelsOut, 'another file than that of the rows');
}
