import { z } from 'zod';
import { roleArn, s3Folder } from './config-field.ts';
import { cronExpression } from './cron-expression.ts';
import { type AwsStreamConfig, streamConfig, streamProblems } from './stream-config.ts';

/** How raw files are written. */
export type LandingFormat = 'csv' | 'json' | 'parquet';

/** The tables for which a service is asked. */
interface OfTables {
  /** The tables for which it is published. Defaults to every table of the config. */
  readonly tables?: readonly string[] | undefined;
}

/** What publishing keeps in Glue DataBrew for every table: dataset, recipe, job and ruleset, and on request a schedule and a project. */
export interface DataBrewConfig extends OfTables {
  /** The ARN of the role that jobs and projects run as. Defaults to `headwater-<database>-databrew` of the account. */
  readonly role?: string | undefined;
  /** The raw files: those of a table are in `<landing>/<table>/`. Defaults to the place of the raw layer, `<lake>/<table>__raw_<format>/`. */
  readonly landing?: string | undefined;
  /** How the raw files are written. Defaults to `csv`. */
  readonly format?: LandingFormat | undefined;
  /** Where jobs write: `<output>/<table>/`. It is not the lake, whose files only loads may write. */
  readonly output?: string | undefined;
  /** When jobs run, in UTC, such as `cron(0 3 * * ? *)`. Without it no schedule is published. */
  readonly schedule?: string | undefined;
  /** Whether a project is published, in which people see the recipe on a sample. Defaults to false: its sessions cost. */
  readonly project?: boolean | undefined;
}

/** The crawler of raw files that publishing keeps for every table. */
export interface CrawlerConfig extends OfTables {
  /** The ARN of the role that crawlers run as. Defaults to `headwater-<database>-crawler` of the account. */
  readonly role?: string | undefined;
  /** The raw files: those of a table are in `<landing>/<table>/`. Defaults to the place of the raw layer, `<lake>/<table>__raw_<format>/`. */
  readonly landing?: string | undefined;
  /** How the raw files are written. Defaults to `csv`. */
  readonly format?: LandingFormat | undefined;
  /** When crawlers run, in UTC, such as `cron(0 3 * * ? *)`. Defaults to no schedule: they are started by hand or by a trigger. */
  readonly schedule?: string | undefined;
}

/** The Glue Data Quality ruleset that publishing keeps for every table. */
export type DataQualityConfig = OfTables;

/** What publishing keeps beside the tables. Each is published only where the config has it. */
export interface PublishedServices {
  readonly dataBrew?: DataBrewConfig | undefined;
  readonly crawler?: CrawlerConfig | undefined;
  readonly dataQuality?: DataQualityConfig | undefined;
  /** The stream that events come by. Publishing makes its delivery stream, where it names one. */
  readonly stream?: AwsStreamConfig | undefined;
}

/** A service of {@link PublishedServices}. */
export type PublishedService = keyof PublishedServices;

const ofTables = { tables: z.array(z.string('must be a table')) };

const settings = {
  ...ofTables,
  role: roleArn,
  landing: s3Folder,
  format: z.enum(['csv', 'json', 'parquet']),
  schedule: cronExpression,
};

/** The fields of a config for {@link PublishedServices}. */
export const publishedServices = {
  dataBrew: z
    .strictObject({ ...settings, output: s3Folder, project: z.boolean('must be true or false') })
    .partial()
    .optional(),
  crawler: z.strictObject(settings).partial().optional(),
  dataQuality: z.strictObject(ofTables).partial().optional(),
  stream: streamConfig.optional(),
} satisfies Record<PublishedService, z.ZodType>;

/**
 * Problems of the services with the place of the lake.
 *
 * @param place the lake, and its region
 */
export function serviceProblems(
  { dataBrew, crawler, stream }: PublishedServices,
  place: { readonly region: string; readonly location: string },
): { field: string; problem: string }[] {
  const { location } = place;
  const taken = (field: string, folder: string | undefined): { field: string; problem: string }[] =>
    folder === location
      ? [
          {
            field,
            problem: `must not be the lake at ${location}: only loads write there, and list what they wrote`,
          },
        ]
      : [];
  return [
    ...taken('dataBrew.output', dataBrew?.output),
    ...taken('dataBrew.landing', dataBrew?.landing),
    ...taken('crawler.landing', crawler?.landing),
    ...(dataBrew?.output !== undefined && dataBrew.output === dataBrew.landing
      ? [
          {
            field: 'dataBrew.output',
            problem: 'must not be dataBrew.landing: a job would read what it wrote',
          },
        ]
      : []),
    ...streamProblems(stream, place),
  ];
}

/**
 * Whether a service is published for a table.
 *
 * @example publishesTable(target, 'dataBrew', 'clickstream') // false where the config has no dataBrew
 */
export function publishesTable(target: PublishedServices, service: PublishedService, table: string): boolean {
  const { [service]: config } = target;
  if (service === 'stream' && target.stream?.deliveryStream === undefined) return false;
  return config !== undefined && (config.tables ?? [table]).includes(table);
}
