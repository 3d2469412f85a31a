import { HeadwaterError } from '@headwater/core';
import { type FileSchema, inputKey, readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { assertDelimiter } from '../input/csv-layout.ts';
import { type FoundInputs, findInputs } from '../input/find-inputs.ts';
import { type WriteRun, withWriteRun } from '../lake/write-run.ts';
import { telemetry } from '../telemetry/telemetry.ts';
import { accountInputs, assertStaged, inputReports } from './account-rows.ts';
import { assertQuarantine, assertShare, defaultMaxQuarantine } from './assert-quarantine.ts';
import { knownObjects, skippedObject } from './known-objects.ts';
import { assertSince, listingBounds } from './listing-bounds.ts';
import { recordedListings } from './listing-options.ts';
import type { LookupFile, StagedInput } from './load-engine.ts';
import type { LoadOptions, LoadReport } from './load-report.ts';
import { findLookups } from './lookup-files.ts';
import { loadEngine } from './open-load-engine.ts';
import { planPartitions } from './plan-partitions.ts';
import { createProgressReporter } from './progress-reporter.ts';
import { readAs } from './read-as.ts';
import { unknownInputs } from './unknown-inputs.ts';
import { writeAndCommit } from './write-and-commit.ts';

/**
 * Loads raw event files into a lake: cleaned, de-duplicated, partitioned by day, sorted, accounted for, committed.
 * An input whose content was loaded before is skipped. Run it twice, or kill it and run it again: the same lake.
 *
 * @example
 * ```ts
 * const report = await loadEvents({ table: clickstream, lake: './lake', inputs: ['raw/*.csv.gz'] });
 * // report.rowsIn === report.rowsOut + report.duplicates + report.quarantined + report.filtered
 * ```
 * @throws HeadwaterError `INPUT_*` before anything is written; `QUARANTINE_EXCEEDED`, `ACCOUNTING_MISMATCH`, `LAKE_*`
 */
export async function loadEvents(options: LoadOptions): Promise<LoadReport> {
  assertShare('maxQuarantine', options.maxQuarantine);
  assertDelimiter(options.delimiter);
  assertSince(options);
  const { format, aws, table, lake } = options;
  const file = readAs(table.schema, options);
  // Only a place that is not listed as a whole depends on what the lake holds.
  const state =
    options.since === undefined
      ? undefined
      : await readLakeState(openLakeStore(lake, { aws }), table.schema.name);
  const boundOf = state && listingBounds(options, state);
  const inputs = await findInputs(options.inputs, { format, lake, aws, boundOf });
  return loadFound(options, file, { ...recordsOf(inputs, options), listedAt: state?.sequence });
}

/**
 * Loads files that were found, as a file schema has them.
 *
 * @param file the table as the files have it
 * @throws HeadwaterError as {@link loadEvents}
 */
export async function loadFound(
  options: LoadOptions,
  file: FileSchema,
  found: FoundInputs & { readonly listedAt: number | undefined },
): Promise<LoadReport> {
  const lookups = await findLookups(options.table.schema, options.lookups, options.aws);
  const isRepeatable = found.files.every(({ isStream }) => !isStream);
  const operation = { during: 'the load', isRepeatable, isDryRun: options.dryRun ?? false };
  return withWriteRun(options, operation, (run) => load(options, run, file, found, lookups));
}

/** Marks the files whose lines are records of a stream. */
function recordsOf(inputs: FoundInputs, { areRecords, format }: LoadOptions): FoundInputs {
  if (!areRecords) return inputs;
  if (format !== 'jsonl')
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'areRecords',
      value: 'true',
      expected: "format: 'jsonl' beside it",
    });
  return { ...inputs, files: inputs.files.map((file) => ({ ...file, isRecords: true })) };
}

