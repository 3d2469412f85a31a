import type { AwsTarget } from '../../catalog/aws-target.ts';
import { type ServiceRole, serviceRole } from '../service-role.ts';
import { crawlerRole } from './crawler-place.ts';

/**
 * The role that crawlers run as, as the input of IAM's CreateRole. Glue alone may assume it, and only for this account. Its permissions
 * are those of `deriveIamPolicy(tables, target, 'crawler')`.
 *
 * @param role its ARN. Defaults to that of the config, or to `headwater-<database>-crawler` of the account
 * @example deriveCrawlerRole(target).RoleName // 'headwater-shop-crawler'
 */
export const deriveCrawlerRole = (target: AwsTarget, role: string = crawlerRole(target)): ServiceRole =>
  serviceRole(target, 'glue', role, `Crawlers of what lands for the lake ${target.location}`);
