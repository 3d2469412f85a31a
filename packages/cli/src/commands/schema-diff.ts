import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { tableOptions, targetConfig } from '../config/target.ts';
import { printComparison } from '../output/print-comparison.ts';
import { compareSchema, historyOf, versionIn } from '../schema/compare-schema.ts';
import { comparisonJson } from '../schema/comparison-json.ts';

/** `headwater schema diff` */
export const schemaDiff = defineCommand({
  name: 'schema diff',
  description:
    'Compares the definition with the version that was published last, or two versions with each other. Every change is judged ' +
    'for everyone it meets: old and new files on Athena, Trino, Spark and DuckDB; who sends events and who gets them; queries, ' +
    'metrics, dashboards. Nothing is touched.',
  options: {
    from: text(
      'VERSION',
      'The earlier version, by number or as 1.2.0; the last published one when not given',
    ),
    to: text('VERSION', 'The later version; the definition as it is now when not given'),
    ...tableOptions,
  },
  examples: [
    ['schema diff', 'What publishing now would mean'],
    ['schema diff --from 1 --to 2', 'What version 2 changed'],
    ['schema diff --json', 'Every change with its verdicts, for a program'],
  ],
  async run({ options, console, signal }) {
    const { config, table } = await targetConfig(options);
    const history = await historyOf(config, table);
    const version = (name: string) => versionIn(history, table.name, name);
    const before = options.from === undefined ? history.at(-1) : version(options.from);
    const later = options.to === undefined ? undefined : version(options.to);
    const now = { now: later?.schema ?? table.schema, isWorking: later === undefined };
    const comparison = await compareSchema(config, before, now, signal);
    if (options.json) await console.json(comparisonJson(comparison));
    else await printComparison(console, comparison);
    return true;
  },
});
