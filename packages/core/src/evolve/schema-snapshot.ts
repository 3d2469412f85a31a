import type { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { fingerprintOf } from '../lake/schema-fingerprint.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { snapshotLayout } from './snapshot-layout.ts';

/** A published version of a table's definition. It is committed with the code, as `schema/<table>/<number>.json`. */
export type SchemaSnapshot = z.infer<typeof snapshotLayout>;

/** The path of a snapshot below the folder of snapshots. */
export const snapshotPath = (table: string, number: number): string => `${table}/${number}.json`;

/** Whether a file name is the name of a snapshot. */
export const isSnapshotName = (name: string): boolean => /^[1-9]\d*\.json$/.test(name);

/** The text of a snapshot. It is deterministic: members in a fixed order, indented by two spaces, with a line end. */
export function snapshotText(snapshot: SchemaSnapshot): string {
  return `${JSON.stringify(snapshotLayout.parse(snapshot), null, 2)}\n`;
}

/**
 * Parses the text of a snapshot.
 *
 * @param file the file's name, for the error
 * @throws HeadwaterError `SNAPSHOT_INVALID` naming the invalid member
 */
export function parseSnapshot(text: string, file: string): SchemaSnapshot {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new HeadwaterError('SNAPSHOT_INVALID', { file, problem: 'it is not JSON' }, { cause });
  }
  const parsed = snapshotLayout.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const problem = `${issue?.path.join('.') || 'the file'}: ${issue?.message}`;
  throw new HeadwaterError('SNAPSHOT_INVALID', { file, problem });
}

/** A digest of a whole definition, including its descriptions. */
export function snapshotDigest(schema: TableSchema): string {
  return fingerprintOf(JSON.stringify(snapshotLayout.shape.schema.parse(schema)));
}
