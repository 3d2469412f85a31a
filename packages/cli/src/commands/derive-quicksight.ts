import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import { deriveQuickSight, type QuickSightAssets } from '@headwater/dashboard/quicksight';
import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { awsOf, chosenConfig, tableOptions } from '../config/chosen-lake.ts';
import { metricsIn } from '../config/project-metrics.ts';
import { writeWholeFile } from '../output/whole-file.ts';

/** `headwater derive quicksight`: what follows from a definition, its metrics and the config. */
export const deriveQuickSightCommand = defineCommand({
  name: 'derive quicksight',
  description:
    'Prints a dashboard of the table on QuickSight as the requests that create it: a data source, data sets, themes, an analysis, a dashboard, and what of it is ' +
    'for whom. The same definition and config give the same bytes. Needs `aws` and `quicksight` in the config. Nothing is sent.',
  words: { usage: '', least: 1, most: 1 },
  options: {
    out: text('DIR', 'Write each request to a file of its own there, as the AWS command line reads it', {
      default: 'print all of them as one document',
    }),
    ...tableOptions,
  },
  examples: [
    ['derive quicksight > dashboard.json', 'All requests in one document'],
    [
      'derive quicksight --out quicksight/',
      'A file for each, to compare with those of an earlier definition',
    ],
  ],
  async run({ options }) {
    const { config, table } = await chosenConfig(options);
    if (!config.quicksight)
      throw new HeadwaterError('CONFIG_INVALID', {
        file: config.file,
        problem:
          "`quicksight` is missing: who owns the dashboard. Add to defineConfig({ ... }): quicksight: { owners: ['arn:aws:quicksight:<region>:<account>:user/default/<name>'] }",
      });
    const { assets, leftOut } = deriveQuickSight({
      table,
      metrics: metricsIn(config),
      aws: awsOf(config),
      config: config.quicksight,
    });
    const files = options.out === undefined ? [] : await writeRequests(options.out, assets);
    return { data: { table: table.name, target: 'quicksight', assets, leftOut }, out: options.out, files };
  },
  async print({ data: { assets, leftOut }, out, files }, console) {
    if (out === undefined) await console.write(documentOf(assets));
    else await console.print(`${files.length} requests in ${out}`);
    for (const [chart, reason] of Object.entries(leftOut)) console.note(`${chart} is left out: ${reason}`);
  },
});

const documentOf = (content: unknown): string => `${JSON.stringify(content, undefined, 2)}\n`;

/** Writes each request to a file, by its kind and its id. Files of an earlier run that are no more are left. */
async function writeRequests(out: string, assets: QuickSightAssets): Promise<string[]> {
  const { dataSource, rowLevelDataSet, dataSets, themes, analysis, dashboard, refreshSchedules } = assets;
  const files: [string, unknown][] = [
    ['data-source.json', dataSource],
    ...(rowLevelDataSet ? [['row-level-data-set.json', rowLevelDataSet] satisfies [string, unknown]] : []),
    ...dataSets.map((one): [string, unknown] => [`data-sets/${one.DataSetId}.json`, one]),
    ...themes.map((one): [string, unknown] => [`themes/${one.ThemeId}.json`, one]),
    ['analysis.json', analysis],
    ['dashboard.json', dashboard],
    ...refreshSchedules.map((one): [string, unknown] => [`refresh-schedules/${one.DataSetId}.json`, one]),
  ];
  for (const [path, request] of files) {
    const file = join(out, path);
    await mkdir(dirname(file), { recursive: true });
    await writeWholeFile(file, undefined, (write) => write(documentOf(request)));
  }
  return files.map(([path]) => path);
}
