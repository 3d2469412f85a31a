import type { EventsTable } from '@headwater/core';
import {
  actionText,
  duckdbType,
  duplicateText,
  lookupText,
  memberPath,
  pathText,
  purchaseItemsText,
  readingWords,
  roleNames,
  schemaFingerprint,
  sessionText,
  sourceText,
  tableActions,
} from '@headwater/core/internal';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { chosenTable, tableOptions } from '../config/chosen-lake.ts';
import type { Console } from '../output/console.ts';
import { tableText } from '../output/table-text.ts';

interface ShowAnswer extends Answer {
  readonly data: EventsTable['schema'] & { readonly version: string };
}

/** `headwater schema show` */
export const schemaShow = defineCommand({
  name: 'schema show',
  description:
    "Shows the definition of a table: its columns, their roles in metrics, and the definition's version, which every run in the " +
    'lake records.',
  options: tableOptions,
  examples: [
    ['schema show', 'The first table of the config'],
    ['schema show --table clickstream --json', 'The complete definition, for a program'],
  ],
  async run({ options }): Promise<ShowAnswer> {
    const { schema } = await chosenTable(options);
    return { data: { ...schema, version: schemaFingerprint(schema) } };
  },
  print: ({ data }, console) => printSchema(console, data),
});

async function printSchema(console: Console, schema: ShowAnswer['data']): Promise<void> {
  const { style } = console;
  const rolesOf = (column: string): string =>
    roleNames.filter((role) => schema.roles[role] === column).join(', ');
  await console.print(`${style('bold', schema.name)}  ${schema.description}`);
  await console.print(style('dim', `version ${schema.version}`));
  await console.print();
  await console.write(
    tableText(
      ['column', 'type', 'null', 'role', 'pii', 'also read from', 'description'].map((title) => ({ title })),
      schema.columns.map(
        ({ name, type, nullable, pii, aliases, path, renamedFrom, unit, description, lookup }) => [
          name,
          type.kind === 'enum' ? `one of ${type.values.join(' ')}` : duckdbType(type).toLowerCase(),
          nullable ? 'yes' : '',
          rolesOf(name),
          pii === 'none' ? '' : pii,
          [
            ...(lookup ? [`lookup ${lookup.name}.${lookup.column}`] : []),
            ...(path ? [pathText(path)] : []),
            ...renamedFrom,
            ...(lookup ? [] : aliases),
          ].join(', '),
          unit ? `${description} (${unit})` : description,
        ],
      ),
      console,
    ),
  );
  await console.print();
  for (const column of schema.columns) {
    const words = readingWords(column);
    if (words.length > 0) await console.print(`${column.name}: ${words.join('; ')}`);
  }
  await console.print(`duplicates  rows ${duplicateText(schema)}`);
  const { hour, columns: keys } = schema.partitioning;
  await console.print(`folders by  ${['day', ...(hour ? ['hour'] : []), ...keys].join(', ')} (UTC)`);
  if (schema.explode) await console.print(`a row per   element of ${memberPath(schema.explode)}`);
  if (schema.sessions) await console.print(`sessions    ${sessionText(schema)}`);
  if (schema.zone !== undefined)
    await console.print(`time zone   ${schema.zone}: days, hours and weekdays of answers`);
  if (schema.amountPer)
    await console.print(
      `amount      ${schema.roles.amount} x ${schema.roles.quantity}: the price is per unit`,
    );
  for (const [action, value] of tableActions(schema))
    await console.print(`action      ${action}: ${actionText(value)}`);
  if (schema.purchaseItems) await console.print(`purchases   ${purchaseItemsText(schema.purchaseItems)}`);
  await console.print(`sorted by   ${schema.sortOrder.join(', ')}`);
  for (const [name, source] of Object.entries(schema.sources ?? {}))
    await console.print(
      `source ${name}  ${sourceText(source).join('; ') || 'fields by the names of the columns'}`,
    );
  for (const [name, rule] of Object.entries(schema.lookups ?? {}))
    await console.print(`lookup ${name}  ${lookupText(rule).join('; ')}`);
  await console.print(style('dim', 'Cleaning rules: headwater derive data-dictionary'));
}
