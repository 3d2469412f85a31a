import { type LoadReport, type RollupReport, replayQuarantine } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { upkeepOptions } from '../config/chosen-lake.ts';
import { eachTable, printEachTable } from '../lake/each-table.ts';
import { engineOption } from '../lake/engine-option.ts';
import { printLoadReport } from '../lake/load-summary.ts';
import { lookupFiles, lookupOption } from '../lake/lookup-files.ts';
import { rollupsLine } from '../lake/print-rollups.ts';
import type { GivenPlace } from '../lake/quarantine-hint.ts';
import { refreshAfter } from '../lake/refresh-after.ts';
import { runOnLake } from '../lake/run-on-lake.ts';
import { runOptions } from '../lake/run-options.ts';
import type { Console } from '../output/console.ts';
import { grouped } from '../output/figures.ts';

/** A replay, and the refresh of the rollups of days that got rows. */
type Replayed = LoadReport & { readonly rollups?: RollupReport };

/** `headwater etl replay` */
export const etlReplay = defineCommand({
  name: 'etl replay',
  description:
    "Cleans every quarantined row again under the table's current definition. Rows that pass move to the lake; the others stay, " +
    'with their new reasons. DuckDB is the better engine for most quarantines: Spark takes seconds to start, and pays for many millions of rows.',
  options: { ...upkeepOptions, ...lookupOption, ...engineOption, ...runOptions },
  examples: [['etl replay --lake ./lake', 'After a change of the definition']],
  run: (call) =>
    eachTable(call.options, async (target): Promise<Replayed> => {
      const lookups = lookupFiles(call.options.lookup, target.config, target.table, target.tables);
      const report = await runOnLake(call, target, (settings) =>
        replayQuarantine({ ...settings, lookups, engine: call.options.engine }),
      );
      return { ...report, ...(report.rowsOut > 0 ? await refreshAfter(call, target, target.failed) : {}) };
    }),
  print: (answer, console, options) =>
    printEachTable(answer, console, options, (report, given) => printReplay(console, report, given)),
});

async function printReplay(
  console: Console,
  { rollups, ...report }: Replayed,
  given: GivenPlace,
): Promise<void> {
  if (report.rowsIn === 0) await console.print('The quarantine is empty: nothing to replay.');
  else if (report.quarantined === report.rowsIn)
    await console.print(
      `Replayed ${grouped(report.rowsIn)} quarantined rows: all are rejected again. The lake is unchanged.`,
    );
  else await printLoadReport(console, report, given);
  if (rollups) await console.print(rollupsLine(rollups));
}
