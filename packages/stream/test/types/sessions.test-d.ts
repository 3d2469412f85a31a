import { expectTypeOf } from 'vitest';
import { type CapabilityOf, createEmbeddedStore, type LiveStore, sessionRules } from '../../src/index.ts';
import { createDynamodbStore } from '../../src/stores/dynamodb/index.ts';
import { clicks, type derived, orders, pages } from '../sessions/shops.ts';

// What a table can say follows from its roles and actions, those that it derives included.
expectTypeOf<CapabilityOf<typeof clicks>>().toEqualTypeOf<'sessions' | 'carts' | 'sales' | 'revenue'>();
expectTypeOf<CapabilityOf<typeof derived>>().toEqualTypeOf<'sessions' | 'carts' | 'sales' | 'revenue'>();
expectTypeOf<CapabilityOf<typeof orders>>().toEqualTypeOf<'revenue'>();
expectTypeOf<CapabilityOf<typeof pages>>().toEqualTypeOf<'sessions' | 'carts'>();

const now = new Date();
const all = createEmbeddedStore(sessionRules(clicks, { needs: ['carts'] }));
expectTypeOf(all.openCarts(now)).resolves.toHaveProperty('value').toEqualTypeOf<string | null>();
expectTypeOf(all.topItems(now, { by: 'revenue' })).resolves.items.toHaveProperty('item');
// @ts-expect-error a list is by purchases or by revenue
all.topItems(now, { by: 'views' });

const onlyOrders = createEmbeddedStore(sessionRules(orders));
onlyOrders.minutes({ from: now, to: now }, now);
// @ts-expect-error a table without sessions has no active ones
onlyOrders.activeSessions(now);
// @ts-expect-error nor carts
onlyOrders.openCarts(now);
// @ts-expect-error a table without items has no best sellers
createEmbeddedStore(sessionRules(pages)).topItems(now);
// @ts-expect-error and it is refused when it is asked for
sessionRules(orders, { needs: ['carts'] });
// @ts-expect-error times are in seconds, as numbers
sessionRules(clicks, { endsAfterSeconds: '30m' });

// A store of one table is not one of another that says more.
declare const client: Parameters<typeof createDynamodbStore>[1]['client'];
const pageStore = createDynamodbStore(sessionRules(pages), { client, table: 'pages' });
expectTypeOf(pageStore).toExtend<LiveStore<'sessions' | 'carts'>>();
// @ts-expect-error it has no sales
pageStore satisfies LiveStore<'sales'>;
