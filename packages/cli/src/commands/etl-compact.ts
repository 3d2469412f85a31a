import { type CompactReport, compactLake, type RollupReport } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { upkeepOptions } from '../config/chosen-lake.ts';
import { eachTable, printEachTable } from '../lake/each-table.ts';
import { engineOption } from '../lake/engine-option.ts';
import { leftoverLines } from '../lake/load-summary.ts';
import { rollupsLine } from '../lake/print-rollups.ts';
import { refreshAfter } from '../lake/refresh-after.ts';
import { runOnLake } from '../lake/run-on-lake.ts';
import { runOptions } from '../lake/run-options.ts';
import { trafficLines } from '../lake/traffic-lines.ts';
import type { Console } from '../output/console.ts';
import { byteText, counted, durationText, grouped } from '../output/figures.ts';

/** A compaction, and the refresh of the rollups whose entries it made invalid. */
type Compacted = CompactReport & { readonly rollups?: RollupReport };

/** `headwater etl compact` */
export const etlCompact = defineCommand({
  name: 'etl compact',
  description:
    'Rewrites the days that several runs added to, and files that hold a column in another type than the definition, as few sorted ' +
    'files with the same rows. Queries of `headwater` see the old files or the new ones. Athena, Trino and Spark read folders: on S3 they ' +
    'see both while S3 copies the files of a few days, which takes seconds. Then the next days follow. Rollups of the config are written again.',
  options: { ...upkeepOptions, ...engineOption, ...runOptions },
  examples: [
    ['etl compact --lake ./lake', 'After many small loads'],
    ['etl compact --engine spark', 'By Spark, as a lake that Spark loads'],
  ],
  run: (call) =>
    eachTable(call.options, async (target): Promise<Compacted> => {
      const report = await runOnLake(call, target, (settings) =>
        compactLake({ ...settings, engine: call.options.engine }),
      );
      return { ...report, ...(report.partitions > 0 ? await refreshAfter(call, target, target.failed) : {}) };
    }),
  print: (answer, console, options) =>
    printEachTable(answer, console, options, (report) => printCompaction(console, report)),
});

async function printCompaction(console: Console, report: Compacted): Promise<void> {
  const { allowed, left, partitions, filesBefore, filesAfter, rows, bytes, seconds } = report;
  for (const id of allowed) await console.print(`allowed ${id}, for the files of earlier commits`);
  if (left.length > 0)
    await console.print(
      `not rewritten, because they hold texts that the definition no longer takes: ${left.join(', ')}`,
    );
  for (const line of leftoverLines(report)) await console.print(console.style('dim', line));
  if (partitions === 0) return console.print('Nothing to rewrite: every day is compact.');
  await console.print(
    `${console.style('green', 'compacted')} ${counted(partitions, 'partition')}: ${counted(filesBefore, 'file')} are now ${grouped(filesAfter)}, ` +
      `${grouped(rows)} rows, ${byteText(bytes)}, ${durationText(seconds)}`,
  );
  if (report.rollups) await console.print(rollupsLine(report.rollups));
  for (const line of trafficLines(report)) await console.print(console.style('dim', line));
}
