import type { AwsTarget } from '../../catalog/aws-target.ts';
import { s3Place } from '../../catalog/s3-place.ts';
import { objectsBelow } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { landingStatements, listWholeBucket } from './storage-statements.ts';

/**
 * What a job or a crawler of Glue may do besides what it writes: read what lands, and write its logs and metrics
 * (https://docs.aws.amazon.com/glue/latest/dg/create-an-iam-role.html).
 *
 * @param landing where the inputs are, `s3://...`. Without any, only inputs below the lake's own folders can be read
 */
export function jobStatements(target: AwsTarget, landing: readonly string[]): ReasonedStatement[] {
  const { partition, region, account } = target;
  return [
    ...landingStatements(target, landing),
    {
      Sid: 'WriteLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [
        `arn:${partition}:logs:${region}:${account}:log-group:/aws-glue/*`,
        `arn:${partition}:logs:${region}:${account}:log-group:/aws-glue/*:log-stream:*`,
      ],
      reason: 'Logs; Glue creates their groups at the first run of an account',
    },
    {
      Sid: 'WriteMetrics',
      Effect: 'Allow',
      Action: ['cloudwatch:PutMetricData'],
      Resource: ['*'],
      Condition: { StringEquals: { 'cloudwatch:namespace': ['Glue'] } },
      reason: 'On *: CloudWatch has no resource for metrics; the condition limits them to those of Glue',
    },
  ];
}

/**
 * What somebody who submits loads may do: keep the job of a table, run it, and hand the job's role to Glue.
 *
 * @param jobs names of jobs
 * @param role the ARN of the role that the jobs run as
 * @param folders folders below the lake with the scripts, plans and reports
 */
export function submitStatements(
  target: AwsTarget,
  jobs: readonly string[],
  role: string,
  {
    jobFolders,
    manifests,
  }: { readonly jobFolders: readonly string[]; readonly manifests: readonly string[] },
): ReasonedStatement[] {
  const { partition, region, account } = target;
  const place = s3Place(target, target.location);
  return [
    {
      Sid: 'KeepJobs',
      Effect: 'Allow',
      Action: [
        'glue:GetJob',
        'glue:CreateJob',
        'glue:UpdateJob',
        'glue:TagResource',
        'glue:StartJobRun',
        'glue:GetJobRun',
        'glue:GetJobRuns',
        'glue:BatchStopJobRun',
      ],
      Resource: jobs.map((name) => `arn:${partition}:glue:${region}:${account}:job/${name}`),
      reason: 'The jobs of these tables: they are created, started, watched and stopped',
    },
    {
      Sid: 'PassRole',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [role],
      Condition: { StringEquals: { 'iam:PassedToService': ['glue.amazonaws.com'] } },
      reason: 'A job runs as this role; it can be handed to Glue only',
    },
    {
      Sid: 'WriteJobFiles',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: jobFolders.map((folder) => objectsBelow(place, folder)),
      reason: 'Scripts and plans are put beside the manifests, and the reports of runs are read there',
    },
    {
      Sid: 'ReadManifests',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: manifests.map((folder) => objectsBelow(place, folder)),
      reason: 'The manifests, to check that the definition fits the files of the lake; they have no rows',
    },
    listWholeBucket(place),
  ];
}
