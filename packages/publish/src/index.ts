export {
  type PublishOptions,
  type PublishPlan,
  planPublish,
  publishSchema,
} from './publish-schema.ts';
export {
  type RegisterOptions,
  type RegisterReport,
  registerPartitions,
} from './register-partitions.ts';
export { readSnapshots } from './snapshot-folder.ts';
export type { Difference, DifferenceCause, StepPlan } from './steps/publish-step.ts';
