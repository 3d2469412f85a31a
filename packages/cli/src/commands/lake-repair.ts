import { type RepairedFile, type RepairReport, repairLake } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { flag } from '../command-line/option.ts';
import { upkeepOptions } from '../config/chosen-lake.ts';
import { eachTable, printEachTable } from '../lake/each-table.ts';
import { runOnLake } from '../lake/run-on-lake.ts';
import { runOptions } from '../lake/run-options.ts';
import type { Console } from '../output/console.ts';
import { counted, durationText } from '../output/figures.ts';

/** `headwater lake repair` */
export const lakeRepair = defineCommand({
  name: 'lake repair',
  description:
    'Repairs a lake that lost manifests, as happens when a backup is restored in part. One commit lists the data files again ' +
    'that no manifest lists, with counts from the files themselves. Rows that the lake holds already are not added twice. ' +
    'Manifests that are missing before later ones are written anew. ' +
    'etl verify names the files. Exit code 1 when files are left that could not be repaired.',
  options: {
    ...upkeepOptions,
    'remove-unlisted': flag(
      'Delete the files that no manifest lists, with their rows, instead of listing them',
    ),
    'drop-damaged': flag(
      'Take missing and damaged files out of the lake. Their inputs can then be loaded again',
    ),
    'dry-run': flag('Show what a repair would do, and change nothing'),
    ...runOptions,
  },
  examples: [
    ['lake repair --lake ./lake --dry-run', 'What a repair would do'],
    ['lake repair --lake ./lake', 'After a manifest was lost'],
    ['lake repair --lake ./lake --drop-damaged', 'When a data file cannot be restored'],
  ],
  run: (call) =>
    eachTable(
      call.options,
      (target) =>
        runOnLake(call, target, (settings) =>
          repairLake({
            ...settings,
            unlisted: call.options['remove-unlisted'] ? 'remove' : 'adopt',
            dropDamaged: call.options['drop-damaged'],
            dryRun: call.options['dry-run'],
          }),
        ),
      {
        goesOn: true,
        exitCode: (reports) => (reports.every(({ problems }) => problems.length === 0) ? 0 : 1),
      },
    ),
  print: (answer, console, options) =>
    printEachTable(answer, console, options, (report) => printRepair(console, report)),
});

async function printRepair(console: Console, report: RepairReport): Promise<void> {
  const { style } = console;
  const { adopted, quarantineAdopted, replaced, dropped, removed, problems, duplicates } = report;
  const list = async (what: string, files: readonly RepairedFile[]): Promise<void> => {
    for (const { file, rows } of files) await console.print(`  ${what} ${file}, ${counted(rows, 'row')}`);
  };
  const isIdle =
    adopted.length + quarantineAdopted.length + replaced.length + dropped.length + removed.length === 0 &&
    report.replacedManifests.length === 0;
  if (isIdle && problems.length === 0) return console.print('Nothing to repair.');
  const rows = `${counted(report.rows, 'row')} added`;
  const known = duplicates > 0 ? `, ${counted(duplicates, 'row')} already in the lake` : '';
  if (!isIdle)
    await console.print(
      report.dryRun
        ? style('yellow', `Dry run: nothing was changed. It would be: ${rows}${known}`)
        : `${style('green', 'repaired')} ${report.table} in ${report.lake}: ${rows}${known}, ${durationText(report.seconds)}`,
    );
  await list('listed again', [...adopted, ...quarantineAdopted]);
  await list('replaced by a listed file:', replaced);
  await list('taken out of the lake:', dropped);
  for (const path of removed) await console.print(`  deleted ${path}`);
  for (const path of report.replacedManifests) await console.print(`  written anew: ${path}`);
  if (report.inputsUnknown)
    await console.print(
      style(
        'yellow',
        'The inputs of lost commits are not known any more: do not load them again. They are not skipped, their rejected rows are ' +
          'quarantined twice, and in a table that keeps equal rows their rows count twice.',
      ),
    );
  if (report.reloadable.length > 0)
    await console.print(`Load these inputs again to get rows back: ${report.reloadable.join(', ')}`);
  if (report.reloadsCountTwice)
    await console.print(
      style(
        'yellow',
        'The table keeps equal rows: load only the rows of the days whose files were taken out. Others would count twice.',
      ),
    );
  if (problems.length > 0) await console.print(style('red', 'not repaired'));
  for (const { file, problem, fix } of problems)
    await console.print(`  ${file}: ${problem}${fix ? `. ${fix}` : ''}`);
}
