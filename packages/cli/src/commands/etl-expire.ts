import { type ExpireReport, expireDays } from '@headwater/etl';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { flag, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chosenLake, lakeOptions } from '../config/chosen-lake.ts';
import { leftoverLines } from '../lake/load-summary.ts';
import { removedRollupsLines } from '../lake/print-rollups.ts';
import { runOnLake } from '../lake/run-on-lake.ts';
import { runOptions } from '../lake/run-options.ts';
import { byteText, counted, durationText } from '../output/figures.ts';

const options = {
  'older-than': text(
    'AGE',
    'Days older than this: 90d, 12w, 6m (months), 2y, or a day, the first one that stays',
  ),
  quarantine: flag('Also remove the quarantined rows that loads rejected on such days'),
  'dry-run': flag('Show what would go, and change nothing'),
  yes: flag('Remove without asking; required where nobody can be asked'),
  ...lakeOptions,
  ...runOptions,
};

interface ExpireAnswer extends Answer {
  /** Null when the user did not agree. */
  readonly data: ExpireReport | null;
}

/** `headwater etl expire` */
export const etlExpire = defineCommand<typeof options, ExpireAnswer>({
  name: 'etl expire',
  description:
    'Removes whole days from a table of the lake for good, by the UTC day of the events. One commit takes their files out of the lake, then the ' +
    'files are deleted. Files that were loaded stay known, so loading one again does not bring its days back; new files with rows of old days do, ' +
    'until the next expiry.',
  options,
  examples: [
    ['etl expire --older-than 2y --dry-run', 'The days that would go'],
    ['etl expire --older-than 90d --quarantine --yes', 'For a schedule'],
    ['etl expire --older-than 2024-01-01', 'Every day before 2024'],
  ],
  async run(call) {
    const { 'older-than': olderThan, quarantine, 'dry-run': dryRun, yes } = call.options;
    if (olderThan === undefined) throw new UsageError('headwater etl expire needs --older-than AGE.');
    const target = await chosenLake(call.options);
    const expire = (isDryRun: boolean): Promise<ExpireReport> =>
      runOnLake(call, target, (settings) =>
        expireDays({ ...settings, olderThan, quarantine, dryRun: isDryRun }),
      );
    if (dryRun || yes) return { data: await expire(dryRun) };
    if (!call.confirm)
      throw new UsageError('Nothing was removed: there is no terminal to ask on. Give --yes to remove.');
    const planned = await expire(true);
    if (planned.files === 0) return { data: { ...planned, dryRun: false } };
    const isAgreed = await call.confirm(`Remove ${whatOf(planned)} from ${target.table.name} for good?`);
    return isAgreed ? { data: await expire(false) } : { data: null, exitCode: 1 };
  },
  async print({ data }, console) {
    if (!data) return console.print('Nothing was removed.');
    for (const line of leftoverLines(data)) await console.print(console.style('dim', line));
    if (data.files === 0) return console.print(`Nothing to remove: no day is before ${data.firstKeptDay}.`);
    const what = `${whatOf(data)}, ${counted(data.files, 'file')}, ${byteText(data.bytes)}`;
    await console.print(
      data.dryRun
        ? console.style('yellow', `Dry run: nothing was changed. It would remove ${what}`)
        : `${console.style('green', 'removed')} ${what}, ${durationText(data.seconds)}`,
    );
    for (const line of removedRollupsLines(data.rollups)) await console.print(line);
  },
});

/** What goes, in words: `31 days before 2024-02-01 (1,234 rows, 2024-01-01 to 2024-01-31) and 5 quarantined rows`. */
function whatOf({ days, rows, quarantined, firstKeptDay }: ExpireReport): string {
  const parts = [
    ...(days
      ? [
          `${counted(days.count, 'day')} before ${firstKeptDay} (${counted(rows, 'row')}, ${days.first} to ${days.last})`,
        ]
      : []),
    ...(quarantined > 0 ? [`${counted(quarantined, 'row')} quarantined before ${firstKeptDay}`] : []),
  ];
  return parts.join(' and ');
}
