import type { EntryVariable } from '../entries/entry-variables.ts';
import type { HandlerName } from './handler-entries.ts';

/** What invokes a function: the stream of the events, that of Flink's answers, a schedule of each minute, or Firehose. */
export type HandlerTrigger = 'events' | 'answers' | 'schedule' | 'delivery';

/** What a bundled function needs around it. */
export interface HandlerNeeds {
  readonly trigger: HandlerTrigger;
  /** Whether its counts are the state of a tumbling window: the event source mapping needs `TumblingWindowInSeconds`, 60 to 900. */
  readonly isWindowed: boolean;
  /** The environment variables without which it does not start. */
  readonly variables: readonly EntryVariable[];
  /** Those that it reads if they are set. */
  readonly optional: readonly EntryVariable[];
}

const ofStore = ['HEADWATER_SESSIONS_TABLE'] as const;
const ofPoison = ['HEADWATER_POISON_BUCKET'] as const;
const ofTopic = ['HEADWATER_TOPIC_ARN'] as const;
const ofMetrics = ['HEADWATER_METRICS_NAMESPACE'] as const;
const ofQueue = ['HEADWATER_POISON_QUEUE_URL'] as const;

/** A function that counts over the events, and tells what it finds. */
const watching = {
  trigger: 'events',
  isWindowed: true,
  variables: [...ofStore, ...ofPoison, ...ofTopic],
  optional: [...ofQueue, ...ofMetrics],
} as const satisfies HandlerNeeds;

/** What each bundled function needs around it. Functions of a stream answer with partial failures: `ReportBatchItemFailures`. */
export const handlerNeeds: { readonly [Name in HandlerName]: HandlerNeeds } = {
  alerts: watching,
  detect: watching,
  recommend: watching,
  relay: { ...watching, trigger: 'answers', isWindowed: false },
  sessions: { ...watching, isWindowed: false, variables: [...ofStore, ...ofPoison] },
  reminders: {
    trigger: 'schedule',
    isWindowed: false,
    variables: [...ofStore, ...ofTopic],
    optional: ofMetrics,
  },
  transform: { trigger: 'delivery', isWindowed: false, variables: [], optional: ofMetrics },
};
