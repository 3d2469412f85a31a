import { isRefiningRole, roleNames } from '../table/role-table.ts';
import { isWholeRowKey, type TableSchema } from '../table/table-schema.ts';
import type { ChangeCase, ChangeKind, SchemaChange } from './schema-change.ts';

/**
 * What differs between two definitions beyond their columns.
 *
 * @param nameNow the present name of each old column that is still there
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
  if (order.join() !== before.join()) add('reorder-columns', 'the columns are in another order');

  // The names of enum columns are names of folders, so a rename moves those.
  const [cut, cutNow] = [old.partitioning, now.partitioning];
  const folders = (partitioning: TableSchema['partitioning']): string =>
    ['day', ...(partitioning.hour ? ['hour'] : []), ...partitioning.columns].join(', ');
  if (folders(cut) !== folders(cutNow) || present([cut.time])[0] !== cutNow.time)
    add(
      'change-partitioning',
      `folders were by ${folders(cut)} of ${cut.time} and are by ${folders(cutNow)} of ${cutNow.time}`,
    );

  if (old.description !== now.description) add('change-description', 'the table is described in other words');
  diffRoles(old, now, nameNow, add);
  diffDuplicateKey(old, now, present(old.duplicateKey), add);
  if (present(old.sortOrder).join() !== now.sortOrder.join())
    add(
      'change-sort-order',
      `rows were sorted by ${old.sortOrder.join(', ')} and are by ${now.sortOrder.join(', ')}`,
    );
  return changes;
}

type Add = (kind: ChangeKind, text: string, rule?: ChangeCase, detail?: string) => void;

function diffRoles(old: TableSchema, now: TableSchema, nameNow: ReadonlyMap<string, string>, add: Add): void {
  for (const role of roleNames) {
    const [before, after] = [old.roles[role], now.roles[role]];
    const refining = isRefiningRole(role) || undefined;
    if (before === undefined && after !== undefined)
      add('add-role', `${after} plays the ${role}`, refining && 'add-refining-role', `${role}:${after}`);
    if (before !== undefined && after === undefined)
      add(
        'remove-role',
        `no column plays the ${role} any more`,
        refining && 'remove-refining-role',
        `${role}:${before}`,
      );
    if (before !== undefined && after !== undefined && (nameNow.get(before) ?? before) !== after)
      add('move-role', `the ${role} was ${before} and is ${after}`, undefined, role);
  }
  if (old.amountPer !== now.amountPer)
    add(
      'change-amount-per',
      `the amount was per ${old.amountPer ?? 'event'} and is per ${now.amountPer ?? 'event'}`,
    );
  for (const action of new Set([...Object.keys(old.actions), ...Object.keys(now.actions)])) {
    const [before, after] = [old.actions[action], now.actions[action]];
    if (before !== after && before !== undefined && after !== undefined)
      add('change-action', `${action} was ${before} and is ${after}`, undefined, action);
  }
}

function diffDuplicateKey(old: TableSchema, now: TableSchema, before: readonly string[], add: Add): void {
  // A key of every column stays one when columns come and go.
  if (isWholeRowKey(old) && isWholeRowKey(now)) return;
  const [was, is] = [new Set(before), new Set(now.duplicateKey)];
  if (was.size === is.size && [...is].every((name) => was.has(name))) return;
  const coarser = [...was].some((name) => !is.has(name));
  add(
    'change-duplicate-key',
    `one event was ${keyText(old)} and is ${keyText(now)}`,
    coarser ? 'coarsen-duplicate-key' : 'refine-duplicate-key',
  );
}

const keyText = (schema: TableSchema): string =>
  isWholeRowKey(schema) ? 'the whole row' : `the same in ${schema.duplicateKey.join(', ')}`;
