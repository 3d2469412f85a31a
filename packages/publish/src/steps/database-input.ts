import { type AwsTarget, deriveCrawler, type TableSchema } from '@headwater/core';

/** A database of the Glue Data Catalog, as CreateDatabase takes it. */
export interface DatabaseInput {
  readonly Name: string;
  readonly LocationUri: string;
}

/** The database of a lake, or of the crawlers of what lands. */
export const databaseInput = ({
  database,
  location,
}: Pick<AwsTarget, 'database' | 'location'>): DatabaseInput => ({
  Name: database,
  LocationUri: `${location}/`,
});

/** The database that the crawler of a table writes to. */
export function crawlerDatabaseInput(schema: TableSchema, target: AwsTarget): DatabaseInput {
  const { DatabaseName: database, Targets } = deriveCrawler(schema, target);
  const location = Targets.S3Targets[0]?.Path.replace(/\/$/, '') ?? target.location;
  return databaseInput({ database, location });
}
