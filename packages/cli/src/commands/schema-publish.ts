import { defineCommand } from '../command-line/command.ts';
import { targetConfig } from '../config/target.ts';
import { historyOf } from '../schema/compare-schema.ts';
import { publishOptions, runPublish } from '../schema/publish-command.ts';

/** `headwater schema publish` */
export const schemaPublish = defineCommand({
  name: 'schema publish',
  description:
    'Publishes the definition to AWS: the database, the tables with their projected partitions, the view over renamed columns, the ' +
    'version in the Schema Registry, the Athena workgroup with maxScan as its cutoff, and a snapshot to commit. What others set on a table stays; what somebody published meanwhile is ' +
    'never overwritten. What breaks something, or cannot be taken back, needs --allow with its id. Publishing twice changes nothing, ' +
    'and publishing again after a failure does what is left.',
  options: publishOptions,
  examples: [
    ['schema publish --dry-run', 'Only the plan'],
    ['schema publish --yes', 'Without being asked'],
    ['schema publish --allow drop-column:price', 'With a change that is meant'],
  ],
  async run({ options, console, signal }) {
    const { config, table } = await targetConfig(options);
    const history = await historyOf(config, table);
    return runPublish({
      config,
      table,
      history,
      schema: table.schema,
      isWorking: true,
      options,
      console,
      signal,
    });
  },
});
