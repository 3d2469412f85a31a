import type { AwsTarget, EventsTable } from '@headwater/core';
import {
  type LakeState,
  type Manifest,
  manifestPath,
  manifestSchema,
  readLakeState,
  unprojectedDays,
} from '@headwater/core/internal';

import type { FoundInputs } from '../input/find-inputs.ts';
import type { InputFile } from '../input/input-file.ts';
import { knownObjects } from '../load/known-objects.ts';
import type { InputReport, LoadReport } from '../load/load-report.ts';
import type { PlannedLookup } from '../load/spark/spark-plan.ts';
import { sparsePartitions } from '../load/sparse-partitions.ts';
import { unknownInputs } from '../load/unknown-inputs.ts';
import type { JobContext } from './job-context.ts';
import type { JobResult } from './job-result.ts';

/**
 * The report of a load that a job made, as a load on this machine gives it. The counts are those of the commit's manifest; of a run that
 * committed nothing there are none.
 *
 * @param result what the script reported
 * @param started what it was started with: its inputs, the source that they are read as, the lookups
 */
export async function loadReportOf(
  { lake, store }: JobContext,
  { table: { schema }, target }: { readonly table: EventsTable; readonly target: AwsTarget },
  { runId = '', sequence, emptyInputs = [], removedLeftovers = [] }: JobResult,
  { files, leftOut, listings, source, lookups }: StartedLoad,
): Promise<LoadReport> {
  const commit =
    sequence === undefined
      ? undefined
      : manifestSchema.parse(JSON.parse(await store.readText(manifestPath(schema.name, sequence))));
  const state = await readLakeState(store, schema.name);
  const otherLookups = otherLookupsOf(state, source, lookups);
  const inputs = files.map((file) => inputReport(file, commit, otherLookups, emptyInputs));
  const added = commit?.added ?? [];
  return {
    runId,
    table: schema.name,
    lake,
    source: source ?? null,
    dryRun: false,
    ...(schema.explode ? { recordsIn: inputs.reduce((sum, { recordsIn = 0 }) => sum + recordsIn, 0) } : {}),
    rowsIn: commit?.rowsIn ?? 0,
    rowsOut: commit?.rowsOut ?? 0,
    duplicates: commit?.duplicates ?? 0,
    quarantined: commit?.quarantined ?? 0,
    filtered: commit?.filtered ?? 0,
    reasons: commit?.reasons ?? {},
    nulled: Object.entries(commit?.nulled ?? {}).map(([name, rows]) => nulledValues(name, rows, inputs)),
    partitions: new Set(added.map(({ path }) => path.slice(0, path.lastIndexOf('/')))).size,
    days: new Set(added.map(({ day }) => day)).size,
    files: added.length,
    bytes: added.reduce((sum, { bytes }) => sum + bytes, 0),
    sparsePartitions: commit ? sparsePartitions(schema, state.files) : null,
    unprojected: commit ? unprojectedDays(state.files, target) : null,
    unknownInputs: unknownInputs(schema, state),
    removedLeftovers,
    traffic: null,
    seconds: commit?.seconds ?? 0,
    inputs,
    lookups: commit?.lookups ?? [],
    leftOut,
    listings: listings.map(({ location, from, omitted }) => ({ location, from, omitted })),
  };
}

/** What a run was started with. */
interface StartedLoad extends FoundInputs {
  readonly source: string | undefined;
  readonly lookups: readonly PlannedLookup[];
}

/** The lookups that had another file when an object was loaded. A content that was loaded under another key is not recognized. */
function otherLookupsOf(
  state: LakeState,
  sourceName: string | undefined,
  lookups: readonly PlannedLookup[],
): (file: InputFile) => readonly string[] {
  const knownAs = knownObjects(state, sourceName);
  return (file) => {
    const before = knownAs(file)?.lookups ?? {};
    return lookups.filter(({ name, hash }) => (before[name] ?? hash) !== hash).map(({ name }) => name);
  };
}

/** An input that the commit does not name was loaded before, unless it is empty. */
function inputReport(
  file: InputFile,
  commit: Manifest | undefined,
  otherLookups: (file: InputFile) => readonly string[],
  emptyInputs: readonly string[],
): InputReport {
  const { source, object: { bytes } = { bytes: 0 } } = file;
  const isEmpty = bytes === 0 || emptyInputs.includes(source);
  const counts = commit?.inputs.find((one) => one.source === source);
  const { rowsIn = 0, rowsOut = 0, duplicates = 0, quarantined = 0, filtered = 0, recordsIn } = counts ?? {};
  return {
    source,
    bytes,
    ...(recordsIn === undefined ? {} : { recordsIn }),
    ...{ rowsIn, rowsOut, duplicates, quarantined, filtered },
    skipped: counts === undefined && !isEmpty,
    otherLookups: counts === undefined ? otherLookups(file) : [],
    isEmpty,
    // The script does not compare the columns of files with those of the table beyond the required ones.
    ...{ unread: [], repeated: [], absent: [] },
  };
}

/** A manifest counts the values; where the first of them was, it does not say. */
function nulledValues(
  name: string,
  rows: number,
  inputs: readonly InputReport[],
): LoadReport['nulled'][number] {
  const at = name.lastIndexOf(':');
  const [only, ...others] = inputs.filter(({ skipped }) => !skipped);
  const source = only && others.length === 0 ? only.source : `${others.length + 1} inputs`;
  return {
    column: name.slice(0, at),
    code: name.slice(at + 1) as LoadReport['nulled'][number]['code'],
    rows,
    source,
    line: null,
  };
}
