import {
  type AlarmsConfig,
  awsTarget,
  deriveAlarms,
  deriveCloudWatchDashboard,
  type StreamFunction,
} from '@headwater/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handlerEntries } from '../../src/bundle/handler-entries.ts';
import {
  createAlertHandler,
  createDetectHandler,
  createEmfMetrics,
  createRecommendHandler,
  createSessionsHandler,
  createTransformHandler,
  handlerMetrics,
} from '../../src/handlers/index.ts';
import { createEmbeddedNotifier, createEmbeddedStore, sessionRules } from '../../src/index.ts';
import { createEmbeddedAlertStore } from '../../src/stores/embedded/embedded-alert-store.ts';
import { contextOf, kinesisDelivery, metricList, poisonList, recordedEvent } from './deliver.ts';
import { shop } from './shop-table.ts';

const target = awsTarget({
  region: 'eu-central-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://shop-lake/events',
  firstDay: '2026-01-01',
});

let lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines = [];
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(JSON.parse(line)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const now = () => Date.parse('2026-02-01T00:10:00Z');
const parts = (handler: StreamFunction) => ({
  ...{ failures: poisonList(), now, metrics: createEmfMetrics({ handler, table: shop.name }) },
  ...{ store: createEmbeddedAlertStore(), notifier: createEmbeddedNotifier() },
});

/** One real invocation of each function whose metrics alarms read. */
const invocations = {
  sessions: () =>
    createSessionsHandler(shop, {
      ...parts('sessions'),
      store: createEmbeddedStore(sessionRules(shop)),
    })(recordedEvent('kinesis'), contextOf()),
  alerts: () => createAlertHandler(shop, parts('alerts'))(recordedEvent('kinesis-window'), contextOf()),
  detect: () => createDetectHandler(shop, parts('detect'))(recordedEvent('kinesis-window'), contextOf()),
  recommend: () =>
    createRecommendHandler(shop, parts('recommend'))(recordedEvent('kinesis-window'), contextOf()),
  transform: () => createTransformHandler(shop, parts('transform'))(recordedEvent('firehose')),
} satisfies Partial<Record<StreamFunction, () => Promise<unknown>>>;

/** The metrics that functions wrote, with their dimensions. */
const written = (): Set<string> =>
  new Set(
    lines.flatMap((line) => {
      const { _aws: aws } = line as {
        _aws: {
          CloudWatchMetrics: {
            Namespace: string;
            Dimensions: string[][];
            Metrics: { Name: string }[];
          }[];
        };
      };
      return aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions: [names = []], Metrics }) =>
        Metrics.map(({ Name }) =>
          [Namespace, Name, ...names.toSorted().map((name) => `${name}=${String(line[name])}`)].join(' '),
        ),
      );
    }),
  );

/** The metrics of functions that alarms read. */
const read = (alarms: AlarmsConfig): string[] =>
  deriveAlarms(shop.schema, target, alarms).flatMap(({ input }) =>
    ('Metrics' in input ? input.Metrics : []).flatMap((query) => {
      if (!('MetricStat' in query)) return [];
      const { Namespace, MetricName, Dimensions } = query.MetricStat.Metric;
      const of = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort();
      return Namespace.startsWith('AWS/') ? [] : [[Namespace, MetricName, ...of].join(' ')];
    }),
  );

test('every metric that alarms read is written by the function whose it is, with its dimensions', async () => {
  for (const invoke of Object.values(invocations)) await invoke();
  const found = written();
  const configs: readonly AlarmsConfig[] = [
    {},
    { functions: { sessions: 's', transform: 't' } },
    { functions: { alerts: 'a' } },
    { functions: { detect: 'd' } },
    { functions: { recommend: 'r' } },
  ];
  for (const config of configs) {
    const metrics = read(config);
    expect(metrics.length).toBeGreaterThan(3);
    for (const metric of metrics) {
      expect(found).toContain(metric);
      expect(handlerMetrics).toHaveProperty(metric.split(' ')[1] ?? '');
    }
  }
});

test('every metric of functions on the dashboard is written by the function whose it is', async () => {
  for (const invoke of Object.values(invocations)) await invoke();
  const found = written();
  const stream = { name: 'clicks', sessionsTable: 'live', alarms: { functions: { sessions: 's' } } };
  const { DashboardBody } = deriveCloudWatchDashboard([shop.schema], { ...target, stream });
  const shown = JSON.parse(DashboardBody).widgets.flatMap(
    ({ properties: { metrics = [] } }: { properties: { metrics?: unknown[][] } }) =>
      metrics
        .filter(([namespace]) => namespace === 'Headwater')
        .map(([namespace, name, ...rest]) => {
          const pairs = rest.filter((part) => typeof part === 'string');
          const of = pairs.flatMap((part, index) => (index % 2 === 0 ? [`${part}=${pairs[index + 1]}`] : []));
          return [namespace, name, ...of.toSorted()].join(' ');
        }),
  );
  expect(shown.length).toBeGreaterThan(3);
  for (const metric of shown) expect(found).toContain(metric);
});

test('every function that a config names can be bundled', () => {
  const all = {
    ...{ sessions: 's', alerts: 'a', detect: 'd', recommend: 'r', relay: 'y' },
    ...{ reminders: 'm', transform: 't' },
  } satisfies Record<StreamFunction, string>;
  const errors = deriveAlarms(shop.schema, target, { functions: all }).flatMap(({ input }) =>
    'AlarmName' in input ? (/-(\w+)-errors$/.exec(input.AlarmName)?.[1] ?? []) : [],
  );
  expect(errors.toSorted()).toEqual(Object.keys(all).toSorted());
  for (const name of errors) expect(handlerEntries).toHaveProperty(name);
});

test('the function of sessions counts views, cart events and purchases', async () => {
  const metrics = metricList();
  const store = createEmbeddedStore(sessionRules(shop));
  const handler = createSessionsHandler(shop, { ...parts('sessions'), store, metrics });
  const types = ['view', 'view', 'cart', 'remove_from_cart', 'purchase', 'view', 'oops'];
  const texts = types.map((event_type, second) =>
    JSON.stringify({
      event_time: `2026-02-01T00:00:0${second}Z`,
      ...{ event_type, product_id: 41, price: 1, user_id: 7, session_id: 's7' },
    }),
  );
  await handler(kinesisDelivery(texts), contextOf());
  expect(metrics.published).toMatchObject([
    { Records: 7, Events: 6, Poison: 1, Views: 3, Carts: 1, Purchases: 1 },
  ]);
});
