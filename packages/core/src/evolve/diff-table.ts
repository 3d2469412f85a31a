import { isRefiningRole, roleNames } from '../table/role-table.ts';
import { isWholeRowKey, type TableSchema } from '../table/table-schema.ts';
import type { ChangeCase, ChangeKind, SchemaChange } from './schema-change.ts';

/**
 * Every difference between two definitions other than those of single columns.
 *
 * @param nameNow the current name of each old column that still exists
 */
export function diffTable(
  old: TableSchema,
  now: TableSchema,
  nameNow: ReadonlyMap<string, string>,
): SchemaChange[] {
  const changes: SchemaChange[] = [];
  const add = (kind: ChangeKind, text: string, rule?: ChangeCase, detail?: string): void => {
    const id = detail === undefined ? kind : `${kind}:${detail}`;
    changes.push({ id, kind, case: rule ?? (kind as ChangeCase), text });
  };
  const present = (names: readonly string[]): string[] => names.map((name) => nameNow.get(name) ?? name);

  const order = now.columns.map(({ name }) => name).filter((name) => [...nameNow.values()].includes(name));
  const before = old.columns.flatMap(({ name }) => nameNow.get(name) ?? []);
  if (order.join() !== before.join()) add('reorder-columns', 'the order of the columns changed');

  // Folders contain the names of enum columns, so a rename changes the folders.
  const [cut, cutNow] = [old.partitioning, now.partitioning];
  const folders = (partitioning: TableSchema['partitioning']): string =>
    ['day', ...(partitioning.hour ? ['hour'] : []), ...partitioning.columns].join(', ');
  if (folders(cut) !== folders(cutNow) || present([cut.time])[0] !== cutNow.time)
    add(
      'change-partitioning',
      `folders were by ${folders(cut)} of ${cut.time} and now by ${folders(cutNow)} of ${cutNow.time}`,
    );

  if (old.description !== now.description) add('change-description', 'the description of the table changed');
  diffRoles(old, now, nameNow, add);
  diffDuplicateKey(old, now, present(old.duplicateKey), add);
  if (present(old.sortOrder).join() !== now.sortOrder.join())
    add(
      'change-sort-order',
      `rows were sorted by ${old.sortOrder.join(', ')} and now by ${now.sortOrder.join(', ')}`,
    );
  return changes;
}

type Add = (kind: ChangeKind, text: string, rule?: ChangeCase, detail?: string) => void;

function diffRoles(old: TableSchema, now: TableSchema, nameNow: ReadonlyMap<string, string>, add: Add): void {
  for (const role of roleNames) {
    const [before, after] = [old.roles[role], now.roles[role]];
    const refining = isRefiningRole(role) || undefined;
    if (before === undefined && after !== undefined)
      add('add-role', `${after} has the role ${role}`, refining && 'add-refining-role', `${role}:${after}`);
    if (before !== undefined && after === undefined)
      add(
        'remove-role',
        `no column has the role ${role} any more`,
        refining && 'remove-refining-role',
        `${role}:${before}`,
      );
    if (before !== undefined && after !== undefined && (nameNow.get(before) ?? before) !== after)
      add('move-role', `the role ${role} was ${before} and is ${after}`, undefined, role);
  }
  if (old.amountPer !== now.amountPer)
    add(
      'change-amount-per',
      `the amount was per ${old.amountPer ?? 'event'} and is per ${now.amountPer ?? 'event'}`,
    );
  for (const action of new Set([...Object.keys(old.actions), ...Object.keys(now.actions)])) {
    const [before, after] = [old.actions[action], now.actions[action]];
    if (before !== after && before !== undefined && after !== undefined)
      add('change-action', `the action ${action} was ${before} and is ${after}`, undefined, action);
  }
}

function diffDuplicateKey(old: TableSchema, now: TableSchema, before: readonly string[], add: Add): void {
  // If both keys have every column, only the columns differ.
  if (isWholeRowKey(old) && isWholeRowKey(now)) return;
  const [was, is] = [new Set(before), new Set(now.duplicateKey)];
  if (was.size === is.size && [...is].every((name) => was.has(name))) return;
  const coarser = [...was].some((name) => !is.has(name));
  add(
    'change-duplicate-key',
    `duplicates were rows equal in ${keyText(old)} and are now rows equal in ${keyText(now)}`,
    coarser ? 'coarsen-duplicate-key' : 'refine-duplicate-key',
  );
}

const keyText = (schema: TableSchema): string =>
  isWholeRowKey(schema) ? 'every column' : schema.duplicateKey.join(', ');
