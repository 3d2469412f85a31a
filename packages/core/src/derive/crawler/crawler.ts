import type { AwsTarget } from '../../catalog/aws-target.ts';
import { checkedCron } from '../../catalog/cron-expression.ts';
import { landingFolder, tableLanding } from '../../catalog/landing-folder.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import { assertWholeNumber } from '../../options/whole-number.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { type CrawlerNames, crawlerPlace } from './crawler-place.ts';

/** The input of Glue's CreateCrawler (https://docs.aws.amazon.com/glue/latest/webapi/API_CreateCrawler.html). */
export interface GlueCrawler {
  readonly Name: string;
  readonly Description: string;
  /** The ARN of the role that the crawler runs as. */
  readonly Role: string;
  readonly DatabaseName: string;
  readonly TablePrefix: string;
  readonly Targets: {
    readonly S3Targets: {
      readonly Path: string;
      readonly Exclusions?: string[];
      readonly SampleSize?: number;
    }[];
  };
  /** `cron(...)`, UTC. Absent: the crawler runs when it is started. */
  readonly Schedule?: string;
  readonly RecrawlPolicy: { readonly RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' };
  readonly SchemaChangePolicy: { readonly UpdateBehavior: 'LOG'; readonly DeleteBehavior: 'LOG' };
  /** JSON. */
  readonly Configuration: string;
  readonly Tags: Record<string, string>;
}

/** Options of {@link deriveCrawler}. */
export interface CrawlerOptions extends CrawlerNames {
  /** The folder where the table's raw objects land, `s3://bucket/folder/`. Defaults to the config's, or the place of its raw layer. */
  readonly landing?: string | undefined;
  /** When it runs, `cron(minutes hours day-of-month month day-of-week year)` in UTC. Defaults to the config's, or to none: it is started by hand. */
  readonly schedule?: string | undefined;
  /** Glob patterns of objects below the landing folder that are not crawled, such as `**.tmp`. Defaults to none. */
  readonly exclude?: readonly string[] | undefined;
  /** How many files of each folder are read, 1 to 249. Defaults to all of them. */
  readonly sampleFiles?: number | undefined;
  /** A crawl that finds more tables writes nothing. Defaults to 10. */
  readonly maxTables?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** As the page of `SampleSize` has it (https://docs.aws.amazon.com/glue/latest/webapi/API_S3Target.html). */
const mostSampleFiles = 249;

/**
 * The crawler of a table's landing folder, as the input of Glue's CreateCrawler. It makes a table over the raw files, with the columns
 * that it finds in them, for a look at what producers send; loads do not read it.
 *
 * It crawls folders that are new since its last run, and never changes a table that is there:
 * - `CRAWL_NEW_FOLDERS_ONLY` forces the update and delete behaviour to `LOG`, and CreateCrawler refuses other values
 *   (https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html). What no longer fits its table is reported in the log.
 * - Partitions take their schema from the table, so that a query does not fail on a partition that differs
 *   (https://docs.aws.amazon.com/glue/latest/dg/crawler-schema-changes-prevent.html).
 * - One table for each format, whatever the folders are called
 *   (https://docs.aws.amazon.com/glue/latest/dg/crawler-grouping-policy.html), and at most `maxTables`
 *   (https://docs.aws.amazon.com/glue/latest/dg/crawler-maximum-number-of-tables.html).
 * - No partition index: it would need more rights, and Athena uses one only on request
 *   (https://docs.aws.amazon.com/glue/latest/dg/crawler-configure-partition-indexes.html).
 *
 * It writes to a database of its own ({@link crawlerPlace}), which must exist, as a role that may write to no other:
 * `deriveIamPolicy(tables, target, 'crawler')`. Once its table is to have other columns, remove the table and the crawler, and
 * create the crawler again: a first run crawls everything.
 *
 * @throws HeadwaterError `OPTION_INVALID` when `landing` is not `s3://bucket/folder/`, or overlaps the lake or the query results; when
 *   `database` is that of the published tables; when Glue refuses the schedule; or when a number is out of range
 * @example await glue.send(new CreateCrawlerCommand(deriveCrawler(clickstream.schema, target, { landing: 's3://shop-landing/clickstream/' })))
 * // { Name: 'headwater-shop-clickstream-landing', DatabaseName: 'shop_landing', TablePrefix: 'clickstream__', ... }
 */
export function deriveCrawler(
  schema: TableSchema,
  target: AwsTarget,
  options: CrawlerOptions = {},
): GlueCrawler {
  const { crawler = {} } = target;
  const { schedule = crawler.schedule, exclude = [], sampleFiles, maxTables = 10, tags = {} } = options;
  const { name, database, tablePrefix, role } = crawlerPlace(schema.name, target, options);
  assertWholeNumber('maxTables', maxTables, 1, Number.POSITIVE_INFINITY);
  if (sampleFiles !== undefined) assertWholeNumber('sampleFiles', sampleFiles, 1, mostSampleFiles);
  return {
    Name: name,
    Description: `Raw files of ${schema.name}, as they land`,
    Role: role,
    DatabaseName: database,
    TablePrefix: tablePrefix,
    Targets: {
      S3Targets: [
        {
          Path:
            options.landing === undefined
              ? tableLanding(schema.name, target, crawler)
              : landingFolder(target, options.landing),
          ...(exclude.length > 0 ? { Exclusions: [...exclude] } : {}),
          ...(sampleFiles === undefined ? {} : { SampleSize: sampleFiles }),
        },
      ],
    },
    ...(schedule === undefined ? {} : { Schedule: checkedCron('schedule', schedule) }),
    RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' },
    SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' },
    Configuration: JSON.stringify({
      Version: 1,
      CrawlerOutput: {
        Partitions: { AddOrUpdateBehavior: 'InheritFromTable' },
        Tables: { TableThreshold: maxTables },
      },
      Grouping: { TableGroupingPolicy: 'CombineCompatibleSchemas' },
      CreatePartitionIndex: false,
    }),
    Tags: tableTags(target, schema.name, tags),
  };
}
