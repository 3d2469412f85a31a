import type { ActionName } from '../../../table/action-table.ts';
import { flinkInterval, flinkName } from '../../../types/flink-type.ts';
import { defineFlinkQuestion, type FlinkAnswerColumn } from './flink-question.ts';
import { answerKey, inSessions, isAction, roleName, sessionAnswer, sessionNames } from './question-sql.ts';

const steps: readonly ActionName[] = ['view', 'cart', 'purchase'];

/** Sessions that view, then put into the cart, then buy. */
export const funnel = defineFlinkQuestion({
  title: 'View, cart, purchase',
  definition:
    'One row for each time that a session views, then puts something into the cart, then buys, within the minutes: the time of the first event of each step, and how many events there were in between',
  roles: ['session', 'action'],
  actions: steps,
  metric: 'conversion-funnel',
  nullSessions: 'Their events are left out, as in the metric',
  nullActors:
    'Actors play no part, unless sessions are those of an actor: then they are left out, as in the metric',
  parameters: { withinMinutes: 30 },
  differences: () => ['funnel-order', 'funnel-time'],
  answer({ schema, events, parameters: { withinMinutes } }) {
    const views = inSessions(schema, events);
    const [view = ''] = Object.keys(views);
    const time = roleName(schema, 'time');
    // S1 is the first event of step 1; G1 are the events after it, up to the first one of step 2.
    const names = steps.map((step, index) => ({ step, event: `S${index + 1}`, gap: `G${index + 1}` }));
    const between = names.slice(0, -1);
    const pattern = names.flatMap(({ event, gap }, index) =>
      index < between.length ? [event, `${gap}*`] : [event],
    );
    const conditions = [
      ...names.map(({ step, event }) => `${event} AS ${isAction(schema, step, `${event}.`)}`),
      ...between.map(({ gap }, index) => {
        const next = steps[index + 1] ?? 'purchase';
        return `${gap} AS (${isAction(schema, next, `${gap}.`)}) IS NOT TRUE`;
      }),
    ];
    const measures = [
      ...names.map(({ event, step }) => `${event}.${time} AS ${flinkName(`${step}_time`)}`),
      ...between.map(({ gap }, index) => `COUNT(${gap}.${time}) AS ${flinkName(`between_${index + 1}`)}`),
    ];
    const found: FlinkAnswerColumn[] = names.map(({ step }) => ({
      name: `${step}_time`,
      type: 'TIMESTAMP_LTZ(3)',
      sql: `CAST(${flinkName(`${step}_time`)} AS TIMESTAMP_LTZ(3))`,
    }));
    return {
      views,
      columns: [
        answerKey('funnel', [...sessionNames(schema), '`view_time`']),
        ...sessionAnswer(schema),
        ...found,
        ...between.map((_, index) => ({
          name: `events_before_step_${index + 2}`,
          type: 'BIGINT',
          sql: flinkName(`between_${index + 1}`),
        })),
      ],
      from: [
        `FROM ${flinkName(view)} MATCH_RECOGNIZE (`,
        `  PARTITION BY ${sessionNames(schema).join(', ')}`,
        `  ORDER BY ${time}`,
        `  MEASURES\n    ${measures.join(',\n    ')}`,
        '  ONE ROW PER MATCH',
        '  AFTER MATCH SKIP PAST LAST ROW',
        `  PATTERN (${pattern.join(' ')}) WITHIN ${flinkInterval(withinMinutes, 'MINUTE')}`,
        `  DEFINE\n    ${conditions.join(',\n    ')}`,
        ')',
      ].join('\n'),
    };
  },
});
