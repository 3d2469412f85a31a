import { assessSchemas, HeadwaterError, type SchemaDiff } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';

/**
 * Refuses ids that name no change: a misspelled id would allow nothing. Ids of earlier changes are accepted, so that a command
 * line can be repeated after it succeeded.
 *
 * @param allow the ids to check
 * @param diff the changes of the current definition
 * @param others further ids that may be allowed
 * @throws HeadwaterError `OPTION_INVALID` with the known ids
 */
export function assertKnownIds(
  allow: readonly string[],
  history: readonly SchemaSnapshot[],
  diff: SchemaDiff,
  others: readonly string[] = [],
): void {
  const idsOf = ({ changes }: SchemaDiff): string[] => changes.map(({ id }) => id);
  const current = [...new Set([...idsOf(diff), ...others])];
  const earlier = history.flatMap(({ schema }, index) => idsOf(assessSchemas(history[index - 1], schema)));
  const unknown = allow.find((id) => !current.includes(id) && !earlier.includes(id));
  if (unknown === undefined) return;
  const expected = current.length > 0 ? `one of ${current.join(', ')}` : 'no id: nothing has changed';
  throw new HeadwaterError('OPTION_INVALID', { option: '--allow', value: unknown, expected });
}
