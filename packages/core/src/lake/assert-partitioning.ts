import { HeadwaterError } from '../errors/headwater-error.ts';
import type { TableSchema } from '../table/table-schema.ts';
import type { LakeState } from './lake-state.ts';

/**
 * Rejects a definition whose partition folders differ from those of the lake's files: other keys, or the day of another
 * column. Old and new files could not be read as one table, and a range of days would match the wrong files, so this
 * change cannot be allowed.
 *
 * @param lake the lake's address, for the message
 * @throws HeadwaterError `PARTITIONING_CHANGED`
 */
export function assertPartitioning(
  { name, columns, partitioning }: TableSchema,
  { files, schemas }: LakeState,
  lake: string,
): void {
  const path = files.at(-1)?.path;
  if (path === undefined) return;
  const { time, hour } = partitioning;
  const names = [time, ...(columns.find((column) => column.name === time)?.renamedFrom ?? [])];
  const timeBefore = schemas.at(-1)?.time ?? time;
  const [was, is] = [keysOf(path), ['dt', ...(hour ? ['hour'] : []), ...partitioning.columns]];
  if (was.join() === is.join() && names.includes(timeBefore)) return;
  throw new HeadwaterError('PARTITIONING_CHANGED', {
    table: name,
    lake,
    was: `${was.join(', ')} of ${timeBefore}`,
    is: `${is.join(', ')} of ${time}`,
  });
}

/** The partition keys in a file's path: `dt, hour` of `events/dt=2019-10-01/hour=07/part-0.parquet`. */
const keysOf = (path: string): string[] => path.split('/').flatMap((part) => /^(.+?)=/.exec(part)?.[1] ?? []);
