import { metricsOssie } from '@headwater/queries';
import { defineCommand } from '../command-line/command.ts';
import { choice, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chosenConfig, tableOptions } from '../config/chosen-lake.ts';
import { metricsIn } from '../config/project-metrics.ts';

/** `headwater derive ossie`: what follows from a definition and its metrics together. */
export const deriveOssie = defineCommand({
  name: 'derive ossie',
  description:
    'Prints the table and its metrics as a semantic model of Apache Ossie (Open Semantic Interchange), for tools that read it. The answer of each metric over the days is a ' +
    'dataset, whose source is its SQL; measures that may be summed, and ratios of such, are metrics of the model.',
  words: { usage: '', least: 1, most: 1 },
  options: {
    from: text('DATE', 'First day of the answers, YYYY-MM-DD'),
    to: text('DATE', 'Last day of the answers, inclusive, YYYY-MM-DD'),
    sql: choice('ENGINE', ['trino', 'duckdb'], 'Whose SQL the sources are in; Athena has that of trino', {
      default: 'trino',
    }),
    source: text('NAME', 'The table as readers name it, such as awsdatacatalog.shop.clickstream', {
      default: "that of the config's aws, or its own name",
    }),
    ...tableOptions,
  },
  examples: [
    ['derive ossie --from 2019-10-01 --to 2019-10-31 > shop.ossie.yaml', 'For tools that read Apache Ossie'],
  ],
  async run({ options }) {
    const { from, to, sql } = options;
    if (from === undefined || to === undefined)
      throw new UsageError('headwater derive ossie needs --from and --to.');
    const { config, table } = await chosenConfig(options);
    const { aws } = config;
    const source = options.source ?? (aws ? `awsdatacatalog.${aws.database}.${table.name}` : table.name);
    const metrics = metricsIn(config);
    const { document, leftOut } = metricsOssie({ table, metrics, from, to, engine: sql, source });
    return { data: { table: table.name, target: 'ossie', document, leftOut } };
  },
  async print({ data: { document, leftOut } }, console) {
    const { stringify } = await import('yaml');
    // Lines are not folded: SQL stays as it is.
    await console.write(stringify(document, { lineWidth: 0 }));
    for (const [metric, reason] of Object.entries(leftOut)) console.note(`${metric} is left out: ${reason}`);
  },
});
