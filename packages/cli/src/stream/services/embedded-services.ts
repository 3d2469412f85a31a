import {
  createEmbeddedAlertStore,
  createEmbeddedNotifier,
  createEmbeddedStore,
  type LiveStore,
  sessionRules,
} from '@headwater/stream';
import { createLocalStream, localConnection } from '@headwater/stream/local';
import type { ServiceOptions, StreamServices } from './stream-services.ts';

/** Days of event time that are counted. A store in memory keeps the minutes that have events, and no others. */
const keptDays = 400;

/** The services of a run in this process: everything is in its memory. */
export function embeddedServices({ table, shards, sessions, onMessage }: ServiceOptions): StreamServices {
  const rules = sessionRules(table, { countsSeconds: keptDays * 86_400, ...sessions });
  return {
    capabilities: rules.capabilities,
    // It has every query; who asks looks at the capabilities first.
    store: createEmbeddedStore(rules) as unknown as LiveStore,
    alerts: createEmbeddedAlertStore(),
    notifier: createEmbeddedNotifier(onMessage),
    identity: { shards },
    isReplayed: true,
    created: [],
    countsKept: rules.countsRetention,
    momentMs: 200,
    connect: async (_folder, _after, hasFaults) =>
      hasFaults ? { shards } : localConnection(createLocalStream({ shards })),
    close: async () => undefined,
  };
}
