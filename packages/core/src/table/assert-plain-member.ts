import type { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { addedChecks } from './added-checks.ts';
import { lake } from './column-metadata.ts';
import { decimals } from './column-type.ts';

/**
 * Refuses a member of a list, a struct or a map that says more than its type: cleaning and metadata are those of whole
 * columns, and a check or a PII class that nothing reads must not look as if it were kept.
 *
 * @param path the member, such as `address.zip` or `tags[]`
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the path
 */
export function assertPlainMember(table: string, path: string, type: z.core.$ZodType): void {
  const fail = (problem: string): never => {
    const fix = 'Give the member a column of its own, or leave that out';
    throw new HeadwaterError('DEFINITION_INVALID', { table, column: path, problem, fix });
  };
  const [check] = addedChecks(type);
  if (check) fail(`the zod check "${check._zod.def.check}" of a member is checked by no engine`);
  if (Object.keys(decimals.get(type)?.bounds ?? {}).length > 0)
    fail('the bounds of a member are checked by no engine');
  if (lake.get(type)) fail('the metadata of a member reaches no engine');
}
