import { assessSchemas } from '@headwater/core';
import { defineCommand } from '../command-line/command.ts';
import { tableOptions, targetConfig } from '../config/target.ts';
import { tableText } from '../output/table-text.ts';
import { historyOf } from '../schema/compare-schema.ts';

/** `headwater schema history` */
export const schemaHistory = defineCommand({
  name: 'schema history',
  description:
    'Lists the published versions of a table, as their snapshots say, with what each changed of the one before, and what the ' +
    'definition would change now.',
  options: tableOptions,
  examples: [['schema history', 'The first table of the config']],
  async run({ options, console }) {
    const { config, table } = await targetConfig(options);
    const history = await historyOf(config, table);
    const versions = history.map(({ number, version, schema }, index) => ({
      number,
      version,
      changes: assessSchemas(history[index - 1], schema, config.compatibility).changes.map(({ id }) => id),
    }));
    const working = assessSchemas(history.at(-1), table.schema, config.compatibility);
    const unpublished = working.changes.map(({ id }) => id);
    if (options.json) {
      await console.json({ table: table.name, versions, unpublished });
      return true;
    }
    if (versions.length === 0) {
      await console.print(`${table.name} has not been published yet.`);
      return true;
    }
    const rows = versions.map(({ number, version, changes }, index) => [
      String(number),
      version,
      index === 0 ? 'the first one' : changes.join(', ') || 'nothing',
    ]);
    const now =
      unpublished.length > 0 ? [['', working.version, `not published: ${unpublished.join(', ')}`]] : [];
    await console.write(
      tableText(
        ['number', 'version', 'changes'].map((title) => ({ title })),
        [...rows, ...now],
        console.style,
      ),
    );
    return true;
  },
});
