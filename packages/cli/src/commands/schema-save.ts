import { relative } from 'node:path';
import { snapshotPath } from '@headwater/core/internal';
import { saveSchema } from '@headwater/publish';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { repeated } from '../command-line/option.ts';
import { chosenConfig, tableOptions } from '../config/chosen-lake.ts';
import { printComparison } from '../schema/print-comparison.ts';
import { type Comparison, comparisonData, projectSettings } from '../schema/project.ts';

interface SaveAnswer extends Answer {
  readonly data: object;
  readonly comparison: Comparison;
  /** The snapshot's file, from the working folder. */
  readonly file: string;
  readonly isNew: boolean;
}

/** `headwater schema save` */
export const schemaSave = defineCommand({
  name: 'schema save',
  description:
    'Saves the definition as a version, without AWS: a snapshot to commit with the code, that schema diff, check and history ' +
    'compare with. Breaking or irreversible changes need --allow with their id. Saving again changes nothing. schema publish ' +
    'publishes the saved version.',
  options: {
    allow: repeated('ID', 'Accept a breaking or irreversible change, by its id; may be repeated'),
    ...tableOptions,
  },
  examples: [
    ['schema save', 'The first version, and every later one'],
    ['schema save --allow drop-column:price', 'With a change that would be refused'],
  ],
  async run({ options, signal }): Promise<SaveAnswer> {
    const { config, table } = await chosenConfig(options);
    const settings = projectSettings(config);
    const { comparison, snapshot, isNew } = await saveSchema({
      ...settings,
      now: table.schema,
      allow: options.allow,
      signal,
    });
    const { number, version } = snapshot;
    const file = relative(process.cwd(), `${settings.folder}/${snapshotPath(table.name, number)}`);
    return {
      data: { ...comparisonData(comparison), number, version, file, saved: isNew },
      comparison,
      file,
      isNew,
    };
  },
  async print({ comparison, file, isNew }, console) {
    await printComparison(console, comparison);
    const { version } = comparison.diff;
    await console.print(
      isNew
        ? `${console.style('green', 'saved')} version ${version}. Commit ${file} with the code.`
        : console.style('dim', 'This version is saved already.'),
    );
  },
});
