import { manifestFolder } from '../../lake/manifest.ts';
import { quarantineName } from '../../lake/quarantine.ts';
import { objectsBelow } from '../iam/arns.ts';
import { type DerivedPolicy, policyOf, type ReasonedStatement } from '../iam/policy-document.ts';
import { lakeNamespace } from './lake-metrics.ts';
import type { PipelinePlace } from './pipeline-place.ts';

/** A role with the policy of what it may do. */
export interface PipelineRole {
  readonly name: string;
  readonly description: string;
  /** Who may take the role, and on whose behalf. */
  readonly trust: object;
  readonly permissions: DerivedPolicy;
}

/**
 * A trust policy for a service that acts for one resource only. Without the conditions, the service could be made to act for a
 * resource of another account (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
 */
const trusting = ({ target }: PipelinePlace, service: string, source: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: `${service}.amazonaws.com` },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': target.account },
        ArnLike: { 'aws:SourceArn': source },
      },
    },
  ],
});

/** The roles of the state machine, the verifying job and the pipe. The loading job has a role of its own. */
export const pipelineRoles = (place: PipelinePlace): PipelineRole[] => [
  {
    name: place.roles.load,
    description: `State machine ${place.stateMachine}`,
    trust: trusting(place, 'states', place.arn('states', `stateMachine:${place.stateMachine}`)),
    permissions: policyOf(loadStatements(place)),
  },
  {
    name: place.roles.verify,
    description: `Job ${place.verifyJob}: it reads the lake and writes results`,
    // https://docs.aws.amazon.com/glue/latest/dg/cross-service-confused-deputy-prevention.html
    trust: trusting(place, 'glue', place.arn('glue', '*')),
    permissions: policyOf(verifyStatements(place)),
  },
  {
    name: place.roles.pipe,
    description: `Pipe ${place.pipe}`,
    trust: trusting(place, 'pipes', place.arn('pipes', `pipe/${place.pipe}`)),
    permissions: policyOf(pipeStatements(place)),
  },
];

const loadStatements = (place: PipelinePlace): ReasonedStatement[] => [
  {
    // https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html
    Sid: 'RunJobs',
    Effect: 'Allow',
    Action: ['glue:StartJobRun', 'glue:GetJobRun', 'glue:GetJobRuns', 'glue:BatchStopJobRun'],
    Resource: [place.job, place.verifyJob].map((job) => place.arn('glue', `job/${job}`)),
    reason: 'Runs of the two jobs: started, followed, and stopped when an execution is stopped',
  },
  {
    Sid: 'ReadResults',
    Effect: 'Allow',
    Action: ['s3:GetObject'],
    Resource: [resultObjects(place)],
    reason: 'The results that the jobs write; they have counts and no rows',
  },
  ...keyStatement(place, ['kms:Decrypt']),
  {
    Sid: 'Notify',
    Effect: 'Allow',
    Action: ['sns:Publish'],
    Resource: [place.arn('sns', place.topic)],
    reason: 'Outcomes of loads',
  },
  {
    Sid: 'AskAgain',
    Effect: 'Allow',
    Action: ['sqs:SendMessage'],
    Resource: [place.arn('sqs', place.queue)],
    reason: 'The message of the queue is sent again while another run of the job is active',
  },
  {
    Sid: 'WriteMetrics',
    Effect: 'Allow',
    Action: ['cloudwatch:PutMetricData'],
    Resource: ['*'],
    Condition: { StringEquals: { 'cloudwatch:namespace': [lakeNamespace] } },
    reason: 'On *: CloudWatch has no resource for metrics; the condition limits them to those of the lake',
  },
];

const verifyStatements = (place: PipelinePlace): ReasonedStatement[] => [
  {
    Sid: 'ReadLake',
    Effect: 'Allow',
    Action: ['s3:GetObject'],
    Resource: [place.table, quarantineName(place.table), manifestFolder(place.table)].map((folder) =>
      objectsBelow(place.lakePlace, folder),
    ),
    reason: 'Files and manifests of the table, which are compared; the script is beside the manifests',
  },
  {
    Sid: 'WriteResults',
    Effect: 'Allow',
    Action: ['s3:PutObject'],
    Resource: [resultObjects(place)],
    reason: 'The result of the comparison',
  },
  ...keyStatement(place, ['kms:Decrypt', 'kms:GenerateDataKey']),
  {
    // https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging-enable.html
    Sid: 'WriteLogs',
    Effect: 'Allow',
    Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: [
      place.arn('logs', 'log-group:/aws-glue/*'),
      place.arn('logs', 'log-group:/aws-glue/*:log-stream:*'),
    ],
    reason: 'The log of the job',
  },
];

const pipeStatements = (place: PipelinePlace): ReasonedStatement[] => [
  {
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html
    Sid: 'TakeMessages',
    Effect: 'Allow',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    Resource: [place.arn('sqs', place.queue)],
    reason: 'Messages of the queue',
  },
  {
    Sid: 'StartExecutions',
    Effect: 'Allow',
    Action: ['states:StartExecution'],
    Resource: [place.arn('states', `stateMachine:${place.stateMachine}`)],
    reason: 'One execution for each message',
  },
];

const resultObjects = ({ lakePlace, resultKey }: PipelinePlace): string =>
  `${lakePlace.bucketArn}/${resultKey}*`;

const keyStatement = (
  { target: { kmsKey, region } }: PipelinePlace,
  Action: string[],
): ReasonedStatement[] =>
  kmsKey === undefined
    ? []
    : [
        {
          Sid: 'UseKey',
          Effect: 'Allow',
          Action,
          Resource: [kmsKey],
          Condition: { StringLike: { 'kms:ViaService': [`s3.${region}.*`] } },
          reason: 'Objects of the lake are encrypted by this key; it is used through S3 only',
        },
      ];
