// The command `headwater infra`. The packages of the CDK are loaded by the calls that need them.

export type { DeployStep } from './aws/stack-activities.ts';
export {
  type DeployOutcome,
  type DeployReport,
  type DeployStackOptions,
  deployStack,
} from './deploy-stack.ts';
export type { DataSize } from './destroy/data-kinds.ts';
export { type DataPlan, deleteData } from './destroy/delete-data.ts';
export type { DestroyPlan } from './destroy/destroy-plan.ts';
export { type DestroyReport, destroyStack } from './destroy/destroy-stack.ts';
export { diffStack, type StackDifference } from './diff-stack.ts';
export type { ChangeAction, PermissionChange, PlannedChange, StackPlan } from './plan/planned-change.ts';
export { type PlatformPrice, platformPrice } from './platform-price.ts';
export { partOf, type StackPart, stackParts } from './stack/stack-parts.ts';
export type { SynthesizedStack } from './stack/synthesized-stack.ts';
export { stackPlace, synthesizePlatform, withPlatform } from './synthesize-platform.ts';
