import { manyPartitions, mostPartitions } from '@headwater/core/internal';
import { grouped } from './figures.ts';

/**
 * The warning about a table whose keys project more partitions than a query without a range should list, with what to change.
 *
 * @param partitions all that the catalogue computes for the table
 * @returns undefined for a number that needs no warning
 */
export function manyPartitionsText(partitions: number): string | undefined {
  if (partitions <= manyPartitions) return undefined;
  return (
    `Athena lists ${grouped(partitions)} partitions for a query without a range, and fails above ${grouped(mostPartitions)}. ` +
    'Set firstDay and lastDay closer to the data, or partition by fewer columns'
  );
}
