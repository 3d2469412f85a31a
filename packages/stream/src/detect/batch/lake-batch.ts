import type { TableSchema } from '@headwater/core';
import { quoteName, quoteText } from '@headwater/core/internal';
import type { Breach, Finding } from '../../alerts/finding.ts';
import { createOpenSubjects } from '../../alerts/open-subjects.ts';
import type { EventRow } from '../../record/event-identity.ts';
import { type ChangedParameters, mergeParameters } from '../detector-parameters.ts';
import { actorFeaturesOf, actorFeaturesSql } from './actor-features.ts';
import { type BatchWindow, windowCondition } from './batch-events-sql.ts';
import { type BatchKind, type BatchParameters, defaultBatchParameters } from './batch-parameters.ts';
import { createFoundActors } from './found-actors.ts';
import { judgeActor } from './judge-actor.ts';
import { ringsOf, sharedRunsOf, sharedRunsSql } from './shared-runs.ts';

type Row = Readonly<Record<string, unknown>>;

/** A run of the batch: what it reads, and when. Times are in milliseconds since 1970. */
export interface BatchRun {
  /** Rings are looked for once a day: their actors act on several days. */
  readonly every: 'hour' | 'day';
  readonly window: BatchWindow;
  /** Only actors with a row since then are judged. */
  readonly since: number;
  /** When its rows are in the lake: the time of what it finds. */
  readonly time: number;
}

/** Somebody that a run has found. */
export interface BatchSuspect {
  readonly kind: BatchKind;
  readonly subjectType: 'actor' | 'campaign';
  readonly subject: string;
  readonly actors: readonly string[];
  readonly seen: number;
  readonly expected: number;
}

/** How a batch works. */
export interface LakeBatchOptions {
  /** Actors that are not judged. */
  readonly allow?: readonly string[] | undefined;
  /** Kinds that are not reported. */
  readonly off?: readonly string[] | undefined;
  readonly parameters?: ChangedParameters<BatchParameters> | undefined;
}

/**
 * The hourly and the daily batch over a lake: it says what is to be asked of the lake and when, and judges the answers. It has no clock and
 * does no I/O. Whatever runs its statements needs DuckDB's SQL.
 */
export interface LakeBatch {
  /** When the next run is due, in milliseconds of event time. */
  readonly next: number;
  /** From the end of an hour until its run, in milliseconds. */
  readonly delay: number;
  /**
   * Takes the runs out that are due at `time`. Hours and days without rows have none.
   *
   * @param lastRow the time of the last row before `time`
   */
  takeDue(time: number, lastRow: number): readonly BatchRun[];
  /** Takes into account what the stream has found: its actors are not found again. */
  note(finding: Finding): void;
  /** The statements of a run: the features of actors, and for a daily one the pairs of actors with equal runs. */
  statementsOf(run: BatchRun): { readonly actors: string; readonly pairs: string | undefined };
  /** Judges the answers. */
  judge(
    run: BatchRun,
    answers: { readonly actors: readonly Row[]; readonly pairs: readonly Row[] },
  ): readonly BatchSuspect[];
  /** The statement that reads the last rows of suspects, with the columns of the table. */
  evidenceOf(run: BatchRun, suspects: readonly BatchSuspect[]): string;
  /** What a run has found, with its evidence. */
  findingsOf(run: BatchRun, suspects: readonly BatchSuspect[], rows: readonly EventRow[]): readonly Breach[];
  /** What has been quiet for {@link batchQuiet} at `time`. */
  takeQuiet(time: number): readonly Finding[];
}

/** An incident of the batch ends when no run has found it for so long, in seconds. */
export const batchQuiet = 48 * 3600;

const hour = 3_600_000;
const day = 24 * hour;
/** Suspects of a run at most, the worst first. */
const mostSuspects = 1000;
const mostRows = 5;

/**
 * Creates the batch of a table; undefined where the table has no actors, or all of its kinds are off.
 *
 * @param begin the time of the first row that is read, in milliseconds since 1970
 */
