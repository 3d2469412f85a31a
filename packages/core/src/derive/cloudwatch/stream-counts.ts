import { type StreamFunction, streamReaders } from '../../catalog/alarms-config.ts';
import type { CloudWatchMetric } from './metric-alarm.ts';
import { type AlarmContext, functionMetric, kinesisMetric } from './stream-metrics.ts';

/**
 * The function whose counts speak for the stream: it reads every event. That of sessions where no function is named; none where those that
 * are named read no stream.
 */
export function countingFunction({ config: { functions = {} } }: AlarmContext): StreamFunction | undefined {
  const isNone = Object.values(functions).every((name) => name === undefined);
  return isNone ? 'sessions' : streamReaders.find((name) => functions[name] !== undefined);
}

/** How many events come: as the function counts them, or records as the stream does. */
export function countedEvents(context: AlarmContext): CloudWatchMetric {
  const counting = countingFunction(context);
  return counting === undefined
    ? kinesisMetric(context, 'IncomingRecords')
    : functionMetric(context, counting, 'Events');
}
