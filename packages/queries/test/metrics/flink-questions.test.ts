import {
  deriveFlinkJob,
  type FlinkJobOptions,
  type FlinkQuestionAsked,
  type FlinkQuestionName,
} from '@headwater/core';
import { flinkQuestionNames } from '@headwater/core/internal';
import { cartAbandonment, conversionFunnel, funnel, metrics, peakHours, revenue } from '@headwater/queries';
import { defineMetric, measure } from '@headwater/queries/metric';
import { describe, expect, test } from 'vitest';
import { shop } from '../support/shop.ts';

const stream = 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks';
const jobOf = (options: Partial<FlinkJobOptions>, { schema } = shop) =>
  deriveFlinkJob(schema, {
    source: { connector: 'kinesis', streamArn: stream },
    sink: (question) => ({ connector: 'kinesis', streamArn: `${stream}-${question}` }),
    ...options,
  });

const streaming = Object.values(metrics).flatMap((metric) =>
  metric?.streaming === undefined ? [] : [{ name: metric.name, metric, form: metric.streaming }],
);

describe('what a metric asks of a stream', () => {
  test.for(streaming)('$name is one question, with its SQL', ({ metric, form }) => {
    const job = jobOf({ metrics: [metric] });
    expect(job.questions.map(({ name }) => name)).toEqual([form.question]);
    expect(job.inserts).toHaveLength(1);
    expect(job.questions[0]?.parameters).toMatchObject({ ...form.parameters });
  });

  test.for(streaming)('$name needs no action over a stream that the metric does not', ({ metric, form }) => {
    // The question of minutes leaves out what a table lacks, as metrics do.
    if (form.question === 'per-minute') return;
    const lacking = (action: string) => {
      const { [action]: _, ...actions } = shop.schema.actions;
      return { ...shop, schema: { ...shop.schema, actions } };
    };
    const needed = Object.keys(shop.schema.actions).filter((action) => {
      try {
        jobOf({ metrics: [metric] }, lacking(action));
        return false;
      } catch {
        return true;
      }
    });
    const asked = metric.asks?.({ per: 'session', steps: ['view', 'cart', 'purchase'] } as never) ?? [];
    const actions = asked.flatMap((need) => /^action:(.*)$/.exec(String(need))?.[1] ?? []);
    expect(needed.toSorted()).toEqual([...metric.actions, ...actions].toSorted());
  });

  test('covers every question that is about the past of a metric; the others are about the moment', () => {
    const asked = new Set<FlinkQuestionName>(streaming.map(({ form }) => form.question));
    expect(flinkQuestionNames.filter((name) => !asked.has(name))).toEqual(['many-actions', 'anomaly']);
  });

  test('metrics share a question where they ask it in one way', () => {
    const job = jobOf({ metrics: [revenue, peakHours, cartAbandonment] });
    expect(job.questions.map(({ name }) => name)).toEqual(['per-minute', 'abandonment']);
    const other = {
      name: 'short',
      streaming: { question: 'funnel', parameters: { steps: ['view', 'cart'] } },
    };
    expect(jobOf({ metrics: [funnel, conversionFunnel] }).inserts).toHaveLength(1);
    expect(() =>
      jobOf({ metrics: [conversionFunnel, other as { name: string; streaming: FlinkQuestionAsked }] }),
    ).toThrow('derive a job for each of them');
  });

  test('a metric that has no meaning there is refused by its name', () => {
    expect(() => jobOf({ metrics: [{ name: 'retention' }] })).toThrow('retention');
    expect(() => jobOf({ metrics: [] })).toThrow('at least one question');
  });

  test('steps of a funnel are those that are asked for', () => {
    const [insert] = jobOf({
      metrics: [funnel],
      parameters: { funnel: { steps: ['view', 'purchase'], withinMinutes: 5 } },
    }).inserts;
    expect(insert?.sql).toContain("PATTERN (S1 G1* S2) WITHIN INTERVAL '5' MINUTE");
    expect(insert?.sql).toContain('AS `purchase_time`');
    expect(insert?.sql).not.toContain('cart');
    const { cart: _, ...actions } = shop.schema.actions;
    const withoutCart = { ...shop, schema: { ...shop.schema, actions } };
    const ask = (steps: readonly string[]) =>
      jobOf({ metrics: [funnel], parameters: { funnel: { steps } } }, withoutCart);
    expect(ask(['view', 'purchase']).inserts).toHaveLength(1);
    expect(() => ask(['view', 'cart'])).toThrow('it lacks the action "cart"');
    for (const steps of [['view'], ['view', 'view']]) expect(() => ask(steps)).toThrow('funnel.steps');
  });

  test('a cart is abandoned after the inactivity of the definition, where it has one', () => {
    const quiet = { ...shop, schema: { ...shop.schema, sessions: { inactivity: 2_700_000 } } };
    const job = jobOf({ metrics: [cartAbandonment] }, quiet);
    expect(job.inserts[0]?.sql).toContain("INTERVAL '45' MINUTE");
    expect(job.differences.map(({ code }) => code)).not.toContain('session-gap');
    expect(jobOf({ metrics: [cartAbandonment] }).inserts[0]?.sql).toContain("INTERVAL '30' MINUTE");
  });

  test('a table without sessions is told what it lacks', () => {
    const { session: _, ...roles } = shop.schema.roles;
    const without = { ...shop, schema: { ...shop.schema, roles } };
    expect(() => jobOf({ metrics: [cartAbandonment] }, without)).toThrow('it lacks the role session');
  });
});

test('a question that does not exist is refused when the metric is made', () => {
  const make = () =>
    defineMetric({
      name: 'own',
      definition: 'Events.',
      nullSessions: 'Sessions play no part.',
      roles: ['action'],
      dimensions: {},
      measures: { events: measure.count('Events', 'all') },
      streaming: { question: 'abandonments' as 'abandonment' },
      chart: () => ({ mark: 'table', x: 'events', y: ['events'] }) as const,
      query: ({ events }) =>
        events()
          .selectFrom('events')
          .select(({ fn }) => fn.countAll<number>().as('events')),
    });
  expect(make).toThrow('it asks abandonments of a stream');
});
