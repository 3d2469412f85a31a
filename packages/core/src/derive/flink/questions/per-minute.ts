import { hasRole, tableActions } from '../../../table/action-value.ts';
import { derivesSessions } from '../../../table/session-rule.ts';
import { flinkInterval, flinkName } from '../../../types/flink-type.ts';
import { defineFlinkQuestion, type FlinkAnswerColumn } from './flink-question.ts';
import {
  amountDifferences,
  amountOf,
  answerKey,
  countOf,
  isAction,
  roleName,
  sessionNames,
  windowColumns,
} from './question-sql.ts';

/** Events, visitors, actions and revenue of each minute. */
export const perMinute = defineFlinkQuestion({
  title: 'Events, visitors and revenue by minute',
  definition:
    'One row for each minute with an event: events, distinct visitors, views, cart events, purchases, and the amounts of the purchases',
  roles: [],
  actions: () => [],
  nullSessions: 'Their events count, and are shown apart, as in the metrics',
  nullActors: 'Their events count, and are no visitors, as in the metrics',
  parameters: { minutes: 1 },
  differences: ({ schema }) => amountDifferences(schema),
  answer({ schema, events, parameters: { minutes } }) {
    const actions = tableActions(schema);
    const bigint = (name: string, sql: string): FlinkAnswerColumn => ({ name, type: 'BIGINT', sql });
    const loose =
      hasRole(schema, 'session') && !derivesSessions(schema)
        ? `(${sessionNames(schema)
            .map((name) => `${name} IS NULL`)
            .join(' OR ')})`
        : undefined;
    const counts = [
      ['view', 'views'],
      ['cart', 'carts'],
      ['purchase', 'purchases'],
    ] as const;
    const bought = actions.has('purchase') ? isAction(schema, 'purchase') : undefined;
    const amount = (name: string, condition: string): FlinkAnswerColumn[] => {
      const sum = amountOf(schema, condition);
      return sum === undefined ? [] : [{ name, ...sum }];
    };
    return {
      columns: [
        answerKey('per-minute', ['`window_start`']),
        ...windowColumns(),
        bigint('events', 'COUNT(*)'),
        ...(schema.roles.actor === undefined
          ? []
          : [bigint('visitors', `COUNT(DISTINCT ${roleName(schema, 'actor')})`)]),
        ...counts
          .filter(([action]) => actions.has(action))
          .map(([action, name]) => bigint(name, countOf(isAction(schema, action)))),
        ...(bought === undefined ? [] : amount('revenue', bought)),
        ...(loose === undefined ? [] : [bigint('events_without_session', countOf(loose))]),
        ...(loose === undefined || !actions.has('cart')
          ? []
          : [bigint('carts_without_session', countOf(`${isAction(schema, 'cart')} AND ${loose}`))]),
        ...(loose === undefined || bought === undefined
          ? []
          : [
              bigint('purchases_without_session', countOf(`${bought} AND ${loose}`)),
              ...amount('revenue_without_session', `${bought} AND ${loose}`),
            ]),
      ],
      from: [
        `FROM TABLE(TUMBLE(TABLE ${flinkName(events)}, DESCRIPTOR(${roleName(schema, 'time')}), ${flinkInterval(minutes, 'MINUTE')}))`,
        'GROUP BY `window_start`, `window_end`',
      ].join('\n'),
    };
  },
});
