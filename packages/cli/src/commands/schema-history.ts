import { assessSchemas } from '@headwater/core';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { chosenConfig, tableOptions } from '../config/chosen-lake.ts';
import { tableText } from '../output/table-text.ts';
import { historyOf } from '../schema/project.ts';

interface HistoryAnswer extends Answer {
  readonly data: {
    readonly table: string;
    readonly versions: readonly {
      readonly number: number;
      readonly version: string;
      readonly changes: readonly string[];
    }[];
    readonly unpublished: readonly string[];
  };
  /** The version that the current definition would be saved as. */
  readonly next: string;
}

/** `headwater schema history` */
export const schemaHistory = defineCommand({
  name: 'schema history',
  description:
    'Lists the versions of a table, from their snapshots, with the changes of each version and of the current definition.',
  options: tableOptions,
  examples: [['schema history', 'The first table of the config']],
  async run({ options }): Promise<HistoryAnswer> {
    const { config, table } = await chosenConfig(options);
    const history = await historyOf(config, table);
    const versions = history.map(({ number, version, schema }, index) => ({
      number,
      version,
      changes: assessSchemas(history[index - 1], schema, config.compatibility).changes.map(({ id }) => id),
    }));
    const working = assessSchemas(history.at(-1), table.schema, config.compatibility);
    const unpublished = working.changes.map(({ id }) => id);
    return { data: { table: table.name, versions, unpublished }, next: working.version };
  },
  async print({ data: { table, versions, unpublished }, next }, console) {
    if (versions.length === 0)
      return console.print(`${table} has no version yet. headwater schema save writes one.`);
    const rows = versions.map(({ number, version, changes }, index) => [
      String(number),
      version,
      index === 0 ? 'first version' : changes.join(', ') || 'none',
    ]);
    const now = unpublished.length > 0 ? [['', next, `not saved: ${unpublished.join(', ')}`]] : [];
    const titles = ['number', 'version', 'changes'].map((title) => ({ title }));
    await console.write(tableText(titles, [...rows, ...now], console));
  },
});
