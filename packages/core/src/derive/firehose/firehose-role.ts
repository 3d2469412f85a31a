import type { AwsTarget } from '../../catalog/aws-target.ts';
import { type ServiceRole, serviceRole } from '../service-role.ts';
import { firehoseRole } from './firehose-place.ts';

/**
 * The role that delivery streams run as, as the input of IAM's CreateRole. Firehose alone may assume it, and only for this account
 * (https://docs.aws.amazon.com/firehose/latest/dev/cross-service-confused-deputy-prevention.html). Its permissions are those of
 * `deriveIamPolicy(tables, target, 'firehose')`.
 *
 * @example deriveFirehoseRole(target).RoleName // 'headwater-shop-firehose'
 */
export const deriveFirehoseRole = (target: AwsTarget): ServiceRole =>
  serviceRole(
    target,
    'firehose',
    firehoseRole(target),
    `Delivery streams to the landing folder of the lake ${target.location}`,
  );
