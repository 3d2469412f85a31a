import { compactLake } from '@headwater/etl';
import { defineCommand } from '../command/command.ts';
import { lakeOptions, targetLake } from '../config/target.ts';
import { byteText, durationText, grouped } from '../output/figures.ts';
import { loadProgress } from '../output/load-progress.ts';
import { runOptions } from './run-options.ts';

/** `headwater etl compact` */
export const etlCompact = defineCommand({
  name: 'etl compact',
  description:
    'Writes the days that several runs added to again, as few sorted files with the same rows. Readers see the old files or the ' +
    'new ones, never both.',
  options: { ...lakeOptions, ...runOptions },
  examples: [['etl compact --lake ./lake', 'After many small loads']],
  async run({ options, console, signal }) {
    const { table, lake } = await targetLake(options);
    const progress = loadProgress(console, options.json);
    const report = await compactLake({
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
    else if (report.partitions === 0) await console.print('Every day is compact already.');
    else {
      const { partitions, filesBefore, filesAfter, rows, bytes, seconds } = report;
      await console.print(
        `${console.style('green', 'compacted')} ${grouped(partitions)} days: ${grouped(filesBefore)} files are now ${grouped(filesAfter)}, ` +
          `${grouped(rows)} rows, ${byteText(bytes)}, ${durationText(seconds)}`,
      );
    }
    return true;
  },
});
