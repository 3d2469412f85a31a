import { deriveSparkJob, type EventsTable } from '@headwater/core';
import { loadPipelineParts } from '@headwater/core/internal';
import { Tags } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge } from '../nag/acknowledge.ts';
import type { PlatformContext } from '../platform-context.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { logGroup } from '../resource/log-group.ts';
import { derivedRole } from '../roles/derived-role.ts';
import type { JobScripts } from './job-files.ts';
import { landingQueue, landingRule } from './landing-events.ts';

/**
 * The loading of a table: the Spark job, the job that verifies a commit, and the pipeline that starts them when objects land, with the topic that
 * is told of every outcome.
 */
export class TableLoad extends Construct {
  constructor(scope: Construct, table: EventsTable, context: PlatformContext, scripts: JobScripts) {
    super(scope, table.name);
    const { target, landing, sizes, role } = context;
    const { schema, name } = table;
    const parts = loadPipelineParts(schema, target, { landing: landing(name) });
    const [load, verify, pipe] = parts.roles.map((one) =>
      derivedRole(this, one.name, {
        name: one.name,
        description: one.description,
        trust: one.trust,
        policies: { [one.name]: one.permissions },
      }),
    );
    if (!load || !verify || !pipe) throw new Error(`The pipeline of ${name} has other roles`);
    const files = scripts.of(table, context, { load: role('spark-job'), verify });
    const { job } = deriveSparkJob(schema, target, {
      inputBytes: sizes.load.bytesPerRun,
      script: files.script,
      modules: [files.library],
      plan: files.plan,
    });
    const loading = derivedResource(this, 'Job', 'AWS::Glue::Job', job);
    loading.node.addDependency(role('spark-job'));
    const verifying = derivedResource(this, 'VerifyJob', 'AWS::Glue::Job', {
      ...parts.verify,
      Command: { ...parts.verify.Command, ScriptLocation: files.verify },
    });
    verifying.node.addDependency(verify);
    for (const one of [loading, verifying])
      acknowledge(one, {
        'AwsSolutions-GL1':
          'A security configuration encrypts the log by a key of KMS. The log has counts and names of files, and CloudWatch Logs encrypts it',
        'AwsSolutions-GL3': 'Job bookmarks are off: the manifests of the lake know what was loaded',
      });
    new Topic(this, 'Topic', { topicName: parts.topic, enforceSSL: true });
    const machine = this.#stateMachine(parts.stateMachine, load, context);
    const queue = landingQueue(this, 'Queue', parts);
    landingRule(this, 'Rule', parts, queue);
    derivedResource(this, 'Pipe', 'AWS::Pipes::Pipe', parts.pipe).node.addDependency(pipe, queue, machine);
    Tags.of(this).add('headwater:table', name);
  }

  #stateMachine(
    { name, definition }: ReturnType<typeof loadPipelineParts>['stateMachine'],
    role: IRole,
    { sizes }: PlatformContext,
  ): StateMachine {
    const destination = logGroup(this, 'Log', {
      name: `/aws/vendedlogs/states/${name}`,
      days: sizes.logDays,
    });
    const machine = new StateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(definition),
      role,
      logs: { destination, level: LogLevel.ALL, includeExecutionData: true },
      tracingEnabled: true,
    });
    acknowledge(role, {
      'AwsSolutions-IAM5[Resource::*]':
        'On *: deliveries of logs and traces have no resources (https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html)',
    });
    return machine;
  }
}
