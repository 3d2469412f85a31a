import { compactLake } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { lakeOptions, targetLake } from '../config/target.ts';
import { byteText, counted, durationText, grouped } from '../output/figures.ts';
import { runOnLake } from './run-on-lake.ts';
import { runOptions } from './run-options.ts';

/** `headwater etl compact` */
export const etlCompact = defineCommand({
  name: 'etl compact',
  description:
    'Rewrites the days that several runs added to, and files that hold a column in another type than the definition, as few sorted ' +
    'files with the same rows. Readers see the old files or the new ones, never both.',
  options: { ...lakeOptions, ...runOptions },
  examples: [['etl compact --lake ./lake', 'After many small loads']],
  async run(call) {
    const { options, console } = call;
    const report = await runOnLake(call, await targetLake(options), compactLake);
    if (options.json) {
      await console.json(report);
      return true;
    }
    for (const id of report.allowed) await console.print(`allowed ${id}, for the files of earlier commits`);
    if (report.left.length > 0)
      await console.print(
        `left as they are, since they hold values that an enum no longer has: ${report.left.join(', ')}`,
      );
    if (report.partitions === 0) await console.print('Nothing to rewrite: every day is compact.');
    else {
      const { partitions, filesBefore, filesAfter, rows, bytes, seconds } = report;
      await console.print(
        `${console.style('green', 'compacted')} ${counted(partitions, 'partition')}: ${counted(filesBefore, 'file')} are now ${grouped(filesAfter)}, ` +
          `${grouped(rows)} rows, ${byteText(bytes)}, ${durationText(seconds)}`,
      );
    }
    return true;
  },
});
