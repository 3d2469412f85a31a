import { replayQuarantine } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { lakeOptions, targetLake } from '../config/target.ts';
import { printLoadReport } from '../lake/load-summary.ts';
import { runOnLake } from '../lake/run-on-lake.ts';
import { runOptions } from '../lake/run-options.ts';
import { grouped } from '../output/figures.ts';

/** `headwater etl replay` */
export const etlReplay = defineCommand({
  name: 'etl replay',
  description:
    "Cleans every quarantined row again under the table's current definition. Rows that pass move to the lake; the others stay, " +
    'with their new reasons.',
  options: { ...lakeOptions, ...runOptions },
  examples: [['etl replay --lake ./lake', 'After a change of the definition']],
  run: async (call) => ({ data: await runOnLake(call, await targetLake(call.options), replayQuarantine) }),
  async print({ data: report }, console, options) {
    if (report.rowsIn === 0) await console.print('The quarantine is empty: nothing to replay.');
    else if (report.quarantined === report.rowsIn)
      await console.print(
        `Replayed ${grouped(report.rowsIn)} quarantined rows: all are rejected again. The lake is unchanged.`,
      );
    else await printLoadReport(console, report, options);
  },
});
