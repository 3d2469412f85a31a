import { type LakeStatus, lakeStatus } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { upkeepOptions } from '../config/chosen-lake.ts';
import { eachTable, printEachTable } from '../lake/each-table.ts';
import { type GivenPlace, quarantineHint } from '../lake/quarantine-hint.ts';
import type { Console } from '../output/console.ts';
import { byteText, durationText, grouped } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';

/** `headwater etl status` */
export const etlStatus = defineCommand({
  name: 'etl status',
  description: 'Shows the content of each table of the lake and its runs. Reads the manifests only.',
  options: upkeepOptions,
  examples: [['etl status --lake ./lake', 'Days, rows, files and runs']],
  run: ({ options }) => eachTable(options, lakeStatus),
  print: (answer, console, options) =>
    printEachTable(
      answer,
      console,
      options,
      (report, given) => printStatus(console, report, given),
      'untitled',
    ),
});

/** Runs shown; a lake that is loaded every hour has thousands. */
const shownRuns = 10;

async function printStatus(console: Console, status: LakeStatus, given: GivenPlace): Promise<void> {
  const { style } = console;
  const { table, lake, rows, quarantined, files, bytes, days, runs, inputs } = status;
  await console.print(`${style('bold', table)} in ${lake}`);
  await console.write(
    tableText(
      [{ title: '' }, { title: '' }],
      [
        ['rows', grouped(rows)],
        ['quarantined', grouped(quarantined)],
        ['days', days ? `${days.count}, ${days.first} to ${days.last}` : 'none'],
        ['files', `${grouped(files)}, ${byteText(bytes)}`],
        ['inputs', grouped(inputs)],
        ['definitions', status.fingerprints.join(', ')],
      ],
      console,
    ).trimStart(),
  );
  const hint = quarantined > 0 ? quarantineHint(given) : undefined;
  if (hint) await console.print(style('dim', hint));
  await console.print();
  const hidden = runs.length - shownRuns;
  const isFiltered = runs.some(({ filtered }) => filtered > 0);
  const isErased = runs.some(({ erased }) => erased > 0);
  const isNulled = runs.some(({ nulled }) => Object.keys(nulled).length > 0);
  if (hidden > 0) await console.print(style('dim', `${hidden} earlier runs; --json shows all`));
  await console.write(
    tableText(
      [
        '#',
        'run',
        'began',
        'took',
        'rows in',
        'rows out',
        'duplicates',
        'quarantined',
        ...(isFiltered ? ['filtered'] : []),
        ...(isErased ? ['erased'] : []),
        ...(isNulled ? ['values nulled'] : []),
      ].map((title, index) => ({
        title,
        align: index === 1 || index === 2 ? ('left' as const) : ('right' as const),
      })),
      runs
        .slice(-shownRuns)
        .map((run) => [
          String(run.sequence),
          run.operation,
          run.startedAt.slice(0, 19).replace('T', ' '),
          durationText(run.seconds),
          grouped(run.rowsIn),
          grouped(run.rowsOut),
          grouped(run.duplicates),
          grouped(run.quarantined),
          ...(isFiltered ? [grouped(run.filtered)] : []),
          ...(isErased ? [grouped(run.erased)] : []),
          ...(isNulled ? [grouped(Object.values(run.nulled).reduce((sum, rows) => sum + rows, 0))] : []),
        ]),
      console,
    ),
  );
}
