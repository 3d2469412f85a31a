import { actionText, tableActions } from '../table/action-value.ts';
import { keepsAllRows } from '../table/duplicate-rule.ts';
import { memberPath } from '../table/nested-path.ts';
import { isRefiningRole, roleNames } from '../table/role-table.ts';
import { sessionLengths, sessionText } from '../table/session-rule.ts';
import { isWholeRowKey, type TableSchema } from '../table/table-schema.ts';
import { diffLookups } from './diff-lookups.ts';
import { diffSources } from './diff-sources.ts';
import type { AddChange, ChangeCase, SchemaChange } from './schema-change.ts';

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
  const add: AddChange = (kind, text, rule, detail) => {
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

  const [list, listNow] = [listText(old), listText(now)];
  if (list !== listNow) add('change-explode', `a record was ${list} and is ${listNow}`);
  if (old.description !== now.description) add('change-description', 'the description of the table changed');
  diffRoles(old, now, nameNow, add);
  // Where a column has gained or lost the role, that is the change.
  const isMoved = (old.roles.session === undefined) !== (now.roles.session === undefined);
  const nowOf = (name: string): string => nameNow.get(name) ?? name;
  const [ruleBefore, ruleNow] = [sessionDetail(old, nowOf), sessionDetail(now)];
  if (ruleBefore !== ruleNow && (!isMoved || old.sessions || now.sessions))
    add('change-sessions', `sessions were ${sessionText(old)} and are ${sessionText(now)}`);
  if (old.zone !== now.zone)
    add(
      'change-zone',
      `days of answers were those of ${old.zone ?? 'UTC'} and are those of ${now.zone ?? 'UTC'}`,
    );
  diffDuplicates(old, now, nameNow, add);
  if (present(old.sortOrder).join() !== now.sortOrder.join())
    add(
      'change-sort-order',
      `rows were sorted by ${old.sortOrder.join(', ')} and now by ${now.sortOrder.join(', ')}`,
    );
  diffSources(old, now, nameNow, add);
  diffLookups(old, now, nameNow, add);
  return changes;
}

const listText = ({ explode }: TableSchema): string =>
  explode ? `a row per element of ${memberPath(explode)}` : 'one row';

/** The rule of sessions without the column of the role, whose change is one of its own. */
const sessionDetail = (schema: TableSchema, nameOf: (column: string) => string = String): string => {
  const { within } = schema.sessions ?? {};
  const { gap, longest } = sessionLengths(schema) ?? {};
  return [gap, longest, within === undefined ? '' : nameOf(within)].join();
};

function diffRoles(
  old: TableSchema,
  now: TableSchema,
  nameNow: ReadonlyMap<string, string>,
  add: AddChange,
): void {
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
  if (old.purchaseItems !== now.purchaseItems)
    add(
      'change-purchase-items',
      `the products of a purchase were ${purchaseText(old)} and are ${purchaseText(now)}`,
    );
  diffActions(old, now, add);
}

const purchaseText = ({ purchaseItems }: TableSchema): string =>
  purchaseItems === 'cart'
    ? "those of its session's cart"
    : purchaseItems === 'own'
      ? 'its own'
      : 'not declared';

function diffActions(old: TableSchema, now: TableSchema, add: AddChange): void {
  const [were, are] = [tableActions(old), tableActions(now)];
  for (const action of new Set([...were.keys(), ...are.keys()])) {
    const [before, after] = [were.get(action), are.get(action)];
    // A default that comes or goes with a value of the enum is a change of the enum.
    if (JSON.stringify(old.actions[action]) === JSON.stringify(now.actions[action])) continue;
    if (before === undefined && after !== undefined)
      add('add-action', `${actionText(after)} is the action ${action}`, undefined, action);
    if (before !== undefined && after === undefined)
      add('remove-action', `nothing is the action ${action} any more`, undefined, action);
    if (before !== undefined && after !== undefined && actionText(before) !== actionText(after))
      add(
        'change-action',
        `the action ${action} was ${actionText(before)} and is ${actionText(after)}`,
        undefined,
        action,
      );
  }
}

function diffDuplicates(
  old: TableSchema,
  now: TableSchema,
  nameNow: ReadonlyMap<string, string>,
  add: AddChange,
): void {
  const [keptAll, keepsAll] = [keepsAllRows(old), keepsAllRows(now)];
  if (keptAll !== keepsAll) {
    const rule = keepsAll ? 'refine-duplicate-key' : 'coarsen-duplicate-key';
    add('change-duplicate-key', keyChange(old, now), rule);
    return;
  }
  // A key of every column stays one when columns come and go, and whichever of equal rows stays is the same.
  if (keepsAll || (isWholeRowKey(old) && isWholeRowKey(now))) return;
  if (!isWholeRowKey(old) && !isWholeRowKey(now) && orderText(old, nameNow) !== orderText(now))
    add(
      'change-duplicate-rule',
      `of equal rows ${orderText(old, nameNow)} stayed and now ${orderText(now)} stays`,
    );
  const before = old.duplicateKey.map((name) => nameNow.get(name) ?? name);
  const [was, is] = [new Set(before), new Set(now.duplicateKey)];
  if (was.size === is.size && [...is].every((name) => was.has(name))) return;
  const coarser = [...was].some((name) => !is.has(name));
  add(
    'change-duplicate-key',
    keyChange(old, now),
    coarser ? 'coarsen-duplicate-key' : 'refine-duplicate-key',
  );
}

const keyChange = (old: TableSchema, now: TableSchema): string =>
  `duplicates were ${keyText(old)} and are now ${keyText(now)}`;

function keyText(schema: TableSchema): string {
  if (keepsAllRows(schema)) return 'no rows';
  return `rows equal in ${isWholeRowKey(schema) ? 'every column' : schema.duplicateKey.join(', ')}`;
}

function orderText(
  { duplicateRule: rule }: TableSchema,
  nameNow: ReadonlyMap<string, string> = new Map(),
): string {
  const keep = rule?.keep ?? 'first';
  if (rule?.by === undefined) return `the ${keep} row loaded`;
  return `the row with the ${keep === 'last' ? 'largest' : 'smallest'} ${nameNow.get(rule.by) ?? rule.by}`;
}
