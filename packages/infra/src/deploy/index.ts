// The command `headwater infra`: everything that needs the CDK is loaded by it alone.

export type { DeployStep } from './aws/stack-activities.ts';
export {
  type DeployOutcome,
  type DeployReport,
  type DeployStackOptions,
  deployStack,
} from './deploy-stack.ts';
export type { ChangeAction, PermissionChange, PlannedChange, StackPlan } from './plan/planned-change.ts';
