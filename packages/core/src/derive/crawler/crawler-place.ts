import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';

/** Where a crawler writes, and what it runs as. */
export interface CrawlerPlace {
  /** The crawler's name. */
  readonly name: string;
  /** The Glue database that it writes to. Publishing never writes there, and the crawler writes nowhere else. */
  readonly database: string;
  /** Begins the name of every table that it makes, which ends in the name of a folder. */
  readonly tablePrefix: string;
  /** The ARN of its role. */
  readonly role: string;
}

/** Names that replace the default ones. */
export interface CrawlerNames {
  /** Defaults to `<database>_landing`. It cannot be the database of the published tables. */
  readonly database?: string | undefined;
  /** The ARN of the crawler's role. Defaults to the config's, or `headwater-<database>-crawler` of the account. */
  readonly role?: string | undefined;
}

/**
 * The names of a table's crawler. A table that a crawler makes can have any name: that of a folder that somebody makes later. So it
 * writes to a database of its own, and its role may write to no other.
 *
 * @throws HeadwaterError `OPTION_INVALID` for the database of the published tables, or a name that Glue and Athena do not share
 * @example crawlerPlace('clickstream', target)
 * // { name: 'headwater-shop-clickstream-landing', database: 'shop_landing', tablePrefix: 'clickstream__',
 * //   role: 'arn:aws:iam::123456789012:role/headwater-shop-crawler' }
 */
export function crawlerPlace(table: string, target: AwsTarget, names: CrawlerNames = {}): CrawlerPlace {
  const { database = crawlerDatabase(target), role = crawlerRole(target) } = names;
  const refuse = (expected: string): never => {
    throw new HeadwaterError('OPTION_INVALID', { option: 'database', value: database, expected });
  };
  if (database === target.database)
    refuse('another one than that of the published tables, which a crawler could overwrite');
  if (!/^[a-z][a-z0-9_]{0,254}$/.test(database))
    refuse('a lower-case letter, then lower-case letters, digits and _');
  return {
    name: `headwater-${target.database}-${table}-landing`,
    database,
    tablePrefix: crawlerTablePrefix(table),
    role,
  };
}

/** The database of crawlers, where none is named. */
export const crawlerDatabase = ({ database }: Pick<AwsTarget, 'database'>): string => `${database}_landing`;

/** Begins the names of the tables that the crawler of a table makes. */
export const crawlerTablePrefix = (table: string): string => `${table}__`;

/** The ARN of the role of crawlers, where no option names one. */
export const crawlerRole = ({ partition, account, database, crawler }: AwsTarget): string =>
  crawler?.role ?? `arn:${partition}:iam::${account}:role/headwater-${database}-crawler`;
