import { compareSchema, findVersion } from '@headwater/publish';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { chosenConfig, tableOptions } from '../config/chosen-lake.ts';
import { printComparison } from '../schema/print-comparison.ts';
import { type Comparison, comparisonData, historyOf, projectSettings } from '../schema/project.ts';

interface DiffAnswer extends Answer {
  readonly comparison: Comparison;
}

/** `headwater schema diff` */
export const schemaDiff = defineCommand({
  name: 'schema diff',
  description:
    'Compares the definition with the latest version, or two versions with each other. Every change is assessed for old ' +
    'and new files on Athena, Trino, Spark and DuckDB, for producers and consumers, and for queries, metrics and dashboards. ' +
    'Changes nothing.',
  options: {
    from: text('VERSION', 'The earlier version, by number or as 1.2.0', {
      default: 'the latest',
    }),
    to: text('VERSION', 'The later version, by number or as 1.2.0', { default: 'the current definition' }),
    ...tableOptions,
  },
  examples: [
    ['schema diff', 'What changed since the latest version'],
    ['schema diff --from 1 --to 2', 'What version 2 changed'],
    ['schema diff --json', 'Every change with its verdicts, for a program'],
  ],
  async run({ options, signal }): Promise<DiffAnswer> {
    const { config, table } = await chosenConfig(options);
    const history = await historyOf(config, table);
    const version = (name: string) => findVersion(history, table.name, name);
    const before = options.from === undefined ? history.at(-1) : version(options.from);
    const later = options.to === undefined ? undefined : version(options.to);
    const comparison = await compareSchema({
      ...projectSettings(config),
      before,
      now: later?.schema ?? table.schema,
      isWorking: later === undefined,
      signal,
    });
    return { data: comparisonData(comparison), comparison };
  },
  print: ({ comparison }, console) => printComparison(console, comparison),
});
