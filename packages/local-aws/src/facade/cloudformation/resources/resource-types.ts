import { apiResource } from './api-resource.ts';
import type { ResourceHandler } from './resource-handler.ts';
import { accountTypes } from './types/account-types.ts';
import { analysisTypes } from './types/analysis-types.ts';
import { awsCallResource } from './types/aws-call-resource.ts';
import { bucketHandler } from './types/bucket.ts';
import { bucketPolicyHandler } from './types/bucket-policy.ts';
import { catalogTypes } from './types/catalog-types.ts';
import { flowTypes } from './types/flow-types.ts';
import { functionTypes } from './types/function-types.ts';
import { iamTypes } from './types/iam-types.ts';
import { messagingTypes } from './types/messaging-types.ts';
import { permissionTypes } from './types/permission-types.ts';
import { quicksightTypes } from './types/quicksight-types.ts';
import { streamTypes } from './types/stream-types.ts';
import { tableTypes } from './types/table-types.ts';
import { watchTypes } from './types/watch-types.ts';

/** The types that are described by calls of an API. */
export const describedTypes = {
  ...accountTypes,
  ...analysisTypes,
  ...catalogTypes,
  ...flowTypes,
  ...functionTypes,
  ...iamTypes,
  ...messagingTypes,
  ...permissionTypes,
  ...quicksightTypes,
  ...streamTypes,
  ...tableTypes,
  ...watchTypes,
};

/**
 * The types of resources that the stand-in makes, each by the API of its service. moto's own CloudFormation is not used: it makes buckets,
 * functions and streams without most of their properties, and does not say so. Any other type is listed as skipped.
 */
export const resourceTypes: ReadonlyMap<string, ResourceHandler> = new Map([
  ...Object.entries(describedTypes).map(([type, row]): [string, ResourceHandler] => [
    type,
    apiResource(type, row),
  ]),
  ['Custom::AWS', awsCallResource],
  ['Custom::DataBrewPublishedRecipe', awsCallResource],
  ['AWS::S3::Bucket', bucketHandler],
  ['AWS::S3::BucketPolicy', bucketPolicyHandler],
]);

/** Types that describe the template and make nothing. */
export const emptyTypes: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::WaitConditionHandle',
]);
