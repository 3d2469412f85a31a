import { describe, expect, test } from 'vitest';
import type { DashboardBody, WidgetMetricOptions } from '../../../src/derive/cloudwatch/dashboard-body.ts';
import {
  type AwsTarget,
  awsTarget,
  derivations,
  deriveAlarms,
  deriveCloudWatchDashboard,
  deriveLoadAlarms,
  deriveLoadStateMachine,
  deriveQueryAlarms,
} from '../../../src/index.ts';
import { everyKind } from '../aws-tables.ts';
import { testTarget } from '../aws-test-target.ts';
import { shopEvents } from '../shop-events.ts';

const whole = awsTarget({
  ...testTarget,
  stream: {
    ...{ name: 'shop-clicks', sessionsTable: 'shop-live', deliveryStream: 'to-s3', tables: ['shop_events'] },
    alarms: { functions: { sessions: 'shop-sessions', alerts: 'shop-alerts', transform: 'shop-transform' } },
  },
});
const tables = [shopEvents.schema, everyKind.schema];

const bodyOf = (target: AwsTarget, options = {}): DashboardBody =>
  JSON.parse(deriveCloudWatchDashboard(tables, target, options).DashboardBody);

/** The metrics of the widgets, without their expressions: namespace, name, dimensions. */
const metricsOf = ({ widgets }: DashboardBody): string[][] =>
  widgets.flatMap((widget) =>
    widget.type === 'metric'
      ? widget.properties.metrics.flatMap((metric) => {
          const names = metric.filter((part) => typeof part === 'string');
          return names.length === 0 ? [] : [names];
        })
      : [],
  );

const optionsOf = (metric: readonly unknown[]): WidgetMetricOptions => Object(metric.at(-1));

describe.each([
  ['of everything', whole],
  ['of a lake alone', testTarget],
])('a dashboard %s', (name, target) => {
  const body = bodyOf(target);

  test('has widgets within the grid, none of which covers another', () => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of body.widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      expect(height).toBeLessThanOrEqual(1000);
      for (let column = x; column < x + width; column += 1)
        for (let row = y; row < y + height; row += 1) {
          expect(taken.has(`${column} ${row}`)).toBe(false);
          taken.add(`${column} ${row}`);
        }
    }
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
  test("keeps CloudWatch's rules of metric widgets", () => {
    for (const widget of body.widgets) {
      if (widget.type !== 'metric') continue;
      const { metrics, region, period, stat } = widget.properties;
      expect(region).toBe('eu-central-1');
      expect(period % 60).toBe(0);
      expect(stat).toMatch(/^(Sum|Maximum|Minimum|SampleCount|p99)$/);
      expect(metrics.length).toBeGreaterThan(0);
      expect(metrics.length).toBeLessThanOrEqual(500);
      const ids = metrics.flatMap((metric) => optionsOf(metric).id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z][a-zA-Z0-9_]*$/);
      for (const metric of metrics) {
        const { expression } = optionsOf(metric);
        if (expression === undefined) {
          // Namespace, name, pairs of dimensions, options.
          expect(metric.length % 2).toBe(1);
          expect(metric.length).toBeGreaterThanOrEqual(5);
          continue;
        }
        expect(metric.length).toBe(1);
        const read = [...expression.matchAll(/\b([a-z]\w*)\b(?!\s*\()/g)].map(([, id]) => id);
        expect(ids).toEqual(expect.arrayContaining(read));
      }
    }
  });

  test('has every alarm that is derived, and no other', () => {
    const derived = [
      ...(target.stream === undefined ? [] : deriveAlarms(shopEvents.schema, target)),
      ...tables.flatMap((schema) => deriveLoadAlarms(schema, target)),
      ...deriveQueryAlarms(target),
    ].flatMap((call) => (call.operation === 'PutMetricAlarm' ? [call.input.AlarmName] : []));
    const shown = body.widgets.flatMap((widget) => (widget.type === 'alarm' ? widget.properties.alarms : []));
    expect(shown.toSorted()).toEqual(
      derived.map((alarm) => `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${alarm}`).toSorted(),
    );
  });

  test('reads of the lake what the state machine writes', () => {
    const written = tables.flatMap((schema) => {
      const landing = `s3://shop-landing/${schema.name}/`;
      return Object.values(deriveLoadStateMachine(schema, target, { landing }).States).flatMap((state) => {
        const { MetricData = [] } = ('Parameters' in state ? state.Parameters : {}) as {
          MetricData?: { MetricName: string; Dimensions: { Name: string; Value: string }[] }[];
        };
        return MetricData.map(({ MetricName, Dimensions }) =>
          ['Headwater/Lake', MetricName, ...Dimensions.flatMap(({ Name, Value }) => [Name, Value])].join(' '),
        );
      });
    });
    const read = metricsOf(body).filter(([namespace]) => namespace === 'Headwater/Lake');
    expect(read.length).toBeGreaterThan(5);
    for (const metric of read) expect(written).toContain(metric.join(' '));
  });

  test('is committed, for people to read', async () => {
    await expect(`${JSON.stringify(body, null, 1)}\n`).toMatchFileSnapshot(
      `../../snapshots/aws/dashboard ${name}.json`.replaceAll(' ', '-'),
    );
  });
});

test('a dashboard has a row for what the config has', () => {
  const headings = (target: AwsTarget, options = {}) =>
    bodyOf(target, options).widgets.flatMap((widget) =>
      widget.type === 'text' ? [widget.properties.markdown.replace('## ', '')] : [],
    );
  const loads = ['Loads of shop_events', 'Loads of every_kind'];
  expect(headings(testTarget)).toEqual([
    ...['Headwater, shop', ...loads, 'Queries of headwater-shop', 'Cost, by day'],
  ]);
  expect(headings(whole).slice(1, 3)).toEqual(['Stream', 'Functions']);
  expect(headings(whole, { loads: false }).join()).not.toContain('Loads');
});

test('a wrong name, or too many tables, are refused', () => {
  expect(() => deriveCloudWatchDashboard(tables, testTarget, { name: 'a b' })).toThrow('name');
  const many = Array.from({ length: 100 }, (_, index) => ({ ...shopEvents.schema, name: `t${index}` }));
  expect(() => deriveCloudWatchDashboard(many, testTarget)).toThrow('the maximum on AWS is 500');
});

test('the derivation gives the input of PutDashboard', () => {
  const { derive, options } = derivations['cloudwatch-dashboard'];
  const { text, data } = derive(
    { schema: shopEvents.schema, target: whole, tables },
    options.parse({ name: 'shop', pricePerTerabyte: '6.25' }),
  );
  const { DashboardName, DashboardBody } = JSON.parse(text);
  expect(DashboardName).toBe('shop');
  expect(data).toEqual({ DashboardName, DashboardBody: JSON.parse(DashboardBody) });
  expect(DashboardBody).toContain('USD at 6.25 a TB');
});
