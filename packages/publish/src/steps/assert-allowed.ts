import { HeadwaterError } from '@headwater/core';

/**
 * Checks that every id is allowed.
 *
 * @param of the table or workgroup that the ids are about
 * @throws HeadwaterError `CHANGES_NOT_ALLOWED` with the ids that are not
 */
export function assertAllowed(of: string, needs: readonly string[], allowed: ReadonlySet<string>): void {
  const ids = needs.filter((id) => !allowed.has(id));
  if (ids.length > 0) throw new HeadwaterError('CHANGES_NOT_ALLOWED', { table: of, ids });
}
