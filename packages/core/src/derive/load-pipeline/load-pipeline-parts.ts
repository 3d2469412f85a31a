import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { landingPipe, landingQueue, landingRule, landingTarget } from './landing-events.ts';
import { deriveLoadStateMachine, type LoadStateMachineOptions } from './load-state-machine.ts';
import { pipelinePlace } from './pipeline-place.ts';
import { type PipelineRole, pipelineRoles } from './pipeline-roles.ts';
import { verifyJob } from './verify-job.ts';

/** The parts of a table's pipeline, each as the API takes it. */
export interface LoadPipelineParts {
  /** The name of the topic of outcomes. */
  readonly topic: string;
  readonly queue: ReturnType<typeof landingQueue>;
  readonly roles: readonly PipelineRole[];
  readonly verify: ReturnType<typeof verifyJob>;
  readonly stateMachine: {
    readonly name: string;
    readonly type: 'STANDARD';
    readonly roleArn: string;
    /** JSON. */
    readonly definition: string;
  };
  readonly rule: ReturnType<typeof landingRule>;
  readonly ruleTarget: ReturnType<typeof landingTarget>;
  readonly pipe: ReturnType<typeof landingPipe>;
}

/**
 * The parts of a table's pipeline, from what lands to a verified commit.
 *
 * @throws HeadwaterError as {@link deriveLoadStateMachine}
 */
export function loadPipelineParts(
  schema: TableSchema,
  target: AwsTarget,
  options: LoadStateMachineOptions,
): LoadPipelineParts {
  const place = pipelinePlace(schema, target, options);
  return {
    topic: place.topic,
    queue: landingQueue(place),
    roles: pipelineRoles(place),
    verify: verifyJob(place),
    stateMachine: {
      name: place.stateMachine,
      type: 'STANDARD',
      roleArn: place.roleArn(place.roles.load),
      definition: JSON.stringify(deriveLoadStateMachine(schema, target, options)),
    },
    rule: landingRule(place),
    ruleTarget: landingTarget(place),
    pipe: landingPipe(place),
  };
}
