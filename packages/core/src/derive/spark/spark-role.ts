import type { AwsTarget } from '../../catalog/aws-target.ts';
import { type ServiceRole, serviceRole } from '../service-role.ts';
import { sparkJobRole } from './spark-job-place.ts';

/** The input of IAM's CreateRole (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html). */
export type SparkRole = ServiceRole;

/**
 * The role that a table's Spark jobs run as, as the input of IAM's CreateRole. Glue alone may assume it, and only for this account
 * (https://docs.aws.amazon.com/glue/latest/dg/cross-service-confused-deputy-prevention.html). Its permissions are those of
 * `deriveIamPolicy(tables, target, 'spark-job')`.
 */
export function deriveSparkRole(target: AwsTarget): SparkRole {
  return serviceRole(
    target,
    'glue',
    sparkJobRole(target),
    `Spark jobs that load the lake ${target.location}`,
  );
}
