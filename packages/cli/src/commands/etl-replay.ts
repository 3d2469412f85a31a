import { replayQuarantine } from '@headwater/etl';
import { defineCommand } from '../command/command.ts';
import { lakeOptions, targetLake } from '../config/target.ts';
import { grouped } from '../output/figures.ts';
import { loadProgress } from '../output/load-progress.ts';
import { printLoadReport } from '../output/load-summary.ts';
import { runOptions } from './run-options.ts';

/** `headwater etl replay` */
export const etlReplay = defineCommand({
  name: 'etl replay',
  description:
    "Tries every quarantined row again under the table's present definition. Rows that pass move to the lake; the others stay, " +
    'with their new reasons.',
  options: { ...lakeOptions, ...runOptions },
  examples: [['etl replay --lake ./lake', 'After the definition was mended']],
  async run({ options, console, signal }) {
    const { table, lake } = await targetLake(options);
    const progress = loadProgress(console, options.json);
    const report = await replayQuarantine({
      table,
      lake,
      memoryLimit: options['memory-limit'],
      targetFileSize: options['target-file-size'],
      threads: options.threads,
      lockTimeoutSeconds: options['lock-timeout'],
      workFolder: options['work-folder'],
      allow: options.allow,
      onProgress: progress.update,
      signal,
    }).finally(() => progress.end());
    if (options.json) await console.json(report);
    else if (report.rowsIn === 0) await console.print('The quarantine is empty: nothing to try.');
    else if (report.quarantined === report.rowsIn)
      await console.print(
        `Tried ${grouped(report.rowsIn)} quarantined rows: none passes, so the lake is as it was.`,
      );
    else await printLoadReport(console, report);
    return true;
  },
});
