import { withSignal } from '@headwater/access';
import { estimateScan } from '@headwater/queries';
import { z } from 'zod';
import { budgetSchema } from './bytes-schema.ts';
import { readArguments } from './question.ts';
import { objectSchema, type Tool, type ToolContext } from './tool.ts';

/** The days of the lake, and what is left of the budget. Runs no query. */
export const statusTool = (context: ToolContext): Tool => ({
  name: 'status',
  title: 'Show the state of the lake and of the budget',
  description:
    'Shows the first and the last day of the table, its time zone, limits, and what is left of the scan budget.',
  input: () => objectSchema({}),
  output: () =>
    objectSchema(
      {
        table: { type: 'string' },
        zone: { type: 'string' },
        days: {
          ...objectSchema({ first: { type: 'string' }, last: { type: 'string' } }),
          description:
            'First and last UTC day with events. Absent for an empty table, and where only the server knows',
        },
        limits: objectSchema({
          rows: { type: 'integer' },
          characters: { type: 'integer' },
          timeoutSeconds: { type: 'number' },
        }),
        budget: budgetSchema,
      },
      { optional: ['days'] },
    ),
  async run(given, signal) {
    readArguments('status', z.strictObject({}), given);
    const { lake, table, limits, timeoutSeconds, caller } = context;
    const { schema, name } = table.definition;
    // The estimate of a reading of all days names the days, and is made without a query.
    const all = table.unboundedScan().select('dt' as never);
    const { tables } = await withSignal(estimateScan(lake, all), signal);
    const [first, last] = tables[0]?.days ?? [];
    return {
      table: name,
      zone: schema.zone ?? 'UTC',
      ...(first === undefined || last === undefined ? {} : { days: { first, last } }),
      limits: { ...limits, timeoutSeconds },
      budget: caller.budget.state(),
    };
  },
});
