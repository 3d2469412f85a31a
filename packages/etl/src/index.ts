export { adoptLanding } from './adopt/adopt-landing.ts';
export type { AdoptedPart, AdoptOptions, AdoptReport } from './adopt/adopt-report.ts';
export { type LandingPart, landingPartNames } from './adopt/landing-part.ts';
export type { InputFormat } from './input/input-file.ts';
export { type LineRecordOptions, readLineRecords } from './input/line-records.ts';
export { readLookupRows } from './input/lookup-rows.ts';
export type { LeftOutFile } from './input/why-left-out.ts';
export { type CancelOptions, type CancelReport, cancelRun } from './jobs/cancel-run.ts';
export type { JobOptions } from './jobs/job-options.ts';
export type { JobResult } from './jobs/job-result.ts';
export { type JobRunsOptions, type JobRunsReport, jobRuns } from './jobs/job-runs.ts';
export type { LoadRun } from './jobs/load-run.ts';
export {
  type SubmitOptions,
  type SubmitProgress,
  type SubmitReport,
  submitLoad,
} from './jobs/submit-load.ts';
export type { StoreTraffic } from './lake/store-traffic.ts';
export type { LoadProgress, WriteOptions } from './lake/write-options.ts';
export type { NulledValues } from './load/load-engine.ts';
export { loadEvents } from './load/load-events.ts';
export type { Accounting, InputReport, LoadOptions, LoadReport, LookupReport } from './load/load-report.ts';
export { type LoadEngineName, loadEngineNames } from './load/open-load-engine.ts';
export type { SparsePartitions } from './load/sparse-partitions.ts';
export type { UnknownInputs } from './load/unknown-inputs.ts';
export { type CompactReport, compactLake } from './maintain/compact-lake.ts';
export {
  type DiscardOptions,
  type DiscardReport,
  discardQuarantine,
} from './maintain/discard-quarantine.ts';
export { type ExpireOptions, type ExpireReport, expireDays } from './maintain/expire-days.ts';
export { forgetActors } from './maintain/forget-actors.ts';
export type { ForgetOptions, ForgetReport } from './maintain/forget-report.ts';
export type { LakeProblem } from './maintain/lake-problem.ts';
export {
  type LakeStatus,
  type LakeStatusOptions,
  lakeStatus,
  type RunStatus,
} from './maintain/lake-status.ts';
export {
  type LocalQuarantine,
  type LocalQuarantineOptions,
  openLocalQuarantine,
} from './maintain/local-quarantine.ts';
export { repairLake } from './maintain/repair-lake.ts';
export type { RepairedFile, RepairOptions, RepairReport } from './maintain/repair-report.ts';
export { type ReplayOptions, replayQuarantine } from './maintain/replay-quarantine.ts';
export { type VerifyOptions, type VerifyReport, verifyLake } from './maintain/verify-lake.ts';
export { type RollupOptions, refreshRollups, rollupsStatus } from './rollup/refresh-rollups.ts';
export type { RollupReport, RollupStatus } from './rollup/rollup-report.ts';
export type { AnswerWriter, LakeSource, RollupCatalog, RollupSource } from './rollup/rollup-source.ts';
export { syncLake } from './sync/sync-lake.ts';
export type { SyncOptions, SyncProgress, SyncReport } from './sync/sync-report.ts';
export { loadPostgres } from './warehouse/load-postgres.ts';
export type {
  PostgresLoadOptions,
  PostgresLoadProgress,
  PostgresLoadReport,
} from './warehouse/postgres-load-options.ts';
