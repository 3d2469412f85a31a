import type { Column, Table, TableInput } from '@aws-sdk/client-glue';

/** Prefixes of parameters that Headwater owns. */
const ownPrefixes = ['projection.', 'headwater.', 'storage.location.template'];

const isOwn = (key: string): boolean => ownPrefixes.some((prefix) => key.startsWith(prefix));

/**
 * The parts of a Glue table as normalised texts by name: order, case, blanks, and absent or empty texts make no difference. The
 * text of a view is one part.
 *
 * @param keys parameters to include besides those that Headwater owns; defaults to all
 */
export function tableParts(table: Table | TableInput, keys?: ReadonlySet<string>): Map<string, string> {
  const { StorageDescriptor: storage = {}, Parameters: parameters = {} } = table;
  const serde = storage.SerdeInfo ?? {};
  const parts: [string, string | undefined][] = [
    ['description', table.Description?.trim()],
    ['table type', table.TableType],
    ['view', table.ViewOriginalText],
    ['location', storage.Location?.replace(/\/*$/, '/')],
    ['input format', storage.InputFormat],
    ['output format', storage.OutputFormat],
    ['SerDe', serde.SerializationLibrary],
    ...Object.entries(serde.Parameters ?? {}).map(([key, value]): [string, string] => [
      `SerDe parameter ${key}`,
      value,
    ]),
    ['order of columns', (storage.Columns ?? []).map(({ Name = '' }) => Name.toLowerCase()).join(', ')],
    ...(storage.Columns ?? []).map(columnPart('column')),
    [
      'order of partition keys',
      (table.PartitionKeys ?? []).map(({ Name = '' }) => Name.toLowerCase()).join(', '),
    ],
    ...(table.PartitionKeys ?? []).map(columnPart('partition key')),
    ...Object.entries(parameters)
      .filter(([key]) => !keys || keys.has(key) || isOwn(key))
      .map(([key, value]): [string, string] => [
        `parameter ${key}`,
        /^true|false$/i.test(value) ? value.toLowerCase() : value,
      ]),
  ];
  return new Map(parts.flatMap(([name, text]) => (text ? [[name, text]] : [])));
}

/** A column's type, comment and parameters as normalised texts, empty where there are none. */
export function columnTexts({ Type = '', Comment = '', Parameters = {} }: Column): {
  readonly type: string;
  readonly comment: string;
  readonly parameters: string;
} {
  const parameters = Object.entries(Parameters)
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  return {
    type: Type.toLowerCase().replaceAll(/\s/g, ''),
    comment: Comment.trim(),
    parameters: parameters.join(' · '),
  };
}

const columnPart =
  (what: string) =>
  (column: Column): [string, string] => {
    const { type, comment, parameters } = columnTexts(column);
    return [
      `${what} ${(column.Name ?? '').toLowerCase()}`,
      [type, comment, parameters].filter(Boolean).join(' · '),
    ];
  };

/**
 * The input of UpdateTable: the derived table, with the parameters that others set. An update replaces the whole table, and
 * refuses the other fields of GetTable, such as `CreateTime`
 * (https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateTable.html).
 */
export function mergedInput(live: Table, ours: TableInput): TableInput {
  const { Owner, Retention, LastAccessTime, LastAnalyzedTime, TargetTable } = live;
  const storage = live.StorageDescriptor ?? {};
  const foreign = Object.entries(live.Parameters ?? {}).filter(([key]) => !isOwn(key));
  const columns = new Map((storage.Columns ?? []).map((column) => [column.Name?.toLowerCase(), column]));
  return dropUndefined({
    Owner,
    Retention,
    LastAccessTime,
    LastAnalyzedTime,
    TargetTable,
    ...ours,
    Parameters: { ...Object.fromEntries(foreign), ...ours.Parameters },
    StorageDescriptor: {
      ...storage,
      ...ours.StorageDescriptor,
      Columns: (ours.StorageDescriptor?.Columns ?? []).map((column) => {
        const Parameters = { ...columns.get(column.Name)?.Parameters, ...column.Parameters };
        return Object.keys(Parameters).length > 0 ? { ...column, Parameters } : column;
      }),
    },
  });
}

const dropUndefined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value;
