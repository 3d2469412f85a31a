import { flinkName } from '../../../types/flink-type.ts';
import { defineFlinkQuestion } from './flink-question.ts';
import { answerKey, freeName, roleColumn, roleName, windowColumns } from './question-sql.ts';

/** Minutes with far more events of an action than the minutes before them. */
export const anomaly = defineFlinkQuestion({
  title: 'Minutes with far too many events',
  definition:
    'One row for each minute, and each action, with more events than the mean of the minutes before it by so many standard deviations. The deviation is at least that of chance (the root of the mean), and there have to be enough minutes and events',
  roles: [],
  actions: () => [],
  nullSessions: 'Sessions play no part: all events count',
  nullActors: 'Actors play no part: all events count',
  parameters: { minutesBefore: 60, leastMinutes: 10, leastEvents: 20, deviations: 6 },
  differences: () => ['empty-minute'],
  answer({ schema, events, parameters: { minutesBefore, leastMinutes, leastEvents, deviations } }) {
    const action = schema.roles.action === undefined ? undefined : roleName(schema, 'action');
    const by = action === undefined ? '' : `, ${action}`;
    const over = action === undefined ? '' : `PARTITION BY ${action} `;
    const own = freeName([schema.roles.action]);
    const [count = '', minutesOf = '', sumOf = '', squaresOf = ''] = [
      'events',
      'minutes_of',
      'sum_of',
      'squares_of',
    ].map((name) => flinkName(own(name)));
    // Flink ends such a window at the row itself, so what it has is subtracted. With m minutes before, whose sum is s and whose squares
    // add up to q, the mean is s / m, and the variance (q - s * s / m) / m.
    const [seen, m] = [`CAST(${count} AS DOUBLE)`, `CAST(${minutesOf} - 1 AS DOUBLE)`];
    const s = `CAST(${sumOf} - ${count} AS DOUBLE)`;
    const q = `CAST(${squaresOf} - ${count} * ${count} AS DOUBLE)`;
    const spread = `(${m} * ${q} - ${s} * ${s})`;
    const chance = `(${s} * ${m})`;
    return {
      columns: [
        answerKey('anomaly', [...(action === undefined ? [] : [action]), '`window_start`']),
        ...windowColumns(),
        ...(action === undefined ? [] : [roleColumn(schema, 'action')]),
        { name: 'seen', type: 'BIGINT', sql: count },
        { name: 'expected', type: 'DOUBLE', sql: `${s} / ${m}` },
        { name: 'minutes_before', type: 'BIGINT', sql: `${minutesOf} - 1` },
      ],
      from: [
        'FROM (',
        '  SELECT *,',
        `    COUNT(*) OVER \`before\` AS ${minutesOf},`,
        `    SUM(${count}) OVER \`before\` AS ${sumOf},`,
        `    SUM(${count} * ${count}) OVER \`before\` AS ${squaresOf}`,
        '  FROM (',
        `    SELECT \`window_start\`, \`window_end\`, \`window_time\`${by}, COUNT(*) AS ${count}`,
        `    FROM TABLE(TUMBLE(TABLE ${flinkName(events)}, DESCRIPTOR(${roleName(schema, 'time')}), INTERVAL '1' MINUTE))`,
        `    GROUP BY \`window_start\`, \`window_end\`, \`window_time\`${by}`,
        '  )',
        `  WINDOW \`before\` AS (${over}ORDER BY \`window_time\` ROWS BETWEEN ${minutesBefore} PRECEDING AND CURRENT ROW)`,
        ')',
        `WHERE ${minutesOf} > ${leastMinutes} AND ${count} >= ${leastEvents}`,
        `  AND ${seen} * ${m} > ${s}`,
        `  AND (${seen} * ${m} - ${s}) * (${seen} * ${m} - ${s}) > ${deviations * deviations} * CASE WHEN ${spread} > ${chance} THEN ${spread} ELSE ${chance} END`,
      ].join('\n'),
    };
  },
});
