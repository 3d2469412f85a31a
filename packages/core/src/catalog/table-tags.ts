import type { AwsTarget } from './aws-target.ts';

/**
 * The tags of what services on AWS have for a table.
 *
 * @param tags further ones, which replace those of the same names
 * @example tableTags(target, 'clickstream') // { 'headwater-database': 'shop', 'headwater-table': 'clickstream' }
 */
export const tableTags = (
  { database }: Pick<AwsTarget, 'database'>,
  table: string,
  tags: Readonly<Record<string, string>> = {},
): Record<string, string> => ({ 'headwater-database': database, 'headwater-table': table, ...tags });
