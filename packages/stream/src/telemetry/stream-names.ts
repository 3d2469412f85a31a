import type { TelemetryNames } from '@headwater/core/internal';

/**
 * The spans, attributes and metrics of producers and handlers. Names of `messaging.` are those of OpenTelemetry
 * (https://opentelemetry.io/docs/specs/semconv/messaging/). The README lists them, and a test compares the two.
 */
export const streamNames = {
  spans: {
    'headwater.send':
      'A producer puts records by a request, and by halves of it where the service refuses it',
    'headwater.process': 'A delivery is processed, from its records to the answer',
    'headwater.handle': 'A handler does its work with the events of a delivery: its store, its windows',
    'headwater.poison': 'Records that can never be processed are stored',
  },
  attributes: {
    'messaging.system': 'aws.kinesis',
    'messaging.operation.type': 'send or process',
    'messaging.destination.name': 'The stream',
    'messaging.batch.message_count': 'Records of the request or delivery',
    'headwater.table': 'The table',
    'headwater.handler': 'The handler: sessions, alerts, detect, recommend',
    'headwater.requests': 'Requests that were made for the records',
    'headwater.sent': 'Records that the stream confirmed',
    'headwater.retried': 'Records that are sent again',
    'headwater.given_up': 'Records that were given up',
    'headwater.events': 'Events of the delivery',
    'headwater.poisoned': 'Records that were stored as poison',
    'headwater.unprocessed': 'Records that come again with the next delivery',
    'headwater.outcome': 'What became of records: sent, retried, given_up, events, poisoned, unprocessed',
    'error.type': 'The code of the error that ended the span',
  },
  metrics: {
    'headwater.stream.sent': {
      kind: 'counter',
      unit: '{record}',
      meaning: 'Records of producers, by headwater.outcome',
    },
    'headwater.stream.records': {
      kind: 'counter',
      unit: '{record}',
      meaning: 'Records of deliveries, by headwater.outcome',
    },
    'headwater.stream.age': {
      kind: 'histogram',
      unit: 's',
      meaning: 'Age of the oldest record of a delivery: how far the reader is behind',
    },
    'messaging.process.duration': { kind: 'histogram', unit: 's', meaning: 'Time of a delivery' },
  },
} as const satisfies TelemetryNames;
