import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { loadPipelineParts } from './load-pipeline-parts.ts';
import type { LoadStateMachineOptions } from './load-state-machine.ts';

/** One call of an AWS API, by its own names. */
export interface LoadPipelineCall {
  /** As the AWS CLI and botocore name it: `glue`, `stepfunctions`. */
  readonly service: 'events' | 'glue' | 'iam' | 'pipes' | 'sns' | 'sqs' | 'stepfunctions';
  readonly operation: string;
  readonly input: object;
}

/**
 * The calls that make a table's pipeline: an object lands, the Spark job loads it, the commit is verified, and the outcome is
 * published. The calls can be made in this order; the loading job itself is another derivation.
 *
 * **From object to run.** S3 sends an event for each object. The rule sends the queue the same message for all of them; the queue is
 * FIFO, drops repetitions for five minutes, and delivers after a little more. So a thousand objects in a minute are one message, and
 * its run lists the folder after the last event that was dropped. A pipe starts the state machine
 * ({@link deriveLoadStateMachine}). There is at most one execution in five minutes, and one run at a time.
 *
 * **Why Step Functions and not a workflow of Glue.** The EVENT trigger of a workflow batches events too, but its conditions see only
 * the state of a run: a workflow can neither read a run's counts nor publish them, cannot repeat with a growing wait, and a trigger
 * that fires while the job is busy fails without a trace. A state machine is plain data that a program other than AWS's can run.
 *
 * The landing bucket has to send its events to EventBridge, which is a setting of the bucket
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-event-notifications-eventbridge.html). It is not among the calls: the
 * call replaces every notification that the bucket has. Nor is the upload of `verify_commit.py` to the ScriptLocation of its job.
 *
 * @throws HeadwaterError as {@link deriveLoadStateMachine}
 * @example deriveLoadPipeline(clickstream.schema, target, { landing: 's3://shop-landing/clickstream/' })
 * // [{ service: 'sns', operation: 'CreateTopic', ... }, { service: 'sqs', operation: 'CreateQueue', ... }, ..., { service: 'pipes', operation: 'CreatePipe', ... }]
 */
export function deriveLoadPipeline(
  schema: TableSchema,
  target: AwsTarget,
  options: LoadStateMachineOptions,
): LoadPipelineCall[] {
  const { topic, queue, roles, verify, stateMachine, rule, ruleTarget, pipe } = loadPipelineParts(
    schema,
    target,
    options,
  );
  return [
    { service: 'sns', operation: 'CreateTopic', input: { Name: topic } },
    { service: 'sqs', operation: 'CreateQueue', input: queue },
    ...roles.flatMap(({ name, description, trust, permissions }): LoadPipelineCall[] => [
      {
        service: 'iam',
        operation: 'CreateRole',
        input: {
          RoleName: name,
          Description: description,
          AssumeRolePolicyDocument: JSON.stringify(trust),
        },
      },
      {
        service: 'iam',
        operation: 'PutRolePolicy',
        input: { RoleName: name, PolicyName: name, PolicyDocument: JSON.stringify(permissions.policy) },
      },
    ]),
    { service: 'glue', operation: 'CreateJob', input: verify },
    { service: 'stepfunctions', operation: 'CreateStateMachine', input: stateMachine },
    { service: 'events', operation: 'PutRule', input: rule },
    { service: 'events', operation: 'PutTargets', input: ruleTarget },
    { service: 'pipes', operation: 'CreatePipe', input: pipe },
  ];
}
