import { RemovalPolicy } from 'aws-cdk-lib';
import type { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import { derivedResource } from '../resource/derived-resource.ts';
import type { DatabaseBody } from '../resource/small-bodies.ts';

/** A database of the Glue Data Catalog. It stays when the stack is deleted, with its tables. */
export function glueDatabase(
  scope: Construct,
  id: string,
  account: string,
  input: DatabaseBody['DatabaseInput'],
): CfnDatabase {
  const database = derivedResource(scope, id, 'AWS::Glue::Database', {
    CatalogId: account,
    DatabaseInput: input,
  });
  database.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return database;
}
