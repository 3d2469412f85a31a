import { HeadwaterError } from '../errors/headwater-error.ts';
import type { FileMisfit } from '../errors/misfit-text.ts';
import { assertPartitioning } from '../lake/assert-partitioning.ts';
import type { LakeState } from '../lake/lake-state.ts';
import { schemaFingerprint } from '../lake/schema-fingerprint.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { type FileReader, readMisfits, rewriteMisfits, writeMisfits } from './file-misfits.ts';

/**
 * Asserts that a lake's files can be read with a definition.
 *
 * @param lake the lake's address, for the message
 * @throws HeadwaterError `SCHEMA_INCOMPATIBLE` naming every change that the reader cannot read over, `PARTITIONING_CHANGED`
 */
export function assertFilesReadable(
  schema: TableSchema,
  state: LakeState,
  lake: string,
  reader: FileReader,
): void {
  assertPartitioning(schema, state, lake);
  const misfits = readMisfits(schema, state, reader);
  const { name: table } = schema;
  if (misfits.length > 0)
    throw new HeadwaterError('SCHEMA_INCOMPATIBLE', { table, lake, reader: reader.engine, misfits });
}

/**
 * Asserts that a lake can be written with a definition: its files fit, and no change would lose their data.
 *
 * @param allow ids of the allowed changes
 * @returns the ids of `allow` that were needed. The commit stores them
 * @throws HeadwaterError `SCHEMA_INCOMPATIBLE` naming every change that is not allowed, `PARTITIONING_CHANGED`
 */
export function assertFilesWritable(
  schema: TableSchema,
  state: LakeState,
  lake: string,
  allow: readonly string[] = [],
): readonly string[] {
  const isCommitted = state.schemas.at(-1)?.fingerprint === schemaFingerprint(schema);
  if (!isCommitted) assertPartitioning(schema, state, lake);
  const { refused, allowed } = writeMisfits(schema, state, { allow, isCommitted });
  refuseWriting(schema, lake, refused);
  return allowed;
}

/**
 * Asserts that files can be rewritten with a definition without losing data. Earlier permissions do not count.
 *
 * @param paths the files to rewrite
 * @param allow ids of the allowed changes
 * @throws HeadwaterError `SCHEMA_INCOMPATIBLE` naming every change that is not allowed
 */
export function assertFilesRewritable(
  schema: TableSchema,
  state: LakeState,
  lake: string,
  paths: readonly string[],
  allow: readonly string[] = [],
): void {
  const addedBy = new Map(paths.map((path) => [path, state.addedBy.get(path) ?? 0]));
  refuseWriting(schema, lake, rewriteMisfits(schema, { ...state, addedBy }, allow));
}

function refuseWriting({ name: table }: TableSchema, lake: string, misfits: readonly FileMisfit[]): void {
  if (misfits.length > 0) throw new HeadwaterError('SCHEMA_INCOMPATIBLE', { table, lake, misfits });
}
