import type { AwsTarget } from './aws-target.ts';

/**
 * How the ids of all assets of a table's dashboard on QuickSight begin. Neither name has a hyphen, so no two tables share an id: `shop` with
 * `web_clicks` and `shop_web` with `clicks` would, if underscores became hyphens. Nor does it begin the ids of another table, which a policy by
 * this prefix would take in.
 *
 * @example quickSightPrefix({ database: 'shop' }, 'clickstream') // 'headwater-shop-clickstream'
 */
export const quickSightPrefix = ({ database }: Pick<AwsTarget, 'database'>, table: string): string =>
  `headwater-${database}-${table}`;
