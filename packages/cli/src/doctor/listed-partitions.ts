import type { AwsTarget } from '@headwater/core';
import { layerTable, projectedPartitions } from '@headwater/core/internal';
import type { LoadedConfig } from '../config/load-config.ts';
import { counted } from '../output/figures.ts';
import { manyPartitionsText } from '../output/many-partitions-text.ts';

/** The partitions that Athena lists for the tables of a config. */
interface ListedPartitions {
  /** Whether a table has more than a query without a range should list. */
  readonly areMany: boolean;
  readonly found: string;
}

/**
 * Counts the partitions that Athena computes for each table of a config, as the plan of a publication does.
 *
 * @param aws where the config's tables are on AWS
 * @param now moves the end of the projection. Defaults to the present
 */
export function listedPartitions(
  { tables }: Pick<LoadedConfig, 'tables'>,
  aws: AwsTarget,
  now?: Date,
): ListedPartitions {
  const counts = tables.map(({ name, schema }) => {
    const partitions = projectedPartitions(layerTable(schema, aws, {}), { now });
    return { name, partitions, warning: manyPartitionsText(partitions) };
  });
  return {
    areMany: counts.some(({ warning }) => warning !== undefined),
    found: counts
      .map(({ name, partitions, warning }) => `${name}: ${warning ?? counted(partitions, 'partition')}`)
      .join('. '),
  };
}
