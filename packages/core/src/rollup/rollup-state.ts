import { z } from 'zod';
import { rollupName } from '../catalog/layers/rollup-table.ts';
import { isManifestName, manifestFolder, manifestName } from '../lake/manifest.ts';
import { storedPath } from '../lake/stored-path.ts';
import { type RollupGrain, type RollupKind, rollupGrains, rollupKinds } from './rollup-config.ts';

const count = z.int().nonnegative();
/** A state may come from somebody else: each day beside a day is work. */
export const mostMarginDays = 4000;
const margin = count.max(mostMarginDays);
const hash = z.string().regex(/^[0-9a-f]+$/, 'is not a hash');
const columnName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not a name');

/** The stored answer for one day. It is valid while the files that it was computed from are the lake's. */
const rollupEntry = z.strictObject({
  /** A day of the table's zone, `YYYY-MM-DD`. */
  day: z.iso.date(),
  /** What `daySources` gave for the day when the answer was computed. */
  sources: hash,
  rows: count,
  bytes: count,
  /** Omitted for a day whose answer has no rows. */
  path: storedPath.exactOptional(),
});

const rollup = z.strictObject({
  /** The name of its folder. */
  name: z.string(),
  metric: z.string(),
  grain: z.enum(rollupGrains),
  by: z.string(),
  /** What its rows are. Omitted for the metric's own answers. */
  kind: z.enum(rollupKinds).exactOptional(),
  /** The measure whose keys, or whose sketch, it has. */
  measure: z.string().exactOptional(),
  /** Differs when the metric, its parameters, the zone or the definition of the table do. */
  metricVersion: hash,
  /** UTC days before and after a day whose files its answer depends on as well. */
  before: margin,
  after: margin,
  /** The columns of the stored rows, with the types that DuckDB gives them in the answer. Files may have others, which are cast. */
  columns: z.array(
    z.strictObject({
      name: columnName,
      type: z.string().regex(/^[A-Z][A-Z0-9_ ]*(\(\d+, ?\d+\))?$/, 'is not a type'),
    }),
  ),
  /** The Glue database that has its table with these columns, for engines that read folders. Omitted where none was registered. */
  database: z.string().exactOptional(),
  /** What was compared when it was decided whether to keep it. */
  measured: z.strictObject({ days: count, groups: count, rows: count }),
  /** False where it has too many groups to be worth reading; it has no entries then. */
  isKept: z.boolean(),
  entries: z.array(rollupEntry),
});

const rollupState = z.strictObject({
  version: z.literal(1),
  table: z.string(),
  sequence: z.int().positive(),
  headwater: z.string(),
  writtenAt: z.iso.datetime(),
  rollups: z.array(rollup),
  /** Files of the state before that this one does not use. Readers may have them open; the next one removes them. */
  retired: z.array(storedPath),
});

/** The stored answer for one day. */
export type RollupEntry = z.infer<typeof rollupEntry>;
/** The stored answers of one metric by one grain and one break-down. */
export type StoredRollup = z.infer<typeof rollup>;
/** All rollups of a table: the content of the newest file in their folder, whose creation is the commit. */
export type RollupState = z.infer<typeof rollupState>;

/** The name under which the states of a table's rollups are numbered, as commits of a table are. */
export const rollupsOf = (table: string): string => `${table}__rollups`;

/** The path of a state. Creating this file is the commit. */
export const rollupStatePath = (table: string, sequence: number): string =>
  `${manifestFolder(rollupsOf(table))}/${manifestName(sequence)}`;

/** What tells the rollups of a table apart. */
export interface RollupIdentity {
  readonly metric: string;
  readonly grain: RollupGrain;
  /** `none` when it is not broken down. */
  readonly by: string;
  /** What its rows are. Absent for the metric's own answers. */
  readonly kind?: RollupKind | undefined;
  /** The measure whose keys, or whose sketch, it has. */
  readonly measure?: string | undefined;
}

/** Where the files of a rollup are below the lake. */
export function rollupFolder(table: string, { metric, grain, by, kind, measure }: RollupIdentity): string {
  const name = rollupName(table, [metric, grain, ...(by === 'none' ? [] : ['by', by])].join('-'));
  return measure === undefined ? name : `${name}__${kind}_${snakeCase(measure)}`;
}

/** Names of folders are in lower case: catalogs are. */
const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What the folders of all rollups of a table begin with. */
export const rollupFolderPrefix = (table: string): string => rollupName(table, '');

/** What reads small files of a lake. */
interface StateReader {
  list(folder: string): Promise<string[]>;
  readText(path: string): Promise<string>;
}

/**
 * The rollups of a table; undefined before the first ones. A state that cannot be read, or that a later version wrote, counts as none:
 * answers then come from the events, and the next refresh writes the rollups anew.
 */
export async function readRollups(reader: StateReader, table: string): Promise<RollupState | undefined> {
  const sequence = await lastRollups(reader, table);
  if (sequence === 0) return undefined;
  const text = await reader.readText(rollupStatePath(table, sequence)).catch(() => undefined);
  try {
    const parsed = rollupState.safeParse(JSON.parse(text ?? ''));
    const isOwn = parsed.success && parsed.data.table === table && parsed.data.sequence === sequence;
    return isOwn ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The number of the newest state, whether it can be read or not; 0 when there is none. */
export async function lastRollups(reader: Pick<StateReader, 'list'>, table: string): Promise<number> {
  const names = (await reader.list(manifestFolder(rollupsOf(table)))).filter(isManifestName);
  return Number.parseInt(names.toSorted().at(-1) ?? '0', 10);
}
