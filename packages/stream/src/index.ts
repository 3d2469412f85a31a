export { defineThresholds } from './alerts/define-thresholds.ts';
export type { Breach, Finding, Quiet, Share } from './alerts/finding.ts';
export { type Incident, type IncidentState, incidentLine, type Notice } from './alerts/incident.ts';
export {
  defaultThresholds,
  type Severity,
  type Threshold,
  type ThresholdOf,
  type ThresholdSubject,
} from './alerts/threshold.ts';
export { type ThresholdProblem, thresholdProblems } from './alerts/threshold-problems.ts';
export {
  createThresholdWatcher,
  type ThresholdWatcher,
  type WatchOptions,
  type WatchState,
} from './alerts/threshold-watcher.ts';
export type { WatchCounts } from './alerts/watch-counts.ts';
export {
  createRecordReader,
  type RecordReader,
  type RecordReaderOptions,
  type RecordTable,
} from './record/record-reader.ts';
export type { EventResult, FilteredRecord, RecordResult, RejectedRecord } from './record/record-result.ts';
export type { StreamRecord } from './record/stream-record.ts';
