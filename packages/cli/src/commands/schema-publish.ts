import { defineCommand } from '../command-line/command.ts';
import { chosenConfig } from '../config/chosen-lake.ts';
import { printPublished, printPublishPart } from '../schema/print-publication.ts';
import { publishAnswer, publishOptions } from '../schema/publish-answer.ts';

/** `headwater schema publish` */
export const schemaPublish = defineCommand({
  name: 'schema publish',
  description:
    'Publishes the definition to AWS: the database, the tables with partition projection, the view over renamed columns, the ' +
    'version in the Schema Registry, the Athena workgroup with maxScan as its cutoff, and a snapshot to commit; then what the config ' +
    'asks for by aws.dataBrew, aws.crawler, aws.dataQuality and aws.stream. Parameters that others set on a table stay. A version that somebody else published is a conflict, and is never overwritten. Breaking or ' +
    'irreversible changes need --allow with their id. Publishing again changes nothing; after a failure it does the rest.',
  options: publishOptions,
  examples: [
    ['schema publish --dry-run', 'Only the plan'],
    ['schema publish --yes', 'Without asking'],
    ['schema publish --allow drop-column:price', 'With a change that would be refused'],
    [
      'schema publish --allow overwrite-drift:databrew-recipe:headwater-shop-clickstream',
      'Over what somebody changed on the console',
    ],
  ],
  async run(call) {
    const { config, table } = await chosenConfig(call.options);
    return publishAnswer(call, config, table.schema, true);
  },
  printPart: printPublishPart,
  print: printPublished,
});
