import { type VerifyReport, verifyLake } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { upkeepOptions } from '../config/chosen-lake.ts';
import { eachTable, printEachTable } from '../lake/each-table.ts';
import type { Console } from '../output/console.ts';
import { byteText, counted } from '../output/figures.ts';

/** `headwater etl verify` */
export const etlVerify = defineCommand({
  name: 'etl verify',
  description:
    'Reads every committed file and checks its existence, size, hash, row count and partition day, that the counts of every run ' +
    'add up, that no data file lost its manifest, and that the files fit the definition. Names every problem with its fix. Exit code 1 when a check fails.',
  options: upkeepOptions,
  examples: [['etl verify --lake ./lake', 'Check all of it']],
  run: ({ options, signal, onProgress }) =>
    eachTable(
      options,
      ({ table, lake, aws }) =>
        verifyLake({
          table,
          lake,
          aws,
          signal,
          onProgress: ({ files, totalFiles }) =>
            onProgress?.({
              doing: `verifying ${files} of ${totalFiles} files`,
              stage: table.name,
              fraction: files / totalFiles,
            }),
        }),
      { goesOn: true, exitCode: (reports) => (reports.every(({ ok }) => ok) ? 0 : 1) },
    ),
  print: (answer, console, options) =>
    printEachTable(answer, console, options, (report) => printVerification(console, report)),
});

async function printVerification(console: Console, report: VerifyReport): Promise<void> {
  const { style } = console;
  const { filesChecked, rows, bytes, problems, leftovers, foreign, notes } = report;
  const what = `${counted(filesChecked, 'file')}, ${counted(rows, 'row')}, ${byteText(bytes)}`;
  await console.print(
    report.ok ? `${style('green', 'verified')} ${what}` : `${style('red', 'failed')} ${what}`,
  );
  for (const { file, problem, fix } of problems)
    await console.print(`  ${file}: ${problem}${fix ? `. ${fix}` : ''}`);
  if (leftovers.length > 0) {
    const lines =
      `${counted(leftovers.length, 'file')} that no manifest lists, of a run that is working or that died. They are not part of ` +
      'the lake, but engines that read folders, such as Athena, see them. A later run removes those of dead runs';
    await console.print(style('dim', lines));
    for (const file of leftovers) await console.print(style('dim', `  ${file}`));
  }
  if (foreign.length > 0) {
    const lines =
      `${counted(foreign.length, 'file')} in the folders of the table that Headwater did not write. Headwater leaves such files alone, ` +
      'but engines that read folders see them';
    await console.print(style('dim', lines));
    for (const file of foreign) await console.print(style('dim', `  ${file}`));
  }
  for (const note of notes) await console.print(style('dim', note));
}
