import type { Column, Table, TableInput } from '@aws-sdk/client-glue';

/** Parameters that are ours whatever their end. */
const ownPrefixes = ['projection.', 'headwater.', 'storage.location.template'];

const isOwn = (key: string): boolean => ownPrefixes.some((prefix) => key.startsWith(prefix));

/**
 * What a Glue table is made of, as texts by name, in one spelling: so that order, case and blanks are no difference,
 * nor an absent text and an empty one. A view's text is one part of it.
 *
 * @param keys parameters to look at besides those that are ours by their name; all when not given
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

const columnPart =
  (what: string) =>
  ({ Name = '', Type = '', Comment = '', Parameters = {} }: Column): [string, string] => {
    const own = Object.entries(Parameters)
      .map(([key, value]) => `${key}=${value}`)
      .sort();
    const texts = [Type.toLowerCase().replaceAll(/\s/g, ''), Comment.trim(), ...own];
    return [`${what} ${Name.toLowerCase()}`, texts.filter(Boolean).join(' · ')];
  };

/**
 * A table as UpdateTable takes it: ours, with what others set besides. An update replaces the whole table, and refuses
 * what GetTable says beyond its input, such as `CreateTime`
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
