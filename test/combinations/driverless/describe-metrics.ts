// A function that imports definitions of metrics, of the library and its own: it has no driver at all.
import assert from 'node:assert/strict';
import { describeMetric, metrics, revenue } from '@headwater/queries';
import { cartBrands } from './cart-brands.js';
import { shop } from './shop.js';

const { roles, parameters } = describeMetric(revenue);
assert.deepEqual(
  roles.filter((role) => shop.schema.roles[role] === undefined),
  [],
);
assert.ok(parameters.some(({ name, required }) => name === 'from' && required));
assert.ok(Object.keys(metrics).includes('revenue'));
assert.deepEqual(describeMetric(cartBrands).roles, ['action', 'brand']);
