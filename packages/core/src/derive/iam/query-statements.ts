import type { AwsTarget } from '../../catalog/aws-target.ts';
import { glueArns, workgroupArn } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { lakeStatements, resultStatements } from './storage-statements.ts';

/** What is asked of Athena: names of the catalog, and folders of the lake. */
export interface QueryReach {
  /** Tables and views. */
  readonly names: readonly string[];
  /** Folders below the lake that hold the tables' files, and their manifests. */
  readonly folders: readonly string[];
  /** Why, for the reasons: what is read. */
  readonly about: string;
}

/** Everything that one query on Athena needs, and nothing else. */
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
      reason: 'Queries run in this workgroup, under its limits, and in no other',
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
      // Athena asks for the database `default` whatever is asked of it
      // (https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html).
      Resource: [...new Set([catalog, otherDatabase, database]), ...tables],
      reason: `${about}; Glue asks for the catalog and the database of a table too, and Athena for the database default`,
    },
    ...lakeStatements(target, folders, 'read'),
    ...resultStatements(target),
    {
      Sid: 'ReadThroughLakeFormation',
      Effect: 'Allow',
      Action: ['lakeformation:GetDataAccess'],
      Resource: ['*'],
      reason: 'On *: Lake Formation knows no resources. It gives access only to what it has granted',
    },
  ];
}
