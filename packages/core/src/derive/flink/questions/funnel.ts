import { sessionColumns } from '../../../table/session-rule.ts';
import { flinkInterval, flinkName } from '../../../types/flink-type.ts';
import { defineFlinkQuestion, type FlinkAnswerColumn } from './flink-question.ts';
import {
  answerKey,
  freeName,
  inSessions,
  isAction,
  roleName,
  sessionAnswer,
  sessionNames,
} from './question-sql.ts';

/** Sessions with an event of each step, in the order of the steps. */
export const funnel = defineFlinkQuestion({
  title: 'Steps in their order',
  definition:
    'One row for each time that a session has an event of every step, one after the other, within the minutes: the time of the first event of each step, and how many events there were in between',
  roles: ['session', 'action'],
  actions: ({ steps }) => steps,
  nullSessions: 'Their events are left out, as in the metric',
  nullActors:
    'Actors play no part, unless sessions are those of an actor: then they are left out, as in the metric',
  parameters: { withinMinutes: 30, steps: ['view', 'cart', 'purchase'] as readonly string[] },
  differences: () => ['funnel-order', 'funnel-time'],
  answer({ schema, events, parameters: { withinMinutes, steps } }) {
    const views = inSessions(schema, events);
    const [view = ''] = Object.keys(views);
    const time = roleName(schema, 'time');
    const own = freeName(sessionColumns(schema));
    const timeOf = (step: string): string => flinkName(own(`${step}_time`));
    const countOf = (index: number): string => flinkName(own(`between_${index + 1}`));
    // S1 is the first event of step 1; G1 are the events after it, up to the first one of step 2.
    const names = steps.map((step, index) => ({ step, event: `S${index + 1}`, gap: `G${index + 1}` }));
    const between = names.slice(0, -1);
    const pattern = names.flatMap(({ event, gap }, index) =>
      index < between.length ? [event, `${gap}*`] : [event],
    );
    const conditions = [
      ...names.map(({ step, event }) => `${event} AS ${isAction(schema, step, `${event}.`)}`),
      ...between.map(({ gap }, index) => {
        const next = steps[index + 1] ?? '';
        return `${gap} AS (${isAction(schema, next, `${gap}.`)}) IS NOT TRUE`;
      }),
    ];
    const measures = [
      ...names.map(({ event, step }) => `${event}.${time} AS ${timeOf(step)}`),
      ...between.map(({ gap }, index) => `COUNT(${gap}.${time}) AS ${countOf(index)}`),
    ];
    const found: FlinkAnswerColumn[] = names.map(({ step }) => ({
      name: `${step}_time`,
      type: 'TIMESTAMP_LTZ(3)',
      sql: `CAST(${timeOf(step)} AS TIMESTAMP_LTZ(3))`,
    }));
    return {
      views,
      columns: [
        answerKey('funnel', [...sessionNames(schema), timeOf(steps[0] ?? '')]),
        ...sessionAnswer(schema),
        ...found,
        ...between.map((_, index) => ({
          name: `events_before_step_${index + 2}`,
          type: 'BIGINT',
          sql: countOf(index),
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