async function load(
  options: LoadOptions,
  run: WriteRun,
  file: FileSchema,
  { files, leftOut, listings, listedAt }: FoundInputs & { readonly listedAt: number | undefined },
  lookups: readonly LookupFile[],
): Promise<LoadReport> {
  const { stdin, delimiter, header, dryRun = false, maxQuarantine = defaultMaxQuarantine } = options;
  const knownAs = knownObjects(run.state, file.source);
  const unknown = files.filter((one) => !knownAs(one));
  const progress = await createProgressReporter(run.options, unknown);
  await using engine = await loadEngine(options.engine).load(run, maxQuarantine);
  if (lookups.length > 0) await engine.loadLookups(lookups);
  const known = new Set(
    [...run.state.inputs.values()].flatMap(({ hash, sourceName }) =>
      sourceName === file.source ? hash : [],
    ),
  );
  const reading = {
    ...{ file, stdin, delimiter, header, known, progress },
    onStaged(input: StagedInput, share: number) {
      assertStaged(input);
      progress.addRows(input.rows);
      progress.report('read', 0.1 + 0.4 * share, input.source);
    },
  } as const;
  const read = await telemetry.inSpan(
    'headwater.stage',
    { attributes: { 'headwater.inputs': unknown.length, 'headwater.engine': options.engine ?? 'duckdb' } },
    () => engine.stageInputs(unknown, reading),
  );
  const staged = read.values();
  const inputs = files.flatMap((one) => {
    const before = knownAs(one);
    return before ? skippedObject(one, before) : (staged.next().value ?? []);
  });
  const fresh = read.filter(({ skipped }) => !skipped);
  const rowsIn = fresh.reduce((sum, { rows }) => sum + rows, 0);
  const quarantined = fresh.reduce((sum, { rejected }) => sum + rejected, 0);
  const filtered = fresh.reduce((sum, input) => sum + input.filtered, 0);
  const quarantine = await engine.writeQuarantine();
  await assertQuarantine(engine, maxQuarantine, { rowsIn, quarantined }, quarantine.reasons, file);

  const nulled = await engine.nulledValues();
  const written = await writeAndCommit(run, engine, {
    operation: 'load',
    works: await telemetry.inSpan('headwater.plan', {}, () => planPartitions(run.state, engine)),
    quarantine,
    nulled,
    quarantineRemoved: [],
    aws: options.aws,
    lookups: engine.lookups(),
    listings: recordedListings(listings, options, run.state.sequence === listedAt),
    isCommitted: !dryRun && fresh.length > 0,
    count(duplicatesByInput) {
      const counted = accountInputs(fresh, duplicatesByInput, file.source, engine.lookups());
      const rowsOut = counted.reduce((sum, input) => sum + input.rowsOut, 0);
      const duplicates = counted.reduce((sum, input) => sum + input.duplicates, 0);
      return { inputs: counted, rowsIn, rowsOut, duplicates, quarantined, filtered };
    },
    onWritten: (share) => progress.report('write', 0.5 + 0.48 * share),
    onCommit: () => progress.report('commit', 0.99),
  });
  progress.report('commit', 1);
  const hashes = new Map(engine.lookups().map(({ name, hash }) => [name, hash]));
  const otherLookups = (hash: string): string[] => {
    const before = run.state.inputs.get(inputKey({ hash, sourceName: file.source }))?.lookups ?? {};
    return Object.keys(before).filter((name) => hashes.has(name) && hashes.get(name) !== before[name]);
  };
  const { inputs: counted, ...counts } = written;
  const recordsIn = fresh.reduce((sum, { records = 0 }) => sum + records, 0);
  return {
    runId: run.id,
    table: run.schema.name,
    lake: options.lake,
    source: file.source ?? null,
    dryRun,
    ...(run.schema.explode ? { recordsIn } : {}),
    ...counts,
    reasons: quarantine.reasons,
    nulled,
    unknownInputs: unknownInputs(run.schema, run.state),
    removedLeftovers: run.removedLeftovers,
    traffic: run.traffic(),
    seconds: (Date.now() - run.startedAt.getTime()) / 1000,
    inputs: inputReports(inputs, counted, otherLookups),
    lookups: engine.lookups(),
    leftOut,
    listings: listings.map(({ location, from, omitted }) => ({ location, from, omitted })),
  };
}
