// A metric, by the subpath for metrics alone.
import { defineMetric, dimension, measure } from '@headwater/queries/metric';

export const cartBrands = defineMetric({
  name: 'cart-brands',
  definition: 'Cart events of each brand.',
  nullSessions: 'Sessions play no part.',
  roles: ['action', 'brand'],
  parameters: {},
  dimensions: { brand: dimension.text('Brand') },
  measures: { carts: measure.count('Cart events', 'all') },
  chart: () => ({ mark: 'bar', x: 'brand', y: ['carts'] }),
  query: ({ events, actions }) =>
    events()
      .selectFrom('events')
      .select(({ fn }) => ['brand', fn.countAll<number>().as('carts')])
      .where('action', '=', actions.cart)
      .groupBy('brand'),
});
