import { type EventsTable, HeadwaterError } from '@headwater/core';
import { emptyLakeState, foldManifests, type Manifest, readLakeHistory } from '@headwater/core/internal';
import { type LakeTarget, openLakeStore } from '@headwater/storage';

/** A summary of one commit. */
export interface RunStatus {
  readonly sequence: number;
  readonly runId: string;
  readonly operation: Manifest['operation'];
  readonly startedAt: string;
  readonly seconds: number;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly duplicates: number;
  readonly quarantined: number;
  /** Rows that the conditions of a source left out. */
  readonly filtered: number;
  /** Bad values that became null, by `column:code`. */
  readonly nulled: Readonly<Record<string, number>>;
  /** Rows that a discard, an expiry or an erasure removed from the quarantine. */
  readonly discarded: number;
  /** Rows that an expiry or an erasure removed from the lake. */
  readonly erased: number;
  /** Fingerprint of the definition that the commit was made under. */
  readonly fingerprint: string;
}

/** The contents of a table of a lake. */
export interface LakeStatus {
  readonly table: string;
  readonly lake: string;
  readonly runs: readonly RunStatus[];
  readonly rows: number;
  readonly quarantined: number;
  readonly files: number;
  readonly bytes: number;
  /** Days with rows, first and last. */
  readonly days: { readonly count: number; readonly first: string; readonly last: string } | null;
  readonly inputs: number;
  /** Fingerprints of the definitions that commits were made under, in order. */
  readonly fingerprints: readonly string[];
}

/** The table to summarize. */
export interface LakeStatusOptions {
  readonly table: EventsTable;
  /** The lake's folder, or `s3://bucket/prefix`. */
  readonly lake: string;
  /** Where the lake's tables are on AWS: its region. */
  readonly aws?: LakeTarget | undefined;
}

/**
 * Summarizes a table of a lake and its commits, from the manifests alone.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND` when the lake holds no commit of the table
 */
export async function lakeStatus({ table, lake, aws }: LakeStatusOptions): Promise<LakeStatus> {
  const name = table.schema.name;
  const history = await readLakeHistory(openLakeStore(lake, { aws }), name);
  const state = foldManifests(emptyLakeState(name), history);
  if (state.sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table: name });
  const days = [...new Set(state.files.map((file) => file.day))].sort();
  return {
    table: name,
    lake,
    runs: history.map((manifest) => ({
      sequence: manifest.sequence,
      runId: manifest.runId,
      operation: manifest.operation,
      startedAt: manifest.startedAt,
      seconds: manifest.seconds,
      rowsIn: manifest.rowsIn,
      rowsOut: manifest.rowsOut,
      duplicates: manifest.duplicates,
      quarantined: manifest.quarantined,
      filtered: manifest.filtered ?? 0,
      nulled: manifest.nulled ?? {},
      discarded: manifest.discarded ?? 0,
      erased: manifest.erased ?? 0,
      fingerprint: manifest.schema.fingerprint,
    })),
    rows: sum(state.files, 'rows'),
    quarantined: sum(state.quarantineFiles, 'rows'),
    files: state.files.length,
    bytes: sum(state.files, 'bytes'),
    days: days.length > 0 ? { count: days.length, first: days[0] ?? '', last: days.at(-1) ?? '' } : null,
    inputs: state.inputs.size,
    fingerprints: [...new Set(history.map((manifest) => manifest.schema.fingerprint))],
  };
}

const sum = <Key extends string>(items: readonly { readonly [K in Key]: number }[], key: Key): number =>
  items.reduce((total, item) => total + item[key], 0);
