import { type ActionName, actionTable } from '../../table/action-table.ts';
import { isAlways, tableActions, valuesOfAction } from '../../table/action-value.ts';
import type { DataType } from '../../table/data-type.ts';
import { duplicateText, keepsAllRows } from '../../table/duplicate-rule.ts';
import { lookupText } from '../../table/lookup-rule.ts';
import { memberPath, pathText } from '../../table/nested-path.ts';
import { purchaseItemsText } from '../../table/purchase-items.ts';
import { type RoleName, roleTable } from '../../table/role-table.ts';
import { sessionText } from '../../table/session-rule.ts';
import { sourceText } from '../../table/source-rule.ts';
import { type Column, isWholeRowKey, type TableSchema } from '../../table/table-schema.ts';
import { parquetType } from '../../types/parquet-type.ts';
import { cleaningWords } from './cleaning-words.ts';

const code = (text: string): string => `\`${text}\``;
const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

/** A cell of a Markdown table, with `|` escaped and without line ends. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');

function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function typeText(type: DataType): string {
  if (type.kind === 'decimal') return `decimal(${type.precision}, ${type.scale})`;
  return type.kind === 'enum' ? `enum: ${codes(type.values)}` : type.kind;
}

function columnRow(column: Column): string[] {
  const { name, type, nullable, description, unit = '', pii } = column;
  const { physical, logical } = parquetType(type, name);
  const stored = logical ? `${physical}, ${logical}` : physical;
  return [code(name), typeText(type), nullable ? 'yes' : 'no', description, unit, pii, stored];
}

function columnsPart({ columns }: TableSchema): string {
  const heads = ['Column', 'Type', 'May be null', 'Description', 'Unit', 'PII', 'Stored in Parquet as'];
  return `## Columns\n\n${markdownTable(heads, columns.map(columnRow))}`;
}

function sourceNamesPart({ columns }: TableSchema): string | undefined {
  const rows = columns.flatMap(({ name, aliases, renamedFrom }) => {
    const names = [...renamedFrom, ...aliases];
    return names.length > 0 ? [[code(name), codes(names)]] : [];
  });
  if (rows.length === 0) return undefined;
  return [
    '## Source names',
    'A column is also read from these names. Case is ignored, except in JSON.',
    markdownTable(['Column', 'Also read from'], rows),
  ].join('\n\n');
}

function pathsPart({ columns, explode }: TableSchema): string | undefined {
  const rows = columns.flatMap(({ name, path }) => (path ? [[code(name), code(pathText(path))]] : []));
  if (rows.length === 0) return undefined;
  const list = explode && code(memberPath(explode));
  return [
    '## Paths',
    'A column is read from this path in JSON Lines and Parquet files, else from its aliases. Where a record has no such value, the column is null.',
    ...(list
      ? [
          `Each element of ${list} becomes a row. A record without elements is one row, with nulls in the columns that read them.`,
        ]
      : []),
    markdownTable(['Column', 'Path'], rows),
  ].join('\n\n');
}

function cleaningPart({ columns }: TableSchema): string {
  const rows = columns.map((column) => [code(column.name), cleaningWords(column).join('; ')]);
  return [
    '## Cleaning',
    'The rules for raw text, in this order. A row with a value that fails a rule goes to the quarantine, with the reasons.',
    markdownTable(['Column', 'Rules'], rows),
  ].join('\n\n');
}

function lookupsPart({ columns, lookups }: TableSchema): string | undefined {
  if (!lookups) return undefined;
  const rules = Object.entries(lookups).map(([name, rule]) => [code(name), lookupText(rule).join('; ')]);
  const cleaning = Object.values(lookups).flatMap(({ table, key, columns: own }) =>
    [key, ...own].map((column) => [code(`${table}.${column.name}`), cleaningWords(column).join('; ')]),
  );
  const rows = columns.flatMap(({ name, lookup }) =>
    lookup ? [[code(name), code(`${lookup.name}.${lookup.column}`)]] : [],
  );
  return [
    '## Lookups',
    'Tables whose columns are joined to events when they are loaded. An event without a value in the compared column is not looked up.',
    markdownTable(['Lookup', 'How rows are matched'], rules),
    markdownTable(['Column', 'Value of'], rows),
    "The rules for raw text of the lookups' own files. A row that breaks one stops the load.",
    markdownTable(['Column of a lookup', 'Rules'], cleaning),
  ].join('\n\n');
}

function sourcesPart({ sources }: TableSchema): string | undefined {
  if (!sources) return undefined;
  const rows = Object.entries(sources).map(([name, source]) => [
    code(name),
    sourceText(source).join('; ') || 'fields by the names of the columns',
  ]);
  return [
    '## Sources',
    'The kinds of files that the table is loaded from. Rows that a source leaves out are counted as filtered.',
    markdownTable(['Source', 'How its files are read'], rows),
  ].join('\n\n');
}

function rolesPart(schema: TableSchema): string {
  const { roles, amountPer } = schema;
  const rows = Object.entries(roles).map(([role, name]) => [
    role,
    code(name),
    roleTable[role as RoleName].meaning,
  ]);
  const meanings = [...tableActions(schema)].map(([action, value]) => [
    action,
    isAlways(value) ? 'every row' : codes(valuesOfAction(value)),
    actionTable[action as ActionName]?.meaning ?? '',
  ]);
  const unitPrice = `The amount is the price of one unit: the amount of an event is ${code(roles.amount ?? 'amount')} x ${code(roles.quantity ?? 'quantity')}.`;
  return [
    '## Roles',
    'Metrics read columns by role.',
    markdownTable(['Role', 'Column', 'Meaning'], rows),
    ...(amountPer === 'unit' ? [unitPrice] : []),
    ...(schema.purchaseItems ? [`Purchases: ${purchaseItemsText(schema.purchaseItems)}.`] : []),
    ...(meanings.length > 0 ? [markdownTable(['Action', 'Value', 'Meaning'], meanings)] : []),
  ].join('\n\n');
}

/** What the rule means where the order of loads matters. */
function orderNote(schema: TableSchema): string {
  if (keepsAllRows(schema)) return ' A file that was loaded before is skipped.';
  if (isWholeRowKey(schema)) return '';
  if (schema.duplicateRule?.by !== undefined)
    return ' A null loses to every value, and of equal values the order of loads decides.';
  return schema.duplicateRule?.keep === 'last'
    ? ' It replaces an earlier row that is in the lake.'
    : ' A later row is dropped, also when it is a correction.';
}

