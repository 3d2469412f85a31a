import { writeMarkdown } from '../ci/markdown.ts';
import { planMarkdown } from '../ci/plan-markdown.ts';
import { reviewedPlans } from '../ci/reviewed-plans.ts';
import { defineCommand } from '../command-line/command.ts';
import { flag, list, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { tableIn } from '../config/chosen-lake.ts';
import { loadConfig } from '../config/load-config.ts';
import { printPublished, printPublishPart } from '../schema/print-publication.ts';
import {
  type PublishAnswer,
  type PublishPart,
  publishAnswer,
  publishOptions,
} from '../schema/publish-answer.ts';

const options = {
  ...publishOptions,
  'all-tables': flag('Every table of the config'),
  'allow-saved': flag('Accept what was accepted when the versions were saved: schema save --allow'),
  'before-deploy': flag(
    'Leave what does not exist yet to infra deploy, which comes next; with catalog: published in infra, nothing is left',
  ),
  plan: list(
    'DIGEST',
    'Publish only the plan with this digest, as it was reviewed; several with commas between, or none',
  ),
  markdown: text('FILE', 'Also write the plan as Markdown, for a comment'),
};

/** `headwater schema publish` */
export const schemaPublish = defineCommand<typeof options, PublishAnswer, PublishPart>({
  name: 'schema publish',
  description:
    'Publishes the definition to AWS: the database, the tables with partition projection, the view over renamed columns, the ' +
    'version in the Schema Registry, the Athena workgroup with maxScan as its cutoff, and a snapshot to commit; then what the config ' +
    'asks for by aws.dataBrew, aws.crawler, aws.dataQuality and aws.stream. Parameters that others set on a table stay. A version that somebody else published is a conflict, and is never overwritten. Breaking or ' +
    'irreversible changes need --allow with their id. Publishing again changes nothing; after a failure it does the rest.',
  options,
  examples: [
    ['schema publish --dry-run', 'Only the plan'],
    ['schema publish --yes', 'Without asking'],
    ['schema publish --allow drop-column:price', 'With a change that would be refused'],
    [
      'schema publish --allow overwrite-drift:databrew-recipe:headwater-shop-clickstream',
      'Over what somebody changed on the console',
    ],
    [
      'schema publish --all-tables --allow-saved --yes --plan "$PLAN"',
      'In a workflow: what was reviewed, and nothing else',
    ],
  ],
  async run(call) {
    const { allow, plan, markdown, table } = call.options;
    const { 'all-tables': all, 'allow-saved': allowSaved, 'before-deploy': beforeDeploy } = call.options;
    if (all && (table !== undefined || allow.length > 0))
      throw new UsageError(
        '--all-tables goes with neither --table nor --allow, which are about one table. What schema save --allow recorded is accepted by --allow-saved.',
      );
    const config = await loadConfig(call.options.config);
    const tables = all ? config.tables : [tableIn(config, table)];
    const schemas = tables.map(({ schema }) => schema);
    return publishAnswer(call, config, schemas, {
      isWorking: true,
      allowSaved,
      leavesMissing: beforeDeploy && config.infra?.catalog !== 'published',
      reviewed: reviewedPlans(plan),
      async onPlans(reviews, digest) {
        if (markdown !== undefined)
          await writeMarkdown(
            markdown,
            planMarkdown(
              reviews.map((review) => review.plan),
              digest,
            ),
          );
      },
    });
  },
  printPart: printPublishPart,
  print: printPublished,
});
