import { diffSchemas, rollbackSchema } from '@headwater/core/internal';
import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { targetConfig } from '../config/target.ts';
import { historyOf, versionIn } from '../schema/compare-schema.ts';
import { publishOptions, runPublish } from '../schema/publish-command.ts';

/** `headwater schema rollback` */
export const schemaRollback = defineCommand({
  name: 'schema rollback',
  description:
    'Publishes an earlier version again, as a new version and with the same checks: going back can break as much as going on. A ' +
    'column that was renamed meanwhile stays readable under its later name. The definition in the code stays as it is, and has ' +
    'to follow.',
  options: {
    to: text('VERSION', 'The version to go back to, by number or as 1.2.0'),
    ...publishOptions,
  },
  examples: [['schema rollback --to 1 --dry-run', 'What going back to version 1 would mean']],
  async run({ options, console, signal }) {
    if (options.to === undefined) throw new UsageError('headwater schema rollback needs --to VERSION.');
    const { config, table } = await targetConfig(options);
    const history = await historyOf(config, table);
    const earlier = versionIn(history, table.name, options.to);
    const schema = rollbackSchema(earlier.schema, (history.at(-1) ?? earlier).schema);
    const isWell = await runPublish({
      config,
      table,
      history,
      schema,
      isWorking: false,
      options,
      console,
      signal,
    });
    if (isWell && !options.json && diffSchemas(schema, table.schema).length > 0)
      console.note(
        console.noteStyle(
          'yellow',
          'The definition in the code is another: `headwater schema diff` shows what it would change.',
        ),
      );
    return isWell;
  },
});
