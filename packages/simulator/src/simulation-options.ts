import { resolve } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import { caseKinds } from './case-kinds.ts';
import { compressionOf } from './output/output.ts';
import { type AttackLevel, attackLevels } from './script/level.ts';
import { type CaseKindName, caseKindNames } from './script/level-table.ts';
import type { AttackPlanInput } from './script-plan.ts';
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

/** Attackers and look-alikes of a run. */
export interface AttackOptions {
  /** How near the attackers are to shoppers. */
  readonly level: AttackLevel;
  /**
   * `tune` for the runs that thresholds are chosen on, `report` for those that results are measured on. The same seed gives
   * unrelated runs for the two, and no seed of one gives a run of the other. Defaults to `tune`.
   */
  readonly purpose?: 'tune' | 'report';
  /** The kinds that occur. Default to all. */
  readonly kinds?: readonly CaseKindName[];
  /** Attackers as a share of all actors, 0 to 0.2, without the members of floods. Defaults to 0.01. */
  readonly share?: number;
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

const invalid = (option: string, value: unknown, expected: string): HeadwaterError =>
  new HeadwaterError('SIMULATION_INVALID', { option, value: String(value), expected });

const assertWhole = (option: string, value: number, least: number, most: number): void => {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw invalid(option, value, `a whole number from ${least} to ${most}`);
};

const assertShare = (option: string, value: number, most: number): void => {
  if (!(value >= 0 && value <= most)) throw invalid(option, value, `a share from 0 to ${most}`);
};

/** 31 December 9999, in days since 1970. Later years have more digits than a row has room for. */
const lastDay = 2_932_896;

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** What the seeds of runs with attacks are for. */
export const attackPurposes = ['tune', 'report'] as const;

/** The most rows of a run with attacks. Their rows, about a third, are planned in memory: 20 bytes each. */
const mostWithAttacks = 20_000_000;

/** Even seeds are for tuning and odd ones for reporting, so that the two have no run in common. */
const seedFor = (seed: number, purpose: (typeof attackPurposes)[number]): number =>
  seed * 2 + attackPurposes.indexOf(purpose);

const assertOneOf = (option: string, value: string, allowed: readonly string[]): void => {
  if (!allowed.includes(value)) throw invalid(option, value, allowed.join(', '));
};

/** Checks the attackers that are asked for, and adds what defaults. */
function attacksOf(options: SimulationOptions): (AttackPlanInput & { readonly seed: number }) | undefined {
  if (options.attacks === undefined) return undefined;
  const asked = typeof options.attacks === 'string' ? { level: options.attacks } : options.attacks;
  const { level, purpose = 'tune', kinds = caseKindNames, share = 0.01 } = asked;
  assertOneOf('attacks', level, attackLevels);
  assertOneOf('attacks.purpose', purpose, attackPurposes);
  for (const kind of kinds) assertOneOf('attacks.kinds', kind, caseKindNames);
  assertShare('attacks.share', share, 0.2);
  // Half of the safe integers: the other half is for the other purpose.
  const most = Math.floor(Number.MAX_SAFE_INTEGER / 2) - 1;
  assertWhole('seed', options.seed, -most, most);
  if (options.events > mostWithAttacks)
    throw invalid(
      'events',
      options.events,
      `at most ${mostWithAttacks} with attacks, which are planned in memory`,
    );
  for (const { kind, leastDays } of caseKinds)
    if (kinds.includes(kind) && options.days < leastDays)
      throw invalid('days', options.days, `at least ${leastDays} with attacks of the kind ${kind}`);
  if (options.bots) throw invalid('bots', options.bots, 'none with attacks, whose labels do not name bots');
  return { level, kinds, share, seed: seedFor(options.seed, purpose) };
}

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
