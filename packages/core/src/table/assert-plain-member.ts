import type { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { addedChecks } from './added-checks.ts';
import { lake } from './column-metadata.ts';
import { decimals } from './column-type.ts';

/**
 * Rejects a member of a list, a struct or a map that has checks or metadata. Cleaning and metadata apply to whole columns
 * only, so nothing would enforce a member's check or PII class.
 *
 * @param path the member, such as `address.zip` or `tags[]`
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the path
 */
export function assertPlainMember(table: string, path: string, type: z.core.$ZodType): void {
  const fail = (problem: string): never => {
    const fix = 'Give the member a column of its own, or remove the check or the metadata';
    throw new HeadwaterError('DEFINITION_INVALID', { table, column: path, problem, fix });
  };
  const [check] = addedChecks(type);
  if (check) fail(`the zod check "${check._zod.def.check}" of a member is not checked by any engine`);
  if (Object.keys(decimals.get(type)?.bounds ?? {}).length > 0)
    fail('the bounds of a member are not checked by any engine');
  if (lake.get(type)) fail('no engine reads the metadata of a member');
}
