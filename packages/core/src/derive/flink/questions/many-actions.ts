import { flinkInterval, flinkName } from '../../../types/flink-type.ts';
import { defineFlinkQuestion } from './flink-question.ts';
import { answerKey, roleColumn, roleName, windowColumns } from './question-sql.ts';

/** The fixed threshold: actors with more actions in a few seconds than people have. */
export const manyActions = defineFlinkQuestion({
  title: 'Actors with too many actions',
  definition: 'One row for each actor with more events in a window of a few seconds than the threshold',
  roles: ['actor'],
  actions: () => [],
  nullSessions: 'Sessions play no part',
  nullActors: 'They are of nobody, and are left out, as in the metrics',
  parameters: { seconds: 10, moreThan: 10 },
  differences: () => ['fixed-windows'],
  answer({ schema, events, parameters: { seconds, moreThan } }) {
    const actor = roleName(schema, 'actor');
    return {
      columns: [
        answerKey('many-actions', [actor, '`window_start`']),
        ...windowColumns(),
        roleColumn(schema, 'actor'),
        { name: 'actions', type: 'BIGINT', sql: 'COUNT(*)' },
        { name: 'threshold', type: 'BIGINT', sql: `CAST(${moreThan} AS BIGINT)` },
      ],
      from: [
        `FROM TABLE(TUMBLE(TABLE ${flinkName(events)}, DESCRIPTOR(${roleName(schema, 'time')}), ${flinkInterval(seconds, 'SECOND')}))`,
        `WHERE ${actor} IS NOT NULL`,
        `GROUP BY \`window_start\`, \`window_end\`, ${actor}`,
        `HAVING COUNT(*) > ${moreThan}`,
      ].join('\n'),
    };
  },
});
