import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEmfMetrics, createLambdaLogger } from '../../src/handlers/index.ts';
import { shop } from './shop-table.ts';

let lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines = [];
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  // Which is otherwise the case in development.
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  for (const level of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line) => void lines.push(JSON.parse(line)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('an invocation is one line of metrics, with the handler and the table as its dimensions', () => {
  const metrics = createEmfMetrics({ handler: 'sessions', table: shop.name });
  metrics.publish({ Records: 10, Poison: 0, ArrivalAge: 250 });
  metrics.publish({ Records: 3 });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        {
          Namespace: 'Headwater',
          Dimensions: [['service', 'table']],
          Metrics: [
            { Name: 'Records', Unit: 'Count' },
            { Name: 'Poison', Unit: 'Count' },
            { Name: 'ArrivalAge', Unit: 'Milliseconds' },
            { Name: 'ColdStart', Unit: 'Count' },
          ],
        },
      ],
    },
    ...{ service: 'sessions', table: 'shop_events', Records: 10, Poison: 0, ArrivalAge: 250, ColdStart: 1 },
  });
  expect(lines[1]).toMatchObject({ Records: 3 });
  expect(lines[1]).not.toHaveProperty('ColdStart');
});

test('a log line has no personal data, under none of its names', () => {
  const logger = createLambdaLogger(shop, { handler: 'sessions' });
  logger.warn('late', {
    event: { event_type: 'view', user_id: 541n, email: 'a@example.com', session_id: 's' },
    raw: [{ Visitor_ID: 7, email: null, count: 2n }],
  });
  expect(lines[0]).toMatchObject({
    ...{ level: 'WARN', message: 'late', service: 'sessions' },
    event: { event_type: 'view', user_id: '[pseudonymous]', email: '[direct]', session_id: 's' },
    raw: [{ Visitor_ID: '[pseudonymous]', email: null, count: '2' }],
  });
});
