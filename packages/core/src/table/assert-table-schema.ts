import { HeadwaterError } from '../errors/headwater-error.ts';
import type { DataTypeKind } from './data-type.ts';
import { isPortableName, portableNameFix } from './portable-name.ts';
import { type RoleName, roleNames, roleTable } from './role-table.ts';
import type { TableSchema } from './table-schema.ts';

/**
 * A partition's value is the name of a folder on disk and in S3, and an item of Athena's list of projected values. Characters
 * that one of these escapes, splits at or hides are not allowed.
 */
const folderValuePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Every value adds a folder a day, or 24 with hours. Athena recommends a few dozen values. */
const maxFolderValues = 100;

/** Whether any text inside a value has a null byte. */
const holdsNull = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.includes('\0')
    : typeof value === 'object' && value !== null && Object.values(value).some(holdsNull);

/**
 * Rejects a definition that some engine could not store, or would read differently.
 * Hive and Athena fold names to lower case (https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html),
 * so only lower-case names are allowed. Reserved words are allowed: all derived SQL quotes names.
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
  if (!isPortableName(schema.name) || schema.name.includes('__'))
    fail('not a valid table name', `${portableNameFix} (no double underscore)`);
  const noNull = (value: unknown, column?: string): void => {
    if (holdsNull(value))
      fail('a text contains a null byte, at which engines end a statement', 'Remove the null byte', column);
  };
  noNull(schema.description);
  const seen = new Map<string, string>();
  for (const column of schema.columns) {
    if (!isPortableName(column.name)) fail('not a valid column name', portableNameFix, column.name);
    noNull(column, column.name);
    const former = column.renamedFrom.find((name) => !isPortableName(name));
    if (former !== undefined)
      fail(`"${former}" in renamedFrom is not a valid column name`, portableNameFix, column.name);
    const folder = [column.name, ...column.renamedFrom].find((name) => ['dt', 'hour'].includes(name));
    if (folder) fail(`"${folder}" is reserved for a partition folder`, 'Choose another name', column.name);
    const names = [column.name, ...column.renamedFrom, ...column.aliases];
    for (const [index, name] of names.entries()) {
      const holder = seen.get(name.toLowerCase());
      // A column with a path is read by its own name where that is an alias too. Case matters in JSON: `Brand` may be an alias of brand.
      const isOtherCase = !names.slice(0, index).includes(name);
      const isOwn = holder === column.name && (column.path !== undefined || isOtherCase);
      if (holder && !isOwn) fail(`"${name}" already names ${holder}`, 'Remove one of the two', column.name);
      seen.set(name.toLowerCase(), column.name);
    }
  }
  const byName = new Map(schema.columns.map((column) => [column.name, column]));
  const known = (name: string, what: string) =>
    byName.get(name) ??
    fail(
      `${what} names the column "${name}", which does not exist`,
      `Columns: ${[...byName.keys()].join(', ')}`,
    );
  for (const [role, name] of Object.entries(schema.roles) as [RoleName, string][]) {
    // The types reject this. A definition in plain JavaScript is checked here.
    if (!Object.hasOwn(roleTable, role)) fail(`"${role}" is not a role`, `Roles: ${roleNames.join(', ')}`);
    const column = known(name, `the role ${role}`);
    const kinds: readonly DataTypeKind[] = roleTable[role].kinds;
    if (!kinds.includes(column.type.kind)) {
      fail(
        `cannot have the role ${role}: its type is ${column.type.kind}`,
        `The role needs one of ${kinds.join(', ')}`,
        name,
      );
    }
  }
  const within = schema.sessions?.within;
  if (within !== undefined) {
    const { type } = known(within, 'the role session');
    const kinds: readonly DataTypeKind[] = roleTable.session.kinds;
    if (!kinds.includes(type.kind))
      fail(
        `cannot tell sessions apart: its type is ${type.kind}`,
        `Sessions need one of ${kinds.join(', ')}`,
        within,
      );
  }
  if (known(schema.partitioning.time, 'partitionBy').nullable)
    fail('is the time column and cannot be optional', 'Remove .optional()', schema.partitioning.time);
  for (const name of schema.partitioning.columns) {
    const column = known(name, 'partitionBy.columns');
    if (column.type.kind !== 'enum' || column.nullable)
      fail('is not a required enum', 'Partition by required enum columns only', name);
    if (column.pii !== 'none')
      fail(
        'is personal data. It would name folders, and column filters do not hide folder names',
        'Do not partition by it',
        name,
      );
    if (schema.partitioning.columns.filter((other) => other === name).length > 1)
      fail('is named twice in partitionBy.columns', 'Name it once', name);
    const values = column.type.kind === 'enum' ? column.type.values : [];
    const wrong = values.find((value) => !folderValuePattern.test(value));
    if (wrong !== undefined)
      fail(
        `the value "${wrong}" cannot be the name of a folder`,
        'Use only letters, digits and . _ - in its values, or do not partition by it',
        name,
      );
    if (values.length > maxFolderValues)
      fail(
        `has ${values.length} values, and each adds a folder to every day`,
        `Partition by enums with at most ${maxFolderValues} values`,
        name,
      );
  }
  for (const name of schema.duplicateKey) known(name, 'duplicateKey');
  for (const name of schema.sortOrder) known(name, 'sortOrder');
}
