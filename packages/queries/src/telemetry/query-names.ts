import type { TelemetryNames } from '@headwater/core/internal';

/**
 * The spans, attributes and metrics of queries. Names of `db.` are those of OpenTelemetry
 * (https://opentelemetry.io/docs/specs/semconv/database/database-spans/). The README lists them, and a test compares the two.
 */
export const queryNames = {
  spans: {
    'headwater.metric': 'A metric is asked, from its statement to its rows',
    'headwater.compile': 'The statement of the metric was made',
    SELECT: 'A statement is admitted and run, or its answer found in the cache',
  },
  attributes: {
    'headwater.metric': 'The metric',
    'headwater.table': 'The table',
    'headwater.rollup': 'The rollup that the rows come from, or none',
    'headwater.cache.hit': 'Whether the answer was in the cache',
    'headwater.scanned.bytes': 'Bytes that the engine reported as read',
    'db.system.name': 'The engine: duckdb, trino, athena, postgres',
    'db.operation.name': 'SELECT',
    'db.response.returned_rows': 'Rows of the answer',
    'error.type': 'The code of the error that ended the span',
  },
  metrics: {
    'db.client.operation.duration': { kind: 'histogram', unit: 's', meaning: 'Time of a statement' },
    'headwater.queries.scanned': {
      kind: 'counter',
      unit: 'By',
      meaning: 'Bytes that engines reported as read',
    },
    'headwater.queries.rows': { kind: 'counter', unit: '{row}', meaning: 'Rows of answers' },
  },
} as const satisfies TelemetryNames;
