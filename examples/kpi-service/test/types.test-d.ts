// A question that the metric or the table does not have does not compile.
import { expectTypeOf, test } from 'vitest';
import { type KpiRow, kpiClient } from '../src/client/kpi-client.ts';
import type { OpenColumn } from '../src/question/open-columns.ts';

const client = kpiClient({ url: 'http://127.0.0.1:8080', token: '' });
const range = { from: '2024-03-01', to: '2024-03-31' };

test('rows are those of the metric', async () => {
  const [row] = await client.metric('revenue', range);
  expectTypeOf(row?.revenue).toEqualTypeOf<number | undefined>();
  expectTypeOf(row?.period).toEqualTypeOf<string | undefined>();
  // @ts-expect-error another metric has it
  row?.abandonmentRate;
  const [brand] = await client.metric('revenue', { ...range, by: 'country' });
  expectTypeOf(brand?.country).toEqualTypeOf<string | null | undefined>();
  expectTypeOf<KpiRow<'cart-abandonment'>['abandonmentRate']>().toEqualTypeOf<number | null>();
});

test('parameters are those of the metric', async () => {
  await client.metric('top-products', { ...range, limit: 5, by: 'category' });
  await client.metric('retention', { ...range, cohort: 'first-purchase', grain: 'week' });
  await client.metric('funnel', { ...range, steps: ['view', 'purchase'], per: 'actor' });
  // @ts-expect-error there is no such metric
  await client.metric('profit', range);
  // @ts-expect-error its rows are single shoppers, and it is not served
  await client.metric('frequent-visitors', range);
  // @ts-expect-error a range has two ends
  await client.metric('revenue', { from: '2024-03-01' });
  // @ts-expect-error no such grain
  await client.metric('revenue', { ...range, grain: 'century' });
  // @ts-expect-error not a parameter of this metric
  await client.metric('revenue', { ...range, limit: 5 });
  // @ts-expect-error not an action of the table
  await client.metric('funnel', { ...range, steps: ['view', 'teleport'] });
});

test('filters and break-downs are by columns that are open', async () => {
  await client.metric('revenue', { ...range, where: { country: ['DE', 'AT'], brand: null }, by: 'brand' });
  // @ts-expect-error no such value
  await client.metric('revenue', { ...range, where: { country: 'XX' } });
  // @ts-expect-error whose rows they are says the token alone
  await client.metric('revenue', { ...range, where: { merchant: 'south' } });
  // @ts-expect-error personal data
  await client.metric('revenue', { ...range, where: { shopper: 's1' } });
  // @ts-expect-error whose rows they are says the token alone
  await client.metric('revenue', { ...range, by: 'merchant' });
  // @ts-expect-error personal data
  await client.metric('revenue', { ...range, by: 'shopper' });
  // @ts-expect-error whose rows they are says the token alone
  await client.values('merchant', range);
  expectTypeOf<OpenColumn>().toEqualTypeOf<'event_type' | 'product_id' | 'category' | 'brand' | 'country'>();
});
