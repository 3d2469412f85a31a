import { replayQuarantine } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { lakeOptions, targetLake } from '../config/target.ts';
import { grouped } from '../output/figures.ts';
import { printLoadReport } from '../output/load-summary.ts';
import { runOnLake } from './run-on-lake.ts';
import { runOptions } from './run-options.ts';

/** `headwater etl replay` */
export const etlReplay = defineCommand({
  name: 'etl replay',
  description:
    "Tries every quarantined row again under the table's present definition. Rows that pass move to the lake; the others stay, " +
    'with their new reasons.',
  options: { ...lakeOptions, ...runOptions },
  examples: [['etl replay --lake ./lake', 'After the definition was mended']],
  async run(call) {
    const { options, console } = call;
    const report = await runOnLake(call, await targetLake(options), replayQuarantine);
    if (options.json) await console.json(report);
    else if (report.rowsIn === 0) await console.print('The quarantine is empty: nothing to try.');
    else if (report.quarantined === report.rowsIn)
      await console.print(
        `Tried ${grouped(report.rowsIn)} quarantined rows: none passes, so the lake is as it was.`,
      );
    else await printLoadReport(console, report, options);
    return true;
  },
});
