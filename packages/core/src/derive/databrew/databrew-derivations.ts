import { z } from 'zod';
import { defineDerivation, jsonText } from '../derivation.ts';
import { deriveDataBrewDataset } from './databrew-dataset.ts';
import { deriveDataBrewJob } from './databrew-job.ts';
import { deriveDataBrewProject } from './databrew-project.ts';
import { deriveDataBrewRole } from './databrew-role.ts';
import { deriveDataBrewRuleset } from './databrew-ruleset.ts';
import { deriveDataBrewSchedule } from './databrew-schedule.ts';
import { fieldsOption } from './fields-option.ts';

const whole = z.coerce.number().int().positive().optional();

const places = {
  landing: z
    .string()
    .optional()
    .describe("Folder of the table's landing files, s3://bucket/folder/ (default: that of the config)"),
  format: z
    .enum(['csv', 'json', 'parquet'])
    .optional()
    .describe('Format of the landing files (default: that of the config)'),
};

const role = z
  .string()
  .optional()
  .describe('ARN of the role (default: that of the config, or headwater-<database>-databrew)');

/** The landing files of a table. */
export const dataBrewDatasetDerivation = defineDerivation({
  description: 'Input of DataBrew CreateDataset: the landing files of a table',
  needs: 'target',
  options: z.object({
    ...places,
    delimiter: z.string().optional().describe('CSV: the character between fields (default: a comma)'),
  }),
  command: 'aws databrew create-dataset --cli-input-json',
  examples: [['--landing s3://shop-landing/clickstream/ --format json', 'For the first table of the config']],
  derive: ({ schema, target }, options) => jsonText(deriveDataBrewDataset(schema, target, options)),
});

/** The job that runs the recipe. */
export const dataBrewJobDerivation = defineDerivation({
  description:
    'Input of DataBrew CreateRecipeJob, or IAM CreateRole: the recipe over the landing files, to Parquet in partition folders',
  details: 'The output lies beside the table of the lake: a lake has the files of its own commits alone.',
  needs: 'target',
  options: z.object({
    part: z.enum(['job', 'role']).default('job').describe('The call that the text is for'),
    ...places,
    output: z
      .string()
      .optional()
      .describe('Folder that the job writes, s3://bucket/folder/ (default: <lake>/<table>__databrew/)'),
    role,
    recipeVersion: z
      .string()
      .optional()
      .describe('Published version of the recipe, such as 1.0 (default: LATEST_PUBLISHED)'),
    maxCapacity: whole.describe('Most nodes of a run, from 2 to 149 (default: 5)'),
    timeoutMinutes: whole.describe('Minutes after which a run is stopped (default: 480)'),
  }),
  command: 'aws databrew create-recipe-job --cli-input-json',
  examples: [
    ['--part role', 'The role that it runs as; its policy: iam-policy --role databrew'],
    ['--max-capacity 20', 'The first table of the config, with more nodes'],
  ],
  derive: ({ schema, target }, { part = 'job', ...options }) =>
    jsonText(
      part === 'role' ? deriveDataBrewRole(target, options.role) : deriveDataBrewJob(schema, target, options),
    ),
});

/** What the landing files should be. */
export const dataBrewRulesetDerivation = defineDerivation({
  description: 'Input of DataBrew CreateRuleset: data quality rules of the landing files',
  details:
    'Each rule is about what cleaning rejects. A column whose texts are mapped, lowered or filled is not compared.',
  needs: 'target',
  options: z.object({ fields: fieldsOption }),
  command: 'aws databrew create-ruleset --cli-input-json',
  derive: ({ schema, target }, options) => jsonText(deriveDataBrewRuleset(schema, target, options)),
});

/** When the job runs. */
export const dataBrewScheduleDerivation = defineDerivation({
  description: 'Input of DataBrew CreateSchedule: when the job of a table runs',
  needs: 'target',
  options: z.object({
    schedule: z
      .string()
      .optional()
      .describe('Cron expression in UTC (default: that of the config, or cron(0 3 * * ? *))'),
  }),
  command: 'aws databrew create-schedule --cli-input-json',
  examples: [["--schedule 'cron(0 6 ? * MON-FRI *)'", 'At six on working days']],
  derive: ({ schema, target }, options) => jsonText(deriveDataBrewSchedule(schema, target, options)),
});

/** The project in which people see the recipe. */
export const dataBrewProjectDerivation = defineDerivation({
  description: 'Input of DataBrew CreateProject: the recipe on a sample of the landing files, in the browser',
  needs: 'target',
  options: z.object({ role, sampleRows: whole.describe('Rows of the sample, up to 5000 (default: 500)') }),
  command: 'aws databrew create-project --cli-input-json',
  derive: ({ schema, target }, options) => jsonText(deriveDataBrewProject(schema, target, options)),
});
