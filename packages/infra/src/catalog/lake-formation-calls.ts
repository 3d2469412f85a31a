import { createHash } from 'node:crypto';
import type { LakeFormationCall } from '@headwater/core';

/**
 * The id of a call's resource, by what the call says. CloudFormation replaces a tag association, a grant or a filter that changes: it makes the
 * new one, and then takes back the old one, with what both of them gave. By its content, a call that stays the same stays the same resource.
 *
 * @example callId(call) // 'GrantPermissions-clickstream-41e0f1d2a7c3'
 */
export function callId(call: LakeFormationCall): string {
  const { operation, input } = call;
  // The values of a tag can change.
  if (operation === 'CreateLFTag') return `${operation}-${input.TagKey}`;
  return [operation, tableOf(call), digestOf(input)].filter((part) => part !== undefined).join('-');
}

/**
 * Calls whose filters are named by their columns as well: what CloudFormation replaces is there twice for a while, and needs two names.
 *
 * @example namedByContent(calls) // 'clickstream__no_pii' is 'clickstream__no_pii_9c1f0be2d344', where it is made and where it is granted
 */
export function namedByContent(calls: readonly LakeFormationCall[]): LakeFormationCall[] {
  const names = new Map(
    calls.flatMap(({ operation, input }) =>
      operation === 'CreateDataCellsFilter'
        ? [[input.TableData.Name, `${input.TableData.Name}_${digestOf(input.TableData.ColumnNames)}`]]
        : [],
    ),
  );
  const named = <Filter extends { readonly Name: string }>(filter: Filter): Filter => ({
    ...filter,
    Name: names.get(filter.Name) ?? filter.Name,
  });
  return calls.map((call): LakeFormationCall => {
    const { operation, input } = call;
    if (operation === 'CreateDataCellsFilter')
      return { operation, input: { TableData: named(input.TableData) } };
    if (operation !== 'GrantPermissions' || !('DataCellsFilter' in input.Resource)) return call;
    return {
      operation,
      input: { ...input, Resource: { DataCellsFilter: named(input.Resource.DataCellsFilter) } },
    };
  });
}

/** The table that a call is about. Undefined for one about the lake, or about every table of a tag. */
function tableOf({ operation, input }: LakeFormationCall): string | undefined {
  if (operation === 'CreateDataCellsFilter') return input.TableData.TableName;
  if (!('Resource' in input)) return undefined;
  const { Resource } = input;
  if ('TableWithColumns' in Resource) return Resource.TableWithColumns.Name;
  if ('DataCellsFilter' in Resource) return Resource.DataCellsFilter.TableName;
  return 'Table' in Resource && 'Name' in Resource.Table ? Resource.Table.Name : undefined;
}

const digestOf = (value: object): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
