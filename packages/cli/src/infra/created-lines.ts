import type { PlannedChange } from '@headwater/infra/deploy';
import { kindsText } from './kinds-text.ts';

/** What a plan creates, a line for each part: `catalog: 4 Glue tables, 1 Glue database`. */
export function createdLines(changes: readonly PlannedChange[]): string[] {
  const parts = Map.groupBy(
    changes.filter(({ action }) => action === 'create'),
    ({ part }) => part,
  );
  return [...parts].map(([part, created]) => {
    // One or two are named: a count says less than their names.
    if (created.length <= 2) return `${part}: ${created.map(({ what }) => what).join(', ')}`;
    const kinds = Map.groupBy(created, ({ kind }) => kind);
    return `${part}: ${kindsText(Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length])))}`;
  });
}
