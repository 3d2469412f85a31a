import type { AwsTarget } from '@headwater/core';
import { quickSightPrefix } from '@headwater/core/internal';

/** What every asset of a dashboard is named by. */
export interface QuickSightPlace {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** All ids begin with it: `headwater-shop-clickstream`. */
  readonly prefix: string;
}

/** The place of a table's dashboard. */
export const quickSightPlace = (
  { account, region, partition, database }: Pick<AwsTarget, 'account' | 'region' | 'partition' | 'database'>,
  table: string,
  own: { readonly account?: string; readonly region?: string } = {},
): QuickSightPlace => ({
  account: own.account ?? account,
  region: own.region ?? region,
  partition,
  prefix: quickSightPrefix({ database }, table),
});

/** An id, of the prefix and its own part. */
export const assetId = ({ prefix }: QuickSightPlace, own: string): string => `${prefix}-${own}`;

/** The ARN of an asset. */
export const assetArn = (
  { account, region, partition }: QuickSightPlace,
  kind: 'datasource' | 'dataset' | 'theme',
  id: string,
): string => `arn:${partition}:quicksight:${region}:${account}:${kind}/${id}`;

/**
 * A column as data sets have it: `averageOrderValue` is `average_order_value`. Athena gives names back in lower case, and QuickSight looks
 * for them as they are written.
 */
export const columnName = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/\W/g, '_')
    .toLowerCase();
