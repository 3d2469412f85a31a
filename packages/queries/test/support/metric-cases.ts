import { describeMetric, type EngineName, metrics } from '@headwater/queries';
import { simulated } from './simulated.ts';

/** One question to the simulated events, or to the small history. */
export interface MetricCase {
  readonly title: string;
  readonly table: 'shop' | 'clicks' | 'market' | 'bazaar';
  readonly metric: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const bazaarDays = { from: '2024-03-04', to: '2024-03-05' };
const whole = { from: simulated.start, to: simulated.end };
const edges = {
  'the first day': { from: simulated.start, to: simulated.start },
  'a leap day, the end of a month': { from: '2024-02-29', to: '2024-03-01' },
  'days without events': { from: '2024-04-01', to: '2024-04-02' },
  'more than there is': { from: '2024-02-01', to: '2024-03-31' },
};

/** Every metric, with every value of every parameter that is a list, over edges of ranges, over the traps of the history, and over a table of orders. */
export const metricCases: readonly MetricCase[] = Object.keys(metrics).flatMap((metric) => {
  const description = describeMetric(metrics[metric] ?? raise(metric));
  const lists = description.parameters.filter(({ values }) => values !== undefined);
  const one = (title: string, parameters: object, table: MetricCase['table'] = 'clicks'): MetricCase => ({
    title: `${metric}, ${title}`,
    table,
    metric,
    parameters: { ...parameters },
  });
  return [
    ...lists.flatMap(({ name, values = [] }) =>
      values.map((value) => one(`${name} ${value}`, { ...whole, [name]: value })),
    ),
    // A funnel reads what conversion-funnel reads at the edges.
    ...(metric === 'funnel' ? [] : Object.entries(edges).map(([title, range]) => one(title, range))),
    one('the traps of the history', { from: '2024-03-03', to: '2024-03-05' }, 'shop'),
    one('units and orders', { from: '2024-03-03', to: '2024-03-05' }, 'market'),
    // An order is in several categories.
    ...(description.optionalRoles.includes('order')
      ? [one('orders by category', { from: '2024-03-03', to: '2024-03-05', by: 'category' }, 'market')]
      : []),
    // Several names of an action, prices that are doubles, visitors who are not known, purchases of what is in the cart.
    one('the bazaar', bazaarDays, 'bazaar'),
    ...(metric === 'funnel'
      ? [
          one(
            'steps of its own, by actor',
            { ...bazaarDays, steps: ['view', 'checkout', 'purchase'], per: 'actor', by: 'category' },
            'bazaar',
          ),
        ]
      : []),
    ...(metric === 'top-products' || metric === 'cart-abandonment'
      ? [
          one('by a column', { ...bazaarDays, by: 'country' }, 'bazaar'),
          one('of some events', { ...bazaarDays, where: { country: ['DE', null], maker: 'acme' } }, 'bazaar'),
        ]
      : []),
    // One alone: each day that is projected costs a listing, a thousand of them for a query.
    ...(metric === 'cart-abandonment' ? [one('all of time', { from: '0001-01-01', to: '9999-12-31' })] : []),
  ];
});

function raise(metric: string): never {
  throw new Error(`No metric ${metric}`);
}

/** The questions that an engine answers differently from the others, with the reason. A gap that has closed fails. */
export const gaps: readonly {
  readonly engine: EngineName;
  readonly metric: string;
  readonly reason: string;
}[] = [];
