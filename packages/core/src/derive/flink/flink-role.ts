import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import { type ServiceRole, serviceRole } from '../service-role.ts';
import { type FlinkService, flinkRole } from './flink-place.ts';

const words = {
  application: 'Applications of Flink that answer questions from the streams of',
  studio: 'Notebooks of Flink Studio over the streams of',
} as const satisfies Record<FlinkService, string>;

/**
 * The role that applications, or notebooks, of Managed Flink run as, as the input of IAM's CreateRole. Managed Flink alone may assume it, and
 * only for this account (https://docs.aws.amazon.com/managed-flink/latest/java/iam-cross-service-confused-deputy-prevention.html). Its
 * permissions are those of `deriveIamPolicy(tables, target, 'flink')`, or `'flink-studio'`.
 *
 * @param service defaults to `application`
 * @throws HeadwaterError `OPTION_INVALID`
 * @example deriveFlinkRole(target).RoleName // 'headwater-shop-flink'
 */
export function deriveFlinkRole(target: AwsTarget, service: FlinkService = 'application'): ServiceRole {
  if (!Object.hasOwn(words, service))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'service',
      value: String(service),
      expected: `one of ${Object.keys(words).join(', ')}`,
    });
  return serviceRole(
    target,
    'kinesisanalytics',
    flinkRole(target, service),
    `${words[service]} ${target.database}`,
  );
}
