import type { RoleName } from '@headwater/core';
import { roleNames } from '@headwater/core/internal';
import { UsageError } from '../command-line/usage-error.ts';

/**
 * The roles that an option lists; undefined when it was not given, and none for the word `none`.
 *
 * @throws UsageError for a word that is no role
 */
export function givenRoles(given: readonly (string | null)[] | undefined): readonly RoleName[] | undefined {
  if (given === undefined || (given.length === 1 && given[0] === 'none')) return given && [];
  return given.map((word) => {
    const role = roleNames.find((name) => name === word);
    if (role === undefined)
      throw new UsageError(`--indexes ${word ?? ''}: expected roles among ${roleNames.join(', ')}, or none.`);
    return role;
  });
}
