import { always, decimal, defineEvents, timestamp } from '@headwater/core';
import { z } from 'zod';
import { defineThresholds, type Threshold } from '../../src/index.ts';

const columns = {
  at: timestamp(),
  who: z.int64(),
  what: z.string(),
  kind: z.enum(['view', 'cart']),
  paid: decimal(9, 2),
};
const full = defineEvents('full', {
  columns,
  roles: { time: 'at', actor: 'who', item: 'what', action: 'kind', amount: 'paid' },
});
const bare = defineEvents('bare', { columns, roles: { time: 'at' } });
const orders = defineEvents('orders', {
  columns,
  roles: { time: 'at', amount: 'paid' },
  actions: { purchase: always },
});

defineThresholds(full, [
  { kind: 'many', of: 'actor', moreThan: 10, within: 10 },
  {
    kind: 'rush',
    of: 'product',
    actions: ['cart'],
    moreThan: 100,
    within: 60,
    every: 10,
    severity: 'critical',
  },
  { kind: 'few', of: 'site', count: 'amount', lessThan: 5, within: 900 },
]) satisfies readonly Threshold[];
defineThresholds(orders, [{ kind: 'few', of: 'site', actions: ['purchase'], lessThan: 5, within: 900 }]);
defineThresholds(bare, [{ kind: 'flood', of: 'site', moreThan: 1e6, within: 60 }]);

// @ts-expect-error the table has no actor
defineThresholds(bare, [{ kind: 'many', of: 'actor', moreThan: 10, within: 10 }]);
// @ts-expect-error the table has no item
defineThresholds(orders, [{ kind: 'rush', of: 'product', moreThan: 10, within: 10 }]);
// @ts-expect-error the table has no amount
defineThresholds(bare, [{ kind: 'rush', of: 'site', count: 'amount', moreThan: 10, within: 10 }]);
// @ts-expect-error no such action
defineThresholds(full, [{ kind: 'many', of: 'actor', actions: ['purchase'], moreThan: 10, within: 10 }]);
// @ts-expect-error only the site has a least that is expected
defineThresholds(full, [{ kind: 'few', of: 'actor', lessThan: 10, within: 10 }]);
// @ts-expect-error one limit
defineThresholds(full, [{ kind: 'few', of: 'site', lessThan: 10, moreThan: 20, within: 10 }]);
// @ts-expect-error a limit
defineThresholds(full, [{ kind: 'few', of: 'site', within: 10 }]);
// @ts-expect-error no such word
defineThresholds(full, [{ kind: 'many', of: 'actor', moreThan: 10, within: 10, window: 5 }]);
