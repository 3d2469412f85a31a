import type { SchemaDiff } from '@headwater/core';
import { assertKnownIds, compareSchema } from '@headwater/publish';
import type { Answer } from '../answer/answer.ts';
import type { ExitCode } from '../answer/exit-code.ts';
import { defineCommand } from '../command-line/command.ts';
import { repeated } from '../command-line/option.ts';
import { chosenConfig, tableOptions } from '../config/chosen-lake.ts';
import { printComparison } from '../schema/print-comparison.ts';
import { type Comparison, comparisonData, historyOf, projectSettings } from '../schema/project.ts';

interface CheckAnswer extends Answer {
  readonly comparison: Comparison;
}

/** `headwater schema check` */
export const schemaCheck = defineCommand({
  name: 'schema check',
  description:
    'Compares the definition with the latest version, for continuous integration. Exit code 0: nothing breaks. 1: a change is ' +
    'breaking or irreversible, and not allowed. 2: undecided, because there is no version to compare with, registered queries ' +
    'cannot be type-checked, or the check failed.',
  options: {
    allow: repeated('ID', 'Accept a change, by its id; may be repeated'),
    ...tableOptions,
  },
  examples: [
    ['schema check', 'Before merging'],
    ['schema check --allow drop-column:price', 'Accept one change; any other still fails'],
  ],
  failureCode: 2,
  async run({ options, signal }): Promise<CheckAnswer> {
    const { config, table } = await chosenConfig(options);
    const history = await historyOf(config, table);
    const before = history.at(-1);
    const comparison = await compareSchema({ ...projectSettings(config), before, now: table.schema, signal });
    assertKnownIds(options.allow, history, comparison.diff);
    return {
      data: comparisonData(comparison),
      exitCode: exitCodeOf(comparison.diff, new Set(options.allow)),
      comparison,
    };
  },
  async print({ comparison }, console) {
    await printComparison(console, comparison);
    if (comparison.diff.from === null)
      await console.print(
        'Undecided: there is no version to compare with. headwater schema save writes one.',
      );
  },
});

function exitCodeOf({ from, changes }: SchemaDiff, allowed: ReadonlySet<string>): ExitCode {
  if (from === null) return 2;
  const open = changes.filter(({ id }) => !allowed.has(id));
  if (open.some(({ needsAllow }) => needsAllow)) return 1;
  return open.some(({ verdicts }) => Object.values(verdicts).some(({ verdict }) => verdict === 'unknown'))
    ? 2
    : 0;
}
