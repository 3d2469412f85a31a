import { HeadwaterError } from '../errors/headwater-error.ts';
import type { DataTypeKind } from './data-type.ts';
import { type RoleName, roleNames, type TableSchema } from './table-schema.ts';

const namePattern = /^[a-z][a-z0-9_]{0,127}$/;

/** The kinds that a role's column may have. */
const roleKinds: { readonly [Role in RoleName]: readonly DataTypeKind[] } = {
  time: ['timestamp'],
  actor: ['string', 'int32', 'int64', 'uuid'],
  session: ['string', 'int32', 'int64', 'uuid'],
  action: ['enum'],
  item: ['string', 'int32', 'int64', 'uuid'],
  category: ['string', 'enum', 'int32', 'int64'],
  brand: ['string', 'enum'],
  amount: ['decimal', 'double', 'int32', 'int64'],
};

/**
 * Refuses what some engine could not hold or would read differently, when the table is defined.
 * Hive and Athena fold names to lower case (https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html),
 * so only lower-case names are allowed.
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
  if (!namePattern.test(schema.name) || schema.name.includes('__'))
    fail('not a table name', `${nameFix} (no double underscore)`);
  const seen = new Map<string, string>();
  for (const column of schema.columns) {
    if (!namePattern.test(column.name)) fail('not a column name', nameFix, column.name);
    const former = column.renamedFrom.find((name) => !namePattern.test(name));
    if (former !== undefined) fail(`"${former}" in renamedFrom is not a column name`, nameFix, column.name);
    if (['dt', 'hour'].includes(column.name))
      fail('is the name of a partition folder', 'Choose another name', column.name);
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
    if (!(role in roleKinds)) fail(`"${role}" is not a role`, `Roles: ${roleNames.join(', ')}`);
    const column = known(name, `the role ${role}`);
    if (!roleKinds[role].includes(column.type.kind)) {
      fail(
        `cannot play the role ${role}: it is ${column.type.kind}`,
        `The role takes ${roleKinds[role].join(', ')}`,
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
  }
  for (const name of schema.duplicateKey) known(name, 'duplicateKey');
  if (!schema.duplicateKey.includes(schema.partitioning.time)) {
    fail(
      'duplicateKey leaves out the time column',
      `Duplicates are looked for within a day: add "${schema.partitioning.time}"`,
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
