import { registerPartitions } from '@headwater/publish';
import { defineCommand } from '../command-line/command.ts';
import { chosenAws, chosenTable, lakeOptions } from '../config/chosen-lake.ts';
import { printRegistered } from '../lake/print-registered.ts';

/** `headwater lake register-partitions` */
export const lakeRegisterPartitions = defineCommand({
  name: 'lake register-partitions',
  description:
    'Registers every partition of the lake in Glue, for engines without partition projection: Glue ETL, Redshift Spectrum, EMR. ' +
    'Athena and Trino do not need it. Running it again changes nothing.',
  options: lakeOptions,
  examples: [['lake register-partitions', 'The first table of the config']],
  async run({ options, signal }) {
    const [table, { target }] = await Promise.all([chosenTable(options), chosenAws(options)]);
    return { data: await registerPartitions({ table, target, lake: options.lake, signal }) };
  },
  print: ({ data }, console) => printRegistered(console, data),
});
