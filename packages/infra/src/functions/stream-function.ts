import {
  type AwsTarget,
  deriveFunctionRole,
  deriveIamPolicy,
  type EventsTable,
  type StreamFunction,
  type StreamNames,
} from '@headwater/core';
import { functionLogs } from '@headwater/core/internal';
import { type EntryVariable, type HandlerTrigger, handlerNeeds } from '@headwater/stream/bundle';
import { Duration } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag/acknowledge.ts';
import type { PlatformContext } from '../platform-context.ts';
import { logGroup } from '../resource/log-group.ts';
import { derivedRole } from '../roles/derived-role.ts';
import { callSeconds, reservedCalls } from './function-settings.ts';

/** The value of each variable that functions read. Poison records go to the bucket, so there is no queue for them. */
const variables = (
  { sessionsTable, topicArn, poisonBucket }: StreamNames,
  { target }: PlatformContext,
): Readonly<Record<Exclude<EntryVariable, 'HEADWATER_POISON_QUEUE_URL'>, string>> => ({
  HEADWATER_SESSIONS_TABLE: sessionsTable,
  HEADWATER_TOPIC_ARN: topicArn,
  HEADWATER_POISON_BUCKET: poisonBucket,
  HEADWATER_METRICS_NAMESPACE: target.stream?.alarms?.namespace ?? 'Headwater',
});

const roleArn = ({ partition, account }: AwsTarget, name: string): string =>
  `arn:${partition}:iam::${account}:role/${name}`;

/** Why a function has no queue of its own for failures. */
const whereFailuresGo: Readonly<Record<HandlerTrigger, string>> = {
  events: 'A stream invokes it: what fails goes to the queue of its event source mapping',
  answers: 'A stream invokes it: what fails goes to the queue of its event source mapping',
  schedule: 'What fails goes to the queue that is the destination of its asynchronous calls',
  delivery: 'Firehose waits for its answer, and writes what fails below the error prefix',
};

/**
 * A function of a stream: its bundle, on Node.js 24 and Graviton, with its own role, group of logs and traces. The role has the derived
 * policy and nothing else: what constructs of CDK would grant beside it is left out.
 */
export function streamFunction(
  scope: Construct,
  name: StreamFunction,
  table: EventsTable,
  names: StreamNames,
  context: PlatformContext,
): LambdaFunction {
  const { target, sizes, assets, infra } = context;
  const code = assets.functions[name];
  if (code === undefined) throw new Error(`The assets have no bundle of the function ${name}`);
  const functionName = names.functions[name];
  const { RoleName, Description, AssumeRolePolicyDocument } = deriveFunctionRole(table.schema, target, name);
  const role = derivedRole(scope, `${name}-role`, {
    name: RoleName,
    description: Description,
    trust: JSON.parse(AssumeRolePolicyDocument),
    policies: { [RoleName]: deriveIamPolicy([table.schema], target, `${name}-function`) },
  });
  acknowledge(role, {
    'Serverless-LambdaStarPermissions': 'Of traces alone: X-Ray has no resource for them',
  });
  const logs = logGroup(scope, `${name}-logs`, { name: functionLogs(functionName), days: sizes.logDays });
  const { trigger, variables: needed, optional } = handlerNeeds[name];
  const read: readonly string[] = [...needed, ...optional];
  const reserved = reservedCalls(name, sizes.functions, infra.scale === 'large');
  const made = new LambdaFunction(scope, name, {
    functionName,
    description: Description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(code),
    // By its name: grants of constructs do not reach it.
    role: Role.fromRoleArn(scope, `${name}-role-arn`, roleArn(target, RoleName), { mutable: false }),
    memorySize: sizes.functions.memory,
    timeout: Duration.seconds(callSeconds[trigger]),
    tracing: Tracing.ACTIVE,
    logGroup: logs,
    environment: Object.fromEntries(
      Object.entries(variables(names, context)).filter(([variable]) => read.includes(variable)),
    ),
    ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
  });
  made.node.addDependency(role);
  acknowledge(made, { 'Serverless-LambdaDLQ': whereFailuresGo[trigger] });
  return made;
}
