import { type RegisterReport, registerPartitions } from '@headwater/publish';
import { defineCommand } from '../command-line/command.ts';
import { lakeOptions, targetAws, targetTable } from '../config/target.ts';
import type { Console } from '../output/console.ts';
import { grouped } from '../output/figures.ts';

/** `headwater lake register-partitions` */
export const lakeRegisterPartitions = defineCommand({
  name: 'lake register-partitions',
  description:
    'Registers every partition of the lake in Glue, for engines that do not honour partition projection: Glue ETL, Redshift ' +
    'Spectrum, EMR. Athena and Trino need none of it. Done twice, it changes nothing.',
  options: lakeOptions,
  examples: [['lake register-partitions', 'The first table of the config']],
  async run({ options, console, signal }) {
    const [table, { target }] = await Promise.all([targetTable(options), targetAws(options)]);
    const report = await registerPartitions({ table, target, lake: options.lake, signal });
    if (options.json) await console.json(report);
    else await printRegistered(console, report);
    return true;
  },
});

/** Says what was registered. */
export async function printRegistered(console: Console, report: RegisterReport): Promise<void> {
  const { table, database, created, existing } = report;
  await console.print(
    `${console.style('green', 'registered')} ${grouped(created)} partitions of ${database}.${table}, ${grouped(existing)} were there`,
  );
}
