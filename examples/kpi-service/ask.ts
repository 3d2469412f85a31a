import { kpiClient } from '@headwater/example-kpi-service/client';

const client = kpiClient({ url: 'http://127.0.0.1:8080', token: process.env['KPI_TOKEN'] ?? '' });
const rows = await client.metric('revenue', {
  from: '2024-03-01',
  to: '2024-03-07',
  by: 'country',
  where: { event_type: ['view', 'purchase'] },
});
for (const { country, orders, revenue } of rows) console.log(country, orders, revenue);
