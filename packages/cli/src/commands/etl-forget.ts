import { type ForgetReport, forgetActors } from '@headwater/etl';
import type { Answer } from '../answer/answer.ts';
import { type Call, defineCommand } from '../command-line/command.ts';
import { flag, repeated, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { targetTables, upkeepOptions } from '../config/chosen-lake.ts';
import { eachTable, printEachTable, type TablesAnswer } from '../lake/each-table.ts';
import { givenActors } from '../lake/given-actors.ts';
import { removedRollupsLines } from '../lake/print-rollups.ts';
import { runOnLake } from '../lake/run-on-lake.ts';
import { runOptions } from '../lake/run-options.ts';
import { searchText } from '../lake/search-text.ts';
import { trafficLines } from '../lake/traffic-lines.ts';
import type { Console } from '../output/console.ts';
import { counted, durationText } from '../output/figures.ts';

const options = {
  actor: repeated(
    'ID',
    "The actor's id, as in raw files or in the lake; may be repeated. Shells keep command lines: see --actors-from",
  ),
  'actors-from': text('FILE', 'A file with an id in each line, - for standard input'),
  'dry-run': flag('Search and count, and change nothing'),
  yes: flag('Erase without asking; required where nobody can be asked'),
  ...upkeepOptions,
  ...runOptions,
};

interface ForgetAnswer extends Answer {
  /** Null when the user did not agree. */
  readonly data: TablesAnswer<ForgetReport>['data'] | null;
  readonly reports: TablesAnswer<ForgetReport>['reports'];
}

/** `headwater etl forget` */
export const etlForget = defineCommand<typeof options, ForgetAnswer>({
  name: 'etl forget',
  description:
    'Erases the rows of actors for good: from the lake, from the quarantine, and from the caches of this machine. Files that hold such rows are ' +
    'written again without them; all other rows stay as they are. The receipt has counts and names nobody; it lists what the erasure cannot ' +
    'reach, such as the raw files. Loading a raw file again that was loaded is skipped, so it brings nobody back.',
  options,
  examples: [
    ['etl forget --actors-from ids.txt --dry-run', 'How many rows would go'],
    ['etl forget --actors-from - --yes --json < ids.txt > receipt.json', 'Erase, and keep the receipt'],
  ],
  async run(call) {
    const { actor, 'actors-from': file, 'dry-run': dryRun } = call.options;
    const actors = await givenActors(actor, file, call.stdin);
    if (!dryRun && !(await isAgreed(call, actors.length))) return { data: null, reports: [], exitCode: 1 };
    return eachTable(
      call.options,
      (target) => runOnLake(call, target, (settings) => forgetActors({ ...settings, actors, dryRun })),
      { goesOn: true },
    );
  },
  async print({ data, reports }, console, given) {
    if (!data) return console.print('Nothing was erased.');
    await printEachTable({ data, reports }, console, given, (report) => printReceipt(console, report));
  },
});

/** @throws UsageError where nobody can be asked */
async function isAgreed({ options: given, confirm }: Call<typeof options>, actors: number): Promise<boolean> {
  if (given.yes) return true;
  if (!confirm)
    throw new UsageError('Nothing was erased: there is no terminal to ask on. Give --yes to erase.');
  const { tables, lake } = await targetTables(given);
  const names = tables.map(({ name }) => name).join(', ');
  return confirm(`Erase the rows of ${counted(actors, 'actor')} from ${names} in ${lake} for good?`);
}

async function printReceipt(console: Console, report: ForgetReport): Promise<void> {
  const { style } = console;
  const { rows, days, quarantined, files, caches, actors, sequence, versions } = report;
  const { unsettled, namedIn, otherPersonalColumns } = report;
  const rejected = quarantined.byActor + quarantined.byText;
  const what = `${counted(rows, 'row')} of ${counted(actors, 'actor')} on ${counted(days, 'day')}, and ${counted(rejected, 'quarantined row')}`;
  await console.print(
    report.dryRun
      ? style('yellow', `Dry run: nothing was changed. It would erase ${what}`)
      : `${style('green', 'erased')} ${what}, ${durationText(report.seconds)}`,
  );
  const list = async (title: string, lines: readonly string[]): Promise<void> => {
    if (lines.length === 0) return;
    await console.print(title);
    for (const line of lines) await console.print(`  ${line}`);
  };
  if (quarantined.byText > 0)
    await console.print(
      `  ${counted(quarantined.byText, 'quarantined row')} of unknown actors ${quarantined.byText === 1 ? 'has' : 'have'} an id as a word in the raw text`,
    );
  if (!report.dryRun) {
    await console.print(
      `${searchText(files)}. As of commit ${sequence} no file of the table holds such a row`,
    );
    await console.print(
      `removed from this machine: ${counted(caches.files, 'downloaded file')}, ${counted(caches.answers, 'cached answer')}`,
    );
    for (const line of removedRollupsLines(report.rollups)) await console.print(line);
  }
  if (unsettled.length > 0)
    await list(
      style(
        'yellow',
        'These files of runs that are at work, or that died, may hold such rows. Erase again later; on S3 they go after an hour:',
      ),
      unsettled,
    );
  await list('These manifests name an input whose file name has an id as a word:', namedIn);
  await list(
    'Rows are found by the actor alone. Other columns with personal data, which may lead to the same person in rows without the id:',
    otherPersonalColumns,
  );
  if (versions?.versioning === 'on' && versions.days === null)
    await console.print(style('yellow', 'The bucket keeps old versions of the deleted files for good.'));
  await list('Not reached:', report.notReached);
  for (const line of trafficLines(report)) await console.print(style('dim', line));
}
