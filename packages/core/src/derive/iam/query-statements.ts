import type { AwsTarget } from '../../catalog/aws-target.ts';
import { glueArns, workgroupArn } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { lakeStatements, resultStatements } from './storage-statements.ts';

/** The tables and folders that a query on Athena reads. */
export interface QueryReach {
  /** Tables and views. */
  readonly names: readonly string[];
  /** Folders of the tables' files and manifests, below the lake. */
  readonly folders: readonly string[];
  /** The subject of the policy, for its reasons. */
  readonly about: string;
}

/** The permissions that queries on Athena need, and no others. */
export function queryStatements(
  target: AwsTarget,
  { names, folders, about }: QueryReach,
): ReasonedStatement[] {
  const [catalog = '', database = '', ...tables] = glueArns(target, names);
  const otherDatabase = database.replace(/[^/]*$/, 'default');
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
      Resource: [workgroupArn(target)],
      reason: 'Queries run in this workgroup only, with its limits',
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
      // Athena always checks the database `default` too
      // (https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html).
      Resource: [...new Set([catalog, otherDatabase, database]), ...tables],
      reason: `${about}; Glue also checks the catalog and the database of a table, and Athena the database default`,
    },
    ...lakeStatements(target, folders, 'read'),
    ...resultStatements(target),
    {
      Sid: 'ReadThroughLakeFormation',
      Effect: 'Allow',
      Action: ['lakeformation:GetDataAccess'],
      Resource: ['*'],
      reason: 'On *: Lake Formation has no resources in IAM. It gives access only to what it has granted',
    },
  ];
}
