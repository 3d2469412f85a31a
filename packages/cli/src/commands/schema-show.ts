import type { EventsTable } from '@headwater/core';
import { duckdbType, roleNames, schemaFingerprint } from '@headwater/core/internal';
import { defineCommand } from '../command-line/command.ts';
import { tableOptions, targetTable } from '../config/target.ts';
import type { Console } from '../output/console.ts';
import { tableText } from '../output/table-text.ts';

/** `headwater schema show` */
export const schemaShow = defineCommand({
  name: 'schema show',
  description:
    "Shows a table as it was defined: its columns, the parts they play in metrics, and the definition's version, which every " +
    'run in the lake remembers.',
  options: tableOptions,
  examples: [
    ['schema show', 'The first table of the config'],
    ['schema show --table clickstream --json', 'Everything that was defined, for a program'],
  ],
  async run({ options, console }) {
    const table = await targetTable(options);
    const version = schemaFingerprint(table.schema);
    if (options.json) await console.json({ ...table.schema, version });
    else await printSchema(console, table, version);
    return true;
  },
});

async function printSchema(console: Console, { schema }: EventsTable, version: string): Promise<void> {
  const { style } = console;
  const rolesOf = (column: string): string =>
    roleNames.filter((role) => schema.roles[role] === column).join(', ');
  await console.print(`${style('bold', schema.name)}  ${schema.description}`);
  await console.print(style('dim', `version ${version}`));
  await console.print();
  await console.write(
    tableText(
      ['column', 'type', 'null', 'role', 'pii', 'also read from', 'description'].map((title) => ({ title })),
      schema.columns.map(({ name, type, nullable, pii, aliases, renamedFrom, unit, description }) => [
        name,
        type.kind === 'enum' ? `one of ${type.values.join(' ')}` : duckdbType(type).toLowerCase(),
        nullable ? 'yes' : '',
        rolesOf(name),
        pii === 'none' ? '' : pii,
        [...renamedFrom, ...aliases].join(', '),
        unit ? `${description} (${unit})` : description,
      ]),
      style,
    ),
  );
  await console.print();
  await console.print(
    `one event   equal in ${schema.duplicateKey.length === schema.columns.length ? 'every column' : schema.duplicateKey.join(', ')}`,
  );
  const { hour, columns: keys } = schema.partitioning;
  await console.print(`folders by  ${['day', ...(hour ? ['hour'] : []), ...keys].join(', ')} (UTC)`);
  if (schema.amountPer)
    await console.print(
      `amount      ${schema.roles.amount} x ${schema.roles.quantity}: the price is per unit`,
    );
  await console.print(`sorted by   ${schema.sortOrder.join(', ')}`);
  await console.print(style('dim', 'Cleaning rules: headwater derive data-dictionary'));
}
