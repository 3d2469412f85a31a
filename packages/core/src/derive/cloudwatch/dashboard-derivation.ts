import { z } from 'zod';
import { type Derived, defineDerivation } from '../derivation.ts';
import { deriveCloudWatchDashboard } from './platform-dashboard.ts';

/** A dashboard of CloudWatch over the whole platform. */
export const cloudwatchDashboardDerivation = defineDerivation({
  description: 'Dashboard of CloudWatch over stream, functions, loads, queries and cost',
  details:
    'A widget of what an alarm watches has its metrics and its limit. aws.stream.alarms and aws.alarms of the config say what there is.',
  needs: 'tables',
  command: 'aws cloudwatch put-dashboard --cli-input-json',
  options: z.object({
    name: z.string().optional().describe('Name of the dashboard (default: headwater-<database>)'),
    pricePerTerabyte: z.coerce
      .number()
      .positive()
      .optional()
      .describe('USD for a TB that Athena reads (default: 5)'),
  }),
  examples: [['--name shop', 'A dashboard of another name']],
  derive: ({ tables, target }, options): Derived => {
    const dashboard = deriveCloudWatchDashboard(tables, target, options);
    return {
      text: `${JSON.stringify(dashboard, null, 2)}\n`,
      data: { ...dashboard, DashboardBody: JSON.parse(dashboard.DashboardBody) },
    };
  },
});
