import { HeadwaterError } from '@headwater/core';

/**
 * Refuses what was not allowed by its id.
 *
 * @param of the table or workgroup that it is about
 * @throws HeadwaterError `CHANGES_NOT_ALLOWED` naming every id that is missing
 */
export function assertAllowed(of: string, needs: readonly string[], allowed: ReadonlySet<string>): void {
  const ids = needs.filter((id) => !allowed.has(id));
  if (ids.length > 0) throw new HeadwaterError('CHANGES_NOT_ALLOWED', { table: of, ids });
}
