import { diffSchemas, rollbackSchema } from '@headwater/core/internal';
import { findVersion } from '@headwater/publish';
import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chosenConfig } from '../config/chosen-lake.ts';
import { printPublished, printPublishPart } from '../schema/print-publication.ts';
import { historyOf } from '../schema/project.ts';
import {
  type PublishAnswer,
  type PublishPart,
  publishAnswer,
  publishOptions,
} from '../schema/publish-answer.ts';

interface RollbackAnswer extends PublishAnswer {
  /** Whether the definition in the code differs from the version that was rolled back to. */
  readonly codeDiffers: boolean;
}

const options = {
  to: text('VERSION', 'The version to roll back to, by number or as 1.2.0'),
  ...publishOptions,
};

/** `headwater schema rollback` */
export const schemaRollback = defineCommand<typeof options, RollbackAnswer, PublishPart>({
  name: 'schema rollback',
  description:
    'Publishes an earlier version as a new one, with the same checks: a rollback can be as breaking as a new change. A column ' +
    'that was renamed since stays readable under its later name. The definition in the code is not changed: change it too.',
  options,
  examples: [['schema rollback --to 1 --dry-run', 'What a rollback to version 1 would change']],
  async run(call) {
    const { to } = call.options;
    if (to === undefined) throw new UsageError('headwater schema rollback needs --to VERSION.');
    const { config, table } = await chosenConfig(call.options);
    const history = await historyOf(config, table);
    const earlier = findVersion(history, table.name, to);
    const schema = rollbackSchema(earlier.schema, (history.at(-1) ?? earlier).schema);
    const answer = await publishAnswer(call, config, [schema], { isWorking: false });
    return { ...answer, codeDiffers: diffSchemas(schema, table.schema).length > 0 };
  },
  printPart: printPublishPart,
  async print(answer, console) {
    await printPublished(answer, console);
    if (answer.outcome !== 'declined' && answer.codeDiffers)
      console.note(
        console.noteStyle('yellow', 'The definition in the code differs: see `headwater schema diff`.'),
      );
  },
});
