import { HeadwaterError } from '../errors/headwater-error.ts';
import type { DataType } from '../table/data-type.ts';

const nested: ReadonlySet<DataType['kind']> = new Set(['list', 'struct', 'map']);

/** Rejects a column of a nested type, which raw text cannot express. The error names the column. */
export function assertFlat({ name, type }: { readonly name: string; readonly type: DataType }): void {
  if (nested.has(type.kind)) refuseNested(type, name);
}

/** Rejects a nested type, which raw text cannot express. */
export function refuseNested(type: DataType, column = 'a nested column'): never {
  throw new HeadwaterError('TYPE_UNSUPPORTED', {
    target: 'cleaning',
    kind: type.kind,
    column,
    fix: 'Raw text has no nested values and a lake stores flat rows. Give each member a column of its own',
  });
}
