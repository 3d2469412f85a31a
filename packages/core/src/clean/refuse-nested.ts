import { HeadwaterError } from '../errors/headwater-error.ts';
import type { DataType } from '../table/data-type.ts';

/** Rejects a nested type, which raw text cannot express. No definition has one: only the columns of a quarantine do. */
export function refuseNested({ kind }: DataType): never {
  throw new HeadwaterError('TYPE_UNSUPPORTED', {
    ...{ target: 'cleaning', kind, column: 'a nested column' },
    fix: 'Raw text has no nested values and a lake stores flat rows. Give each member a column of its own',
  });
}
