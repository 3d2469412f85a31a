import { HeadwaterError } from '../errors/headwater-error.ts';
import type { DataType, DataTypeKind } from './data-type.ts';
import { isPortableName } from './portable-name.ts';
import { type RoleName, roleNames, roleTable } from './role-table.ts';
import type { TableSchema } from './table-schema.ts';

/**
 * A partition's value is a folder's name, on disks, in object stores and in Athena's lists of projected values: signs
 * that one of them escapes, splits or hides are refused.
 */
const folderValuePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Every value is a folder a day, or 24 of them. Athena advises a few dozen. */
const maxFolderValues = 100;

/** Whether any text in a value has a null byte. */
const holdsNull = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.includes('\0')
    : typeof value === 'object' && value !== null && Object.values(value).some(holdsNull);

/** Names of members in a type that are not names everywhere, with their path. */
function wrongMembers(type: DataType, path: string): string[] {
  if (type.kind === 'list') return wrongMembers(type.element, `${path}[]`);
  if (type.kind === 'map') return wrongMembers(type.value, `${path}{}`);
  if (type.kind !== 'struct') return [];
  return type.fields.flatMap(({ name, type: inner }) => [
    ...(isPortableName(name) ? [] : [`${path}.${name}`]),
    ...wrongMembers(inner, `${path}.${name}`),
  ]);
}

/**
 * Refuses what some engine could not hold or would read differently, when the table is defined.
 * Hive and Athena fold names to lower case (https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html),
 * those of nested members too, so only lower-case names are allowed. A reserved word is a fine name: whatever is derived
 * quotes it.
 */
export function assertTableSchema(schema: TableSchema): void {
  const fail = (problem: string, fix: string, column?: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', {
      table: schema.name,
      ...(column ? { column } : {}),
      problem,
      fix,
    });
  };
  const nameFix = 'Use a lower-case letter, then lower-case letters, digits and underscores';
  if (!isPortableName(schema.name) || schema.name.includes('__'))
    fail('not a table name', `${nameFix} (no double underscore)`);
  const noNull = (value: unknown, column?: string): void => {
    if (holdsNull(value))
      fail('a text of it holds a null byte, where engines end a statement', 'Leave it out', column);
  };
  noNull(schema.description);
  const seen = new Map<string, string>();
  for (const column of schema.columns) {
    if (!isPortableName(column.name)) fail('not a column name', nameFix, column.name);
    noNull(column, column.name);
    const former = column.renamedFrom.find((name) => !isPortableName(name));
    if (former !== undefined) fail(`"${former}" in renamedFrom is not a column name`, nameFix, column.name);
    const [member] = wrongMembers(column.type, column.name);
    if (member) fail(`the member ${member} is not a column name`, nameFix, column.name);
    const folder = [column.name, ...column.renamedFrom].find((name) => ['dt', 'hour'].includes(name));
    if (folder) fail(`"${folder}" is the name of a partition folder`, 'Choose another name', column.name);
    for (const name of [column.name, ...column.renamedFrom, ...column.aliases]) {
      const holder = seen.get(name.toLowerCase());
      if (holder) fail(`"${name}" already names ${holder}`, 'Remove one of the two', column.name);
      seen.set(name.toLowerCase(), column.name);
    }
  }
  const byName = new Map(schema.columns.map((column) => [column.name, column]));
  const known = (name: string, what: string) =>
    byName.get(name) ??
    fail(
      `${what} names the column "${name}", which is not there`,
      `Columns: ${[...byName.keys()].join(', ')}`,
    );
  for (const [role, name] of Object.entries(schema.roles) as [RoleName, string][]) {
    // The types refuse this; a definition in plain JavaScript gets here.
    if (!Object.hasOwn(roleTable, role)) fail(`"${role}" is not a role`, `Roles: ${roleNames.join(', ')}`);
    const column = known(name, `the role ${role}`);
    const kinds: readonly DataTypeKind[] = roleTable[role].kinds;
    if (!kinds.includes(column.type.kind)) {
      fail(
        `cannot play the role ${role}: it is ${column.type.kind}`,
        `The role takes ${kinds.join(', ')}`,
        name,
      );
    }
  }
  if (known(schema.partitioning.time, 'partitionBy').nullable)
    fail('is the time and cannot be optional', 'Remove .optional()', schema.partitioning.time);
  for (const name of schema.partitioning.columns) {
    const column = known(name, 'partitionBy.columns');
    if (column.type.kind !== 'enum' || column.nullable)
      fail('is not a required enum', 'Partition by required enum columns only', name);
    if (column.pii !== 'none')
      fail(
        'is personal data and would name folders, which no filter of columns hides',
        'Do not partition by it',
        name,
      );
    if (schema.partitioning.columns.filter((other) => other === name).length > 1)
      fail('is named twice in partitionBy.columns', 'Name it once', name);
    const values = column.type.kind === 'enum' ? column.type.values : [];
    const wrong = values.find((value) => !folderValuePattern.test(value));
    if (wrong !== undefined)
      fail(
        `its value "${wrong}" cannot name a folder`,
        'Use letters, digits and . _ - in values, or do not partition by it',
        name,
      );
    if (values.length > maxFolderValues)
      fail(
        `has ${values.length} values, each a folder of every day`,
        `Partition by enums of up to ${maxFolderValues} values`,
        name,
      );
  }
  for (const name of schema.duplicateKey) known(name, 'duplicateKey');
  for (const name of [schema.partitioning.time, ...schema.partitioning.columns]) {
    if (!schema.duplicateKey.includes(name))
      fail(
        `duplicateKey leaves out the ${name === schema.partitioning.time ? 'time' : 'partition'} column`,
        `Duplicates are looked for within a ${name === schema.partitioning.time ? 'day' : 'folder'}: add "${name}"`,
      );
  }
  for (const name of schema.sortOrder) known(name, 'sortOrder');
  const action = schema.roles.action ? byName.get(schema.roles.action) : undefined;
  if (action?.type.kind === 'enum' && !action.type.values.includes(schema.actions['view'] ?? '')) {
    fail(
      `has no value "${schema.actions['view']}" for the action view`,
      'Say in actions which value means what',
      action.name,
    );
  }
}
