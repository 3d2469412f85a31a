import type { AwsTarget } from '../../catalog/aws-target.ts';
import { layerTable } from '../../catalog/layers/layer-table.ts';
import { type PermissionClass, visiblePii } from '../../catalog/permission-class.ts';
import { readName } from '../../catalog/read-view.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { LakeFormationCall, LfFilterName, LfPermission, LfResource } from './lake-formation-call.ts';
import { visiblePart } from './lake-formation-filters.ts';
import type { GuardedTable } from './lake-formation-tables.ts';
import { tagKey } from './lake-formation-tags.ts';

/** Who reads the clean events. */
export interface LakeFormationReader {
  /** The ARN of a role or a user. */
  readonly principal: string;
  /** Defaults to every column. */
  readonly permissionClass?: PermissionClass | undefined;
}

/** Everybody whom IAM allows: the default grantee of an account that was not changed. */
const everybody = 'IAM_ALLOWED_PRINCIPALS';

const rights = (
  operation: 'GrantPermissions' | 'RevokePermissions',
  { account: CatalogId }: AwsTarget,
  principal: string,
): ((Resource: LfResource, ...Permissions: LfPermission[]) => LakeFormationCall) => {
  const Principal = { DataLakePrincipalIdentifier: principal };
  return (Resource, ...Permissions) => ({
    operation,
    input: { CatalogId, Principal, Resource, Permissions },
  });
};

const database = ({ account, database: Name }: AwsTarget): LfResource => ({
  Database: { CatalogId: account, Name },
});
const tableOf = ({ account, database: DatabaseName }: AwsTarget, Name: string): LfResource => ({
  Table: { CatalogId: account, DatabaseName, Name },
});

/** The ARN of the lake's place on S3. */
export const lakeArn = ({ partition, location }: AwsTarget): string =>
  `arn:${partition}:s3:::${location.replace(/^s3:\/\//, '')}`;

/** A reader's rights by the tag: to every column with the values, in every table of the account that has the tag. */
export function grantsByTag(
  { principal, permissionClass }: LakeFormationReader,
  target: AwsTarget,
): LakeFormationCall[] {
  const grant = rights('GrantPermissions', target, principal);
  const Expression = [{ TagKey: tagKey, TagValues: [...visiblePii(permissionClass)] }];
  const byTag = { CatalogId: target.account, ResourceType: 'TABLE', Expression } as const;
  return [grant(database(target), 'DESCRIBE'), grant({ LFTagPolicy: byTag }, 'SELECT', 'DESCRIBE')];
}

/** A reader's rights by the filter of its class, and to the view that it reads. */
export function grantsByFilter(
  { principal, permissionClass }: LakeFormationReader,
  schema: TableSchema,
  target: AwsTarget,
): LakeFormationCall[] {
  const grant = rights('GrantPermissions', target, principal);
  const part = visiblePart(layerTable(schema, target, {}), target, permissionClass);
  if (part === 'none') return [];
  const view = readName(schema, permissionClass);
  const table =
    part === 'all'
      ? grant(tableOf(target, schema.name), 'SELECT', 'DESCRIBE')
      : grant({ DataCellsFilter: filterName(part) }, 'SELECT');
  return [
    grant(database(target), 'DESCRIBE'),
    table,
    ...(view === schema.name ? [] : [grant(tableOf(target, view), 'SELECT', 'DESCRIBE')]),
  ];
}

const filterName = ({ TableCatalogId, DatabaseName, TableName, Name }: LfFilterName): LfFilterName => ({
  TableCatalogId,
  DatabaseName,
  TableName,
  Name,
});

/** What publishing needs: the database, its tables, and the location, without which Glue refuses tables over it. */
export function publisherGrants(principal: string, target: AwsTarget): LakeFormationCall[] {
  const grant = rights('GrantPermissions', target, principal);
  const { account: CatalogId, database: DatabaseName } = target;
  return [
    grant({ DataLocation: { CatalogId, ResourceArn: lakeArn(target) } }, 'DATA_LOCATION_ACCESS'),
    grant(database(target), 'DESCRIBE', 'CREATE_TABLE'),
    grant({ Table: { CatalogId, DatabaseName, TableWildcard: {} } }, 'ALTER', 'DROP', 'DESCRIBE'),
  ];
}

/** Takes the rights of everybody whom IAM allows, without which no other grant restricts anybody. */
export function revocations(tables: readonly GuardedTable[], target: AwsTarget): LakeFormationCall[] {
  const revoke = rights('RevokePermissions', target, everybody);
  return [revoke(database(target), 'ALL'), ...tables.map(({ name }) => revoke(tableOf(target, name), 'ALL'))];
}