export function createLakeBatch(
  schema: TableSchema,
  begin: number,
  { allow = [], off = [], parameters: given }: LakeBatchOptions = {},
): LakeBatch | undefined {
  const { actor } = schema.roles;
  const parameters = mergeParameters(defaultBatchParameters, given);
  const { runs, 'lockstep-ring': ring } = parameters;
  const kinds = Object.keys(parameters).filter((name) => name !== 'runs' && !off.includes(name));
  if (actor === undefined || kinds.length === 0) return undefined;
  const allowed = new Set(allow);
  const delay = runs.delay * 1000;
  const found = createFoundActors();
  const open = createOpenSubjects(batchQuiet * 1000, delay);
  const step = runs.every * hour;
  let nextEnd = Math.floor(begin / step) * step + step;

  const runsAt = (end: number, lastRow: number): BatchRun[] => {
    const run = (every: BatchRun['every'], length: number): BatchRun[] => {
      const since = end - (every === 'hour' ? step : day);
      return lastRow < since
        ? []
        : [{ every, window: { start: end - length, end }, since, time: end + delay }];
    };
    return [
      ...run('hour', runs.hours * hour),
      ...(runs.days > 0 && end % day === 0 ? run('day', runs.days * day) : []),
    ];
  };

  const isNew = ({ window }: BatchRun, suspect: BatchSuspect): boolean => {
    if (off.includes(suspect.kind) || suspect.actors.every((one) => allowed.has(one))) return false;
    const others = suspect.actors.filter((one) => found.has(one, window.start, suspect));
    return 2 * others.length < suspect.actors.length;
  };

  return {
    get next() {
      return nextEnd + delay;
    },
    delay,
    takeDue(time, lastRow) {
      const due: BatchRun[] = [];
      for (; nextEnd + delay <= time; nextEnd += step) due.push(...runsAt(nextEnd, lastRow));
      return due;
    },
    note(finding) {
      if (finding.finding === 'breach') found.noteOther(finding, actor);
    },
    statementsOf: ({ every, window, since }) => ({
      actors: actorFeaturesSql(schema, window, since, parameters),
      pairs:
        every === 'hour' || off.includes('lockstep-ring')
          ? undefined
          : sharedRunsSql(schema, window, since, parameters),
    }),
    judge(run, { actors, pairs }) {
      const single = actors.flatMap((row): BatchSuspect[] => {
        const features = actorFeaturesOf(row);
        const verdict = judgeActor(features, parameters, off);
        const { actor: subject } = features;
        return verdict ? [{ ...verdict, subjectType: 'actor', subject, actors: [subject] }] : [];
      });
      const rings = ringsOf(pairs.map(sharedRunsOf), ring.members).map(
        ({ members, runs: seen }): BatchSuspect => ({
          kind: 'lockstep-ring',
          subjectType: 'campaign',
          subject: found.campaignOf('lockstep-ring', members) ?? `lockstep-ring:${members[0]}`,
          actors: members,
          seen,
          expected: ring.runs,
        }),
      );
      return [...rings, ...single]
        .filter((suspect) => isNew(run, suspect))
        .toSorted((one, other) => other.seen / other.expected - one.seen / one.expected)
        .slice(0, mostSuspects);
    },
    evidenceOf({ window }, suspects) {
      const ids = [...new Set(suspects.flatMap(({ actors }) => actors.slice(0, mostRows)))];
      const columns = schema.columns.map(({ name }) => quoteName(name)).join(', ');
      const time = quoteName(schema.partitioning.time);
      return (
        `SELECT ${columns} FROM ${quoteName(schema.name)} WHERE ${windowCondition(schema, window)} ` +
        `AND ${quoteName(actor)}::VARCHAR IN (${ids.map(quoteText).join(', ')}) ` +
        `QUALIFY row_number() OVER (PARTITION BY ${quoteName(actor)} ORDER BY ${time} DESC, ${columns}) <= ${mostRows} ` +
        `ORDER BY ${time}, ${columns}`
      );
    },
    findingsOf(run, suspects, rows) {
      const rowsOf = Map.groupBy(rows, (row) => String(row[actor]));
      return suspects.map((suspect) => {
        const { kind, subjectType, subject, actors, seen, expected } = suspect;
        const own = actors.flatMap((one) => rowsOf.get(one) ?? []);
        const finding: Breach = {
          finding: 'breach',
          ...{ kind, subjectType, subject, seen, expected, actors },
          ...{ start: run.window.start, end: run.window.end, time: run.time },
          score: Math.round((100 * seen) / expected) / 100,
          severity: 'warning',
          eventType: null,
          rows: own.slice(-mostRows),
        };
        open.note(finding);
        found.noteOwn(finding);
        return finding;
      });
    },
    takeQuiet: (time) => open.takeQuiet(time),
  };
}
