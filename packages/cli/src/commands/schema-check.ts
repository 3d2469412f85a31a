import type { SchemaDiff } from '@headwater/core';
import { defineCommand } from '../command-line/command.ts';
import type { ExitCode } from '../command-line/exit-code.ts';
import { repeated } from '../command-line/option.ts';
import { tableOptions, targetConfig } from '../config/target.ts';
import { printComparison } from '../output/print-comparison.ts';
import { compareSchema, historyOf } from '../schema/compare-schema.ts';
import { comparisonJson } from '../schema/comparison-json.ts';

/** `headwater schema check` */
export const schemaCheck = defineCommand({
  name: 'schema check',
  description:
    'Compares the definition with the version that was published last, for continuous integration. Exit code 0: nothing changed, or ' +
    'nothing breaks. 1: something breaks or cannot be taken back, and is not allowed. 2: that cannot be told, as when registered ' +
    'queries cannot be type-checked.',
  options: {
    allow: repeated('ID', 'A change that is meant, by its id; once for each'),
    ...tableOptions,
  },
  examples: [
    ['schema check', 'Before merging'],
    ['schema check --allow drop-column:price', 'One change is meant; any other still fails'],
  ],
  async run({ options, console, signal }) {
    const { config, table } = await targetConfig(options);
    const history = await historyOf(config, table);
    const now = { now: table.schema, isWorking: true };
    const comparison = await compareSchema(config, history.at(-1), now, signal);
    if (options.json) await console.json(comparisonJson(comparison));
    else await printComparison(console, comparison);
    return exitCodeOf(comparison.diff, new Set(options.allow));
  },
});

function exitCodeOf({ changes }: SchemaDiff, allowed: ReadonlySet<string>): ExitCode {
  const open = changes.filter(({ id }) => !allowed.has(id));
  if (open.some(({ needsAllow }) => needsAllow)) return 1;
  return open.some(({ verdicts }) => Object.values(verdicts).some(({ verdict }) => verdict === 'unknown'))
    ? 2
    : 0;
}