function layoutPart(schema: TableSchema): string {
  const { time, hour, columns } = schema.partitioning;
  const folders = [
    'dt=YYYY-MM-DD',
    ...(hour ? ['hour=HH'] : []),
    ...columns.map((name) => `${name}=<value>`),
  ];
  const folder = code(`${schema.name}/${folders.join('/')}/`);
  const lines = [
    `- Folder: ${folder}, by the UTC day${hour ? ' and hour' : ''} of ${code(time)}.`,
    ...(schema.sessions === undefined
      ? []
      : [
          `- Sessions: ${sessionText(schema, code)}. Events that exceed it count as events without a session.`,
        ]),
    ...(schema.zone === undefined
      ? []
      : [
          `- Time zone of answers: ${code(schema.zone)}. Their days, hours and weekdays are those of the zone; folders are UTC.`,
        ]),
    `- Duplicates: rows ${duplicateText(schema, code)}.${orderNote(schema)}`,
    `- Order of rows in a file: ${codes(schema.sortOrder)}.`,
  ];
  return `## Layout\n\n${lines.join('\n')}`;
}

/**
 * The table's data dictionary as Markdown: columns, source names, cleaning rules in words, roles, and the layout of its files.
 *
 * @example await writeFile('clickstream.md', deriveDataDictionary(clickstream.schema))
 */
export function deriveDataDictionary(schema: TableSchema): string {
  const parts = [
    `# ${schema.name}`,
    schema.description,
    columnsPart(schema),
    sourceNamesPart(schema),
    pathsPart(schema),
    sourcesPart(schema),
    lookupsPart(schema),
    cleaningPart(schema),
    rolesPart(schema),
    layoutPart(schema),
  ];
  return `${parts.filter((part) => part).join('\n\n')}\n`;
}
