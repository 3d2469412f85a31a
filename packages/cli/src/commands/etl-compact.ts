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
    'Writes the days that several runs added to again, as few sorted files with the same rows. Readers see the old files or the ' +
    'new ones, never both.',
  options: { ...lakeOptions, ...runOptions },
  examples: [['etl compact --lake ./lake', 'After many small loads']],
  async run(call) {
    const { options, console } = call;
    const report = await runOnLake(call, await targetLake(options), compactLake);
    if (options.json) await console.json(report);
    else if (report.partitions === 0) await console.print('Every day is compact already.');
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
