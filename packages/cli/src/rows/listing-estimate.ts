import { layerTable, projectedPartitions } from '@headwater/core/internal';
import type { ScanEstimate } from '@headwater/queries';
import { requestsPrice } from '@headwater/storage';
import type { OpenedLake } from '../config/open-lake.ts';

/** The folders that an engine with partition projection lists for one reading of a table. */
export interface TableListing {
  readonly table: string;
  /** Partitions that the catalogue computes for the days of the query. Each costs a LIST request, whether it holds files or not. */
  readonly partitions: number;
  /** Those that hold files. */
  readonly filled: number;
}

/** What a query lists before it reads. */
export interface ListingEstimate {
  readonly tables: readonly TableListing[];
  readonly partitions: number;
  /** In US dollars. S3 charges it, not Athena. */
  readonly price: number;
}

/**
 * Estimates the listing of a query on tables with partition projection. Conditions on the day count; those on an hour or an enum may
 * leave fewer partitions.
 *
 * @returns undefined for an engine that lists no folders, and without `aws` in the config
 */
export function estimateListing(
  { config, engine }: Pick<OpenedLake, 'config' | 'engine'>,
  { tables }: ScanEstimate,
  now?: Date,
): ListingEstimate | undefined {
  const { aws } = config;
  if (engine.reads !== 'folders' || !aws) return undefined;
  const listings = tables.flatMap(({ table: name, asked, partitions: filled }): TableListing[] => {
    const table = config.tables.find((one) => one.name === name);
    if (!table) return [];
    const partitions = projectedPartitions(layerTable(table.schema, aws, {}), { ...asked, now });
    return [{ table: name, partitions, filled: Math.min(filled, partitions) }];
  });
  const partitions = listings.reduce((sum, one) => sum + one.partitions, 0);
  return { tables: listings, partitions, price: requestsPrice({ writes: partitions, reads: 0, deletes: 0 }) };
}
