import type { AwsTarget } from '../../catalog/aws-target.ts';
import { type ServiceRole, serviceRole } from '../service-role.ts';
import { dataBrewRole } from './databrew-place.ts';

/**
 * The role that DataBrew's jobs and projects run as, as the input of IAM's CreateRole. DataBrew alone may assume it, and only for this
 * account (https://docs.aws.amazon.com/databrew/latest/dg/cross-service-confused-deputy-prevention.html). Its permissions are those of
 * `deriveIamPolicy(tables, target, 'databrew')`.
 *
 * @param role its ARN. Defaults to that of the config, or to `headwater-<database>-databrew` of the account
 * @throws HeadwaterError `OPTION_INVALID` when `role` is not the ARN of a role
 * @example deriveDataBrewRole(target).RoleName // 'headwater-shop-databrew'
 */
export const deriveDataBrewRole = (target: AwsTarget, role?: string): ServiceRole =>
  serviceRole(
    target,
    'databrew',
    dataBrewRole(target, role),
    `DataBrew jobs and projects over what lands for the lake ${target.location}`,
  );
