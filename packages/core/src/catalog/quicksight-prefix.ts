import type { AwsTarget } from './aws-target.ts';

/**
 * How the ids of all assets of a table's dashboard on QuickSight begin. Keys of tables there take letters, digits and hyphens alone.
 *
 * @example quickSightPrefix({ database: 'shop' }, 'clickstream') // 'headwater-shop-clickstream'
 */
export const quickSightPrefix = ({ database }: Pick<AwsTarget, 'database'>, table: string): string =>
  `headwater-${database}-${table}`.replaceAll('_', '-');
