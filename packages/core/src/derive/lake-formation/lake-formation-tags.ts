import type { AwsTarget } from '../../catalog/aws-target.ts';
import { type PiiClass, piiClasses } from '../../table/column-metadata.ts';
import type { LakeFormationCall, LfTagPair } from './lake-formation-call.ts';
import { columnsOf } from './lake-formation-filters.ts';
import type { GuardedTable } from './lake-formation-tables.ts';

/** The tag of columns. Lake Formation folds keys and values to lower case; their maximum is 50 characters. */
export const tagKey = 'pii';

const tag = ({ account }: AwsTarget, values: readonly PiiClass[]): LfTagPair => ({
  CatalogId: account,
  TagKey: tagKey,
  TagValues: [...values],
});

/** Creates the tag, which an account has once. */
export const createTag = (target: AwsTarget): LakeFormationCall => ({
  operation: 'CreateLFTag',
  input: tag(target, piiClasses),
});

/** Tags a table with the strictest class, and each column and key with its own. */
export function tagCalls({ name, columns, keys }: GuardedTable, target: AwsTarget): LakeFormationCall[] {
  const table = { CatalogId: target.account, DatabaseName: target.database, Name: name };
  const tagColumns = (pii: PiiClass, names: string[]): LakeFormationCall[] =>
    names.length === 0
      ? []
      : [
          {
            operation: 'AddLFTagsToResource',
            input: {
              CatalogId: target.account,
              Resource: { TableWithColumns: { ...table, ColumnNames: names } },
              LFTags: [tag(target, [pii])],
            },
          },
        ];
  return [
    {
      operation: 'AddLFTagsToResource',
      input: { CatalogId: target.account, Resource: { Table: table }, LFTags: [tag(target, ['direct'])] },
    },
    ...piiClasses.flatMap((pii) => tagColumns(pii, columnsOf(columns, [pii]))),
    ...piiClasses.flatMap((pii) => tagColumns(pii, columnsOf(keys, [pii]))),
  ];
}
