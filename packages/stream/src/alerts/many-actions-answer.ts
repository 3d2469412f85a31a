import { type EventsTable, HeadwaterError, type TableSchema } from '@headwater/core';
import { columnOf } from '@headwater/core/internal';
import type { EventRow } from '../record/event-identity.ts';
import type { Breach } from './finding.ts';

type Column = TableSchema['columns'][number];

const read = [{ step: 'trim' }, { step: 'empty-to-null' }, { step: 'required' }, { step: 'parse' }] as const;
const column = (name: string, type: Column['type'], more: Column['steps'] = []): Column => ({
  ...{ name, type, nullable: false, description: '', pii: 'none' },
  ...{ aliases: [], renamedFrom: [], steps: [...read, ...more] },
});

/**
 * The answers to Flink's question `many-actions` about a table, as records of a stream: `answer_key`, `window_start`, `window_end`, `actor`,
 * `actions` and `threshold`. The question is `packages/core/src/derive/flink/questions/many-actions.ts`.
 *
 * @throws HeadwaterError `ROLE_MISSING` for a table without actors
 */
export function manyActionsAnswers({
  schema,
}: Pick<EventsTable, 'schema'>): Pick<EventsTable, 'schema' | 'shape'> {
  const { actor } = schema.roles;
  if (actor === undefined)
    throw new HeadwaterError('ROLE_MISSING', { table: schema.name, needs: ['actor'], missing: ['actor'] });
  const { type, pii } = columnOf(schema, actor);
  const atLeastOne: Column['steps'] = [{ step: 'range', minimum: { value: '1', exclusive: false } }];
  const answers: TableSchema = {
    name: `${schema.name}_many_actions`,
    description: 'Actors with more events in a window than the threshold, as Flink answers',
    columns: [
      column('answer_key', { kind: 'string' }),
      column('window_start', { kind: 'timestamp' }),
      column('window_end', { kind: 'timestamp' }),
      { ...column('actor', type), pii },
      column('actions', { kind: 'int64' }, atLeastOne),
      column('threshold', { kind: 'int64' }, atLeastOne),
    ],
    roles: { time: 'window_end', actor: 'actor' },
    actions: {},
    partitioning: { time: 'window_end', hour: false, columns: [] },
    duplicateKey: ['answer_key'],
    sortOrder: ['actor', 'window_end'],
  };
  return { schema: answers, shape: {} };
}

/**
 * An answer as a finding. Its window is part of the key of the answer, and decides what an incident makes of it: the same answer again changes
 * nothing.
 *
 * @param lateness milliseconds that an event may be late for Flink
 */
export function breachOfAnswer(answer: EventRow, lateness: number): Breach {
  const [start, end] = [answer['window_start'] as Date, answer['window_end'] as Date];
  const [seen, expected] = [Number(answer['actions']), Number(answer['threshold'])];
  return {
    ...{ finding: 'breach', kind: 'many-actions', subjectType: 'actor', subject: String(answer['actor']) },
    ...{ start: start.getTime(), end: end.getTime(), time: end.getTime() + lateness },
    ...{
      seen,
      expected,
      score: Math.round((seen / expected) * 100) / 100,
      severity: 'warning',
      eventType: null,
      rows: [],
    },
  };
}
