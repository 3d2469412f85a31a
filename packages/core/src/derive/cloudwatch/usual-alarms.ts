import type { AlarmName } from '../../catalog/alarms-config.ts';
import { tableActions } from '../../table/action-value.ts';
import { type AlarmSpec, minutes } from './alarm-spec.ts';
import type { CloudWatchMetric } from './metric-alarm.ts';
import { countedEvents, countingFunction } from './stream-counts.ts';
import { type AlarmContext, type FunctionMetric, functionMetric } from './stream-metrics.ts';

/**
 * What is less than usual. Only the lower edge is watched: a sale is above the upper one as a flood of bots is, and detectors tell them
 * apart. Hours in which nothing comes are of `silence`.
 */
export function usualAlarms(context: AlarmContext): AlarmSpec<AlarmName>[] {
  const actions = tableActions(context.schema);
  const counting = countingFunction(context);
  const usual = { stat: 'Sum', limit: { usual: 'below' }, missing: 'notBreaching' } as const;
  const sessions = (name: FunctionMetric): CloudWatchMetric => functionMetric(context, 'sessions', name);
  const reason = 'deviations of the config, from what CloudWatch learned of this hour of the week';
  return [
    {
      ...usual,
      name: 'few-events',
      description: 'Fewer events than usual at this time of the week for 15 minutes',
      reason,
      metrics: { events: countedEvents(context) },
      period: minutes(5),
      periods: 3,
    },
    // Only the function of sessions counts actions.
    ...(counting === 'sessions' && actions.has('purchase')
      ? [
          {
            ...usual,
            name: 'few-purchases' as const,
            description: 'Fewer purchases than usual at this time of the week for an hour',
            reason,
            metrics: { purchases: sessions('Purchases') },
            period: minutes(15),
            periods: 4,
          },
        ]
      : []),
    ...(counting === 'sessions' && actions.has('view') && actions.has('cart')
      ? [
          {
            ...usual,
            name: 'few-carts' as const,
            description:
              'Fewer cart events for each view than usual at this time of the week for an hour: people look, and do not put into the cart. A few views more are assumed, so that few of them say little',
            reason,
            metrics: { carts: sessions('Carts'), views: sessions('Views') },
            expression: '(carts + 1) / (views + 20)',
            period: minutes(15),
            periods: 4,
          },
        ]
      : []),
  ];
}
