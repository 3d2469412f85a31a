import { tableActions } from '../../../table/action-value.ts';
import { sessionLengths } from '../../../table/session-rule.ts';
import { flinkInterval, flinkName } from '../../../types/flink-type.ts';
import { defineFlinkQuestion } from './flink-question.ts';
import {
  amountDifferences,
  amountOf,
  answerKey,
  countOf,
  inSessions,
  isAction,
  roleName,
  sessionAnswer,
  sessionNames,
  windowColumns,
} from './question-sql.ts';

/** An interval has at most four digits: almost a week. */
const mostMinutes = 9999;

/** Sessions that filled a cart, bought nothing, and have gone quiet. */
export const abandonment = defineFlinkQuestion({
  title: 'Abandoned carts',
  definition:
    'One row for each session with a cart event and without a purchase, once it has had no event for the minutes of inactivity. left_in_cart is the amounts of its cart events less those of its removals, never below zero',
  roles: ['session'],
  actions: () => ['cart', 'purchase'],
  nullSessions: 'Their events are in no session, as in the metric',
  nullActors:
    'Actors play no part, unless sessions are those of an actor: then they are left out, as in the metric',
  parameters: { inactivityMinutes: 30 },
  defaults(schema) {
    const minutes = (schema.sessions?.inactivity ?? 0) / 60_000;
    return Number.isInteger(minutes) && minutes >= 1 && minutes <= mostMinutes
      ? { inactivityMinutes: minutes }
      : {};
  },
  differences: ({ schema, parameters: { inactivityMinutes } }) => [
    ...(sessionLengths(schema)?.gap === inactivityMinutes * 60_000 ? [] : (['session-gap'] as const)),
    'session-longest',
    ...amountDifferences(schema),
  ],
  answer({ schema, events, parameters: { inactivityMinutes }, studio }) {
    const views = inSessions(schema, events);
    const [view = ''] = Object.keys(views);
    const time = roleName(schema, 'time');
    const sessions = sessionNames(schema).join(', ');
    const gap = flinkInterval(inactivityMinutes, 'MINUTE');
    const legacy = `SESSION(${time}, ${gap})`;
    const [start, end] = studio
      ? [`SESSION_START(${time}, ${gap})`, `SESSION_END(${time}, ${gap})`]
      : ['`window_start`', '`window_end`'];
    const [cart, purchase] = [isAction(schema, 'cart'), isAction(schema, 'purchase')];
    const added = amountOf(schema, cart);
    const removed = tableActions(schema).has('removeFromCart')
      ? amountOf(schema, isAction(schema, 'removeFromCart'))?.sql
      : undefined;
    const left =
      added === undefined || removed === undefined
        ? added
        : {
            type: added.type,
            sql: `CASE WHEN ${added.sql} > ${removed} THEN CAST(${added.sql} - ${removed} AS ${added.type}) ELSE CAST(0 AS ${added.type}) END`,
          };
    return {
      views,
      columns: [
        answerKey('abandonment', [...sessionNames(schema), start]),
        ...windowColumns(start, end),
        ...sessionAnswer(schema),
        { name: 'events', type: 'BIGINT', sql: 'COUNT(*)' },
        { name: 'carts', type: 'BIGINT', sql: countOf(cart) },
        ...(left === undefined ? [] : [{ name: 'left_in_cart', ...left }]),
      ],
      from: [
        studio
          ? `FROM ${flinkName(view)}\nGROUP BY ${legacy}, ${sessions}`
          : `FROM TABLE(SESSION(TABLE ${flinkName(view)} PARTITION BY (${sessions}), DESCRIPTOR(${time}), ${gap}))\nGROUP BY \`window_start\`, \`window_end\`, ${sessions}`,
        `HAVING ${countOf(cart)} > 0 AND ${countOf(purchase)} = 0`,
      ].join('\n'),
    };
  },
});
