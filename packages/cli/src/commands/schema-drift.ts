import { type DriftReport, findDrift } from '@headwater/publish';
import type { Answer } from '../answer/answer.ts';
import type { ExitCode } from '../answer/exit-code.ts';
import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { awsOf, configOption, tableIn } from '../config/chosen-lake.ts';
import { loadConfig } from '../config/load-config.ts';
import { printDrift } from '../schema/print-drift.ts';
import { projectSettings } from '../schema/project.ts';

interface DriftAnswer extends Answer {
  readonly data: DriftReport;
}

/** `headwater schema drift` */
export const schemaDrift = defineCommand({
  name: 'schema drift',
  description:
    'Shows what a crawler or a hand changed in Glue since the tables were published: columns, partition keys, comments, formats, locations ' +
    'and parameters, tables that are missing, and tables that others made beside them. Reads only; schema publish puts right what is ' +
    'allowed by its id. Exit code 0: nothing differs. 1: something does. 2: undecided, because nothing is published, another release of ' +
    'Headwater published it, or the check failed.',
  options: {
    table: text('NAME', 'One table of the config', { default: 'every table' }),
    ...configOption,
  },
  examples: [
    ['schema drift', 'Every table of the config'],
    ['schema drift --table clickstream --json', 'One table, for a program'],
  ],
  failureCode: 2,
  async run({ options, signal }): Promise<DriftAnswer> {
    const config = await loadConfig(options.config);
    const project = config.tables.map(({ schema }) => schema);
    const data = await findDrift({
      tables: options.table === undefined ? project : [tableIn(config, options.table).schema],
      project,
      target: awsOf(config),
      folder: projectSettings(config).folder,
      signal,
    });
    return { data, exitCode: exitCodeOf(data) };
  },
  print: ({ data }, console) => printDrift(console, data),
});

function exitCodeOf({ tables, strays, unpublished }: DriftReport): ExitCode {
  const drifts = tables.flatMap((table) => table.drifts);
  if (strays.length > 0 || drifts.some(({ release }) => release === null)) return 1;
  return drifts.length > 0 || unpublished.length > 0 ? 2 : 0;
}
