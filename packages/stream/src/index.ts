export type { AlertStore, AlertStoreOptions } from './alerts/alert-store.ts';
export { defineThresholds } from './alerts/define-thresholds.ts';
export type { Breach, Finding, Quiet, Share } from './alerts/finding.ts';
export { type Incident, type IncidentState, incidentLine, type Notice } from './alerts/incident.ts';
export type { StoredIncident } from './alerts/next-incident.ts';
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
  type WatchCounts,
  type WatchOptions,
  type WatchState,
} from './alerts/threshold-watcher.ts';
export { handlersOfTable, type TableHandler, watchedThresholds } from './handlers-of-table.ts';
export { createEmbeddedNotifier, type EmbeddedNotifier } from './notify/embedded-notifier.ts';
export type { Message, Notifier, PublishReport } from './notify/notifier.ts';
export type { PutEntry, PutResult, RecordSink } from './producer/record-sink.ts';
export {
  type AbandonedCartConfig,
  type ReminderProblem,
  type RemindersConfig,
  reminderProblems,
  type ViewedTogetherConfig,
} from './recommend/reminders-config.ts';
export {
  createRecordReader,
  type RecordReader,
  type RecordReaderOptions,
  type RecordTable,
} from './record/record-reader.ts';
export type { EventResult, FilteredRecord, RecordResult, RejectedRecord } from './record/record-result.ts';
export { compareSequenceNumbers } from './record/sequence-number.ts';
export type { StreamRecord } from './record/stream-record.ts';
export type { Capability, CapabilityOf } from './sessions/capability.ts';
export type { LiveCart, LiveSession } from './sessions/live-session.ts';
export { type ReducedSessions, reduceSessions } from './sessions/reduce-sessions.ts';
export {
  type DeliveredEvent,
  type SessionOptions,
  type SessionRules,
  sessionRules,
} from './sessions/session-rules.ts';
export type {
  ActiveSessions,
  ApplyReport,
  Carts,
  CounterStore,
  ItemSales,
  ListOptions,
  LiveStore,
  MinuteCounts,
  SessionStore,
} from './sessions/session-store.ts';
export { createEmbeddedAlertStore, type EmbeddedAlertStore } from './stores/embedded/embedded-alert-store.ts';
export {
  createEmbeddedStore,
  type EmbeddedOptions,
  type EmbeddedStore,
} from './stores/embedded/embedded-store.ts';
export { type StreamConfig, type StreamProblem, streamProblems } from './stream-config.ts';
