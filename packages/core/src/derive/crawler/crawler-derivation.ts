import { z } from 'zod';
import { defineDerivation, jsonText } from '../derivation.ts';
import { deriveCrawler } from './crawler.ts';
import { crawlerPlace } from './crawler-place.ts';
import { deriveCrawlerRole } from './crawler-role.ts';

/** The crawler of a table's landing folder, and its role. */
export const crawlerDerivation = defineDerivation({
  description:
    'Input of Glue CreateCrawler: a crawler of the landing folder that cannot change published tables',
  details:
    'It crawls new folders only, changes no existing table, and writes to a database of its own, which has to exist: aws glue ' +
    'create-database --database-input Name=<database>_landing.',
  needs: 'target',
  options: z.object({
    landing: z
      .string()
      .optional()
      .describe('Folder where raw objects land, s3://bucket/folder/ (default: the place of the raw layer)'),
    part: z.enum(['crawler', 'role']).default('crawler').describe('The call that the text is for'),
    database: z
      .string()
      .optional()
      .describe('Database that it writes to, not that of the published tables (default: <database>_landing)'),
    role: z.string().optional().describe('ARN of its role (default: headwater-<database>-crawler)'),
    schedule: z
      .string()
      .optional()
      .describe('When it runs, cron(15 12 * * ? *) in UTC (default: when started)'),
    sampleFiles: z.coerce
      .number()
      .int()
      .positive()
      .optional()
      .describe('Files of each folder that it reads, 1 to 249 (default: all)'),
    maxTables: z.coerce
      .number()
      .int()
      .positive()
      .optional()
      .describe('A crawl that finds more tables writes nothing (default: 10)'),
  }),
  command: 'aws glue create-crawler --cli-input-json',
  examples: [
    [
      '--part role --landing s3://shop-landing/clickstream/',
      'Its role; its policy: iam-policy --role crawler',
    ],
    ['--landing s3://shop-landing/clickstream/', 'For the first table of the config'],
  ],
  derive({ schema, target }, { part = 'crawler', ...options }) {
    const crawler = deriveCrawler(schema, target, options);
    if (part === 'crawler') return jsonText(crawler);
    const { role } = crawlerPlace(schema.name, target, options);
    return jsonText(deriveCrawlerRole(target, role));
  },
});
