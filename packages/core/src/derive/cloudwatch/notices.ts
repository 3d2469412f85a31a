import type { AwsTarget } from '../../catalog/aws-target.ts';
import {
  type LakeAlarmsConfig,
  lakeAlarmsConfig,
  type NoticeName,
} from '../../catalog/lake-alarms-config.ts';
import { publishesTable } from '../../catalog/published-services.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { crawlerPlace } from '../crawler/crawler-place.ts';
import { dataBrewName } from '../databrew/databrew-place.ts';
import { pipelineNames } from '../load-pipeline/pipeline-place.ts';
import { checkedOptions } from './checked-options.ts';
import { runbookText } from './runbook.ts';

/** An event of AWS that somebody has to know of, where CloudWatch has no metric: a rule of EventBridge, and its message. */
export interface Notice {
  readonly name: NoticeName;
  /** The name of the rule. */
  readonly rule: string;
  readonly description: string;
  /** The input of EventBridge's PutRule has it as JSON (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html). */
  readonly pattern: {
    readonly source: string[];
    readonly 'detail-type': string[];
    readonly detail: Readonly<Record<string, unknown>>;
  };
  /** What the topic gets, as PutTargets takes it: words of ours and the names and states of AWS, and no value of a row. */
  readonly message: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
}

/**
 * What AWS says of the jobs of a table: the run of a job or of a crawler that failed, a job of DataBrew, rules of Glue Data Quality that do
 * not hold. EventBridge delivers each event at best effort, so that `load-failed` and `stale` do not depend on them.
 *
 * @param options words of `aws.alarms` in place of those of the config
 * @throws HeadwaterError `OPTION_INVALID`
 * @example deriveNotices(clickstream.schema, target).map(({ rule }) => rule) // ['headwater-shop-clickstream-job-failed', ...]
 */
export function deriveNotices(
  { name: table }: TableSchema,
  target: AwsTarget,
  options: LakeAlarmsConfig = {},
): Notice[] {
  const { off = [], runbooks }: LakeAlarmsConfig = {
    ...target.alarms,
    ...checkedOptions(lakeAlarmsConfig, options),
  };
  const { job, verifyJob } = pipelineNames(table, target);
  const notice = (
    name: NoticeName,
    description: string,
    [source, type]: readonly [source: string, type: string],
    detail: Readonly<Record<string, unknown>>,
    paths: Readonly<Record<string, string>>,
  ): Notice => ({
    name,
    rule: `headwater-${target.database}-${table}-${name}`,
    description,
    pattern: { source: [source], 'detail-type': [type], detail },
    message: {
      paths,
      template: JSON.stringify(
        `${description}: ${Object.keys(paths)
          .map((word) => `${word} <${word}>`)
          .join(', ')}. ${runbookText(name, runbooks)}`,
      ),
    },
  });
  const notices = [
    notice(
      'job-failed',
      `A run of a job of ${table} failed`,
      ['aws.glue', 'Glue Job State Change'],
      { jobName: [job, verifyJob], state: ['FAILED', 'TIMEOUT', 'ERROR'] },
      { job: '$.detail.jobName', run: '$.detail.jobRunId', state: '$.detail.state' },
    ),
    ...(publishesTable(target, 'dataQuality', table)
      ? [
          notice(
            'data-quality-failed',
            `Rules of Glue Data Quality do not hold for ${table}`,
            ['aws.glue-dataquality', 'Data Quality Evaluation Results Available'],
            { state: ['FAILED'], context: { databaseName: [target.database], tableName: [table] } },
            { result: '$.detail.resultId', score: '$.detail.score' },
          ),
        ]
      : []),
    ...(publishesTable(target, 'dataBrew', table)
      ? [
          notice(
            'databrew-failed',
            `A job of DataBrew for ${table} failed`,
            ['aws.databrew', 'DataBrew Job State Change'],
            { jobName: [dataBrewName(target, table)], state: ['FAILED', 'TIMEOUT'] },
            { run: '$.detail.jobRunId', state: '$.detail.state' },
          ),
        ]
      : []),
    ...(publishesTable(target, 'crawler', table)
      ? [
          notice(
            'crawler-failed',
            `The crawler of ${table} failed`,
            ['aws.glue', 'Glue Crawler State Change'],
            { crawlerName: [crawlerPlace(table, target).name], state: ['Failed'] },
            { crawler: '$.detail.crawlerName', state: '$.detail.state' },
          ),
        ]
      : []),
  ];
  return notices.filter(({ name }) => !off.includes(name));
}
