import type { AwsTarget } from '../../catalog/aws-target.ts';
import { checkedCron } from '../../catalog/cron-expression.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { dataBrewName } from './databrew-place.ts';

/** The input of DataBrew's CreateSchedule (https://docs.aws.amazon.com/databrew/latest/dg/API_CreateSchedule.html). */
export interface DataBrewSchedule {
  readonly Name: string;
  readonly JobNames: string[];
  /** In UTC. */
  readonly CronExpression: string;
  readonly Tags: Record<string, string>;
}

/** Options of {@link deriveDataBrewSchedule}. */
export interface DataBrewScheduleOptions {
  /** When the job runs, in UTC, such as `cron(0 3 * * ? *)`. Defaults to the schedule of the config, or to 03:00 each day. */
  readonly schedule?: string | undefined;
}

/**
 * When a table's job runs, as the input of DataBrew's CreateSchedule
 * (https://docs.aws.amazon.com/databrew/latest/dg/jobs.cron.html).
 *
 * @throws HeadwaterError `OPTION_INVALID` when `schedule` is not a cron expression
 * @example deriveDataBrewSchedule(clickstream.schema, target, { schedule: 'cron(0 6 ? * MON-FRI *)' })
 * // { Name: 'headwater-shop-clickstream', JobNames: ['headwater-shop-clickstream'], CronExpression: 'cron(0 6 ? * MON-FRI *)', Tags: ... }
 */
export function deriveDataBrewSchedule(
  { name: table }: TableSchema,
  target: AwsTarget,
  options: DataBrewScheduleOptions = {},
): DataBrewSchedule {
  const schedule = options.schedule ?? target.dataBrew?.schedule ?? 'cron(0 3 * * ? *)';
  const Name = dataBrewName(target, table);
  return {
    Name,
    JobNames: [Name],
    CronExpression: checkedCron('schedule', schedule),
    Tags: tableTags(target, table),
  };
}
