import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { PermissionClass } from '../../catalog/permission-class.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { readName } from '../../catalog/read-view.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import { manifestFolder } from '../../lake/manifest.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { glueArns, workgroupArn } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { rollupFolders, rollupStates } from './rollup-folders.ts';
import { type DataAccess, keyStatements, readStatements, resultStatements } from './storage-statements.ts';

/** What queries reach. */
export interface QueryReach {
  /** The subject of the policy, for its reasons. */
  readonly about: string;
  readonly permissionClass?: PermissionClass | undefined;
  readonly access?: DataAccess | undefined;
  /** Whether stored answers of the tables are read as well: those of every metric. Defaults to false. */
  readonly rollups?: boolean | undefined;
}

/** The permissions that queries on Athena of these tables need, and no others. */
export function queryStatements(
  target: AwsTarget,
  schemas: readonly TableSchema[],
  {
    about,
    permissionClass,
    access = permissionClass === undefined ? 'athena' : 'lake-formation',
    rollups = false,
  }: QueryReach,
): ReasonedStatement[] {
  if (permissionClass !== undefined && access === 'athena') {
    const expected = `lake-formation for ${permissionClass}: with access to the files, a reader sees every column`;
    throw new HeadwaterError('OPTION_INVALID', { option: 'access', value: access, expected });
  }
  const tables = schemas.map(({ name }) => name);
  const views = schemas.map((schema) => readName(schema, permissionClass));
  // A rollup has no columns that a class may not see taken out of it, so such readers have none.
  const stored = rollups && permissionClass === undefined ? tables : [];
  const readable = [...new Set([...tables, ...views]), ...stored.map(rollupFolders)];
  const [catalog = '', database = '', ...names] = glueArns(target, readable);
  const { workgroup, results } = queryPlace(target, permissionClass);
  return [
    {
      Sid: 'RunQueries',
      Effect: 'Allow',
      Action: [
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetQueryResultsStream',
        'athena:GetWorkGroup',
      ],
      Resource: [workgroupArn(target, workgroup)],
      reason: 'Queries run in this workgroup only, with its limits',
    },
    {
      // https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
      Sid: 'SeeDefaultDatabase',
      Effect: 'Allow',
      Action: ['glue:GetDatabase', 'glue:GetDatabases', 'glue:CreateDatabase'],
      Resource: [catalog, database.replace(/[^/]*$/, 'default')],
      reason:
        'Athena looks up the database default whatever a query reads, and creates it where it is missing',
    },
    {
      Sid: 'ReadCatalog',
      Effect: 'Allow',
      Action: [
        'glue:GetDatabase',
        'glue:GetTable',
        'glue:GetPartition',
        'glue:GetPartitions',
        'glue:BatchGetPartition',
      ],
      Resource: [catalog, database, ...names],
      reason: `${about}; Glue also checks the catalog and the database of a table`,
    },
    ...readStatements(
      target,
      {
        files: [...tables, ...stored.map(rollupFolders)],
        manifests: [...tables.map(manifestFolder), ...stored.map(rollupStates)],
      },
      access,
    ),
    ...resultStatements(target, results),
    ...keyStatements(target),
    {
      Sid: 'ReadThroughLakeFormation',
      Effect: 'Allow',
      Action: ['lakeformation:GetDataAccess'],
      Resource: ['*'],
      reason: 'On *: Lake Formation has no resources in IAM. It gives access only to what it has granted',
    },
  ];
}
