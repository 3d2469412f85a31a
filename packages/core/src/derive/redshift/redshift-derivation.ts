import { z } from 'zod';
import { defineDerivation } from '../derivation.ts';
import { deriveRedshiftCopy } from './redshift-copy.ts';
import { deriveRedshiftExternalSchema, deriveRedshiftStream } from './redshift-external.ts';
import { deriveRedshiftTable } from './redshift-table.ts';

/** The table of clean events in Redshift, and the statements that fill it or read beside it. */
export const redshiftTableDerivation = defineDerivation({
  description: 'CREATE TABLE for Redshift, its COPY, or a schema over the lake or a stream',
  details:
    'copy: the days of the lake replace those of the table in one transaction. external-schema: the Glue database for Spectrum, which needs ' +
    'registered partitions (headwater lake register-partitions). stream: a materialised view over raw records of Kinesis.',
  needs: 'target',
  options: z.object({
    statement: z
      .enum(['table', 'copy', 'external-schema', 'stream'])
      .default('table')
      .describe('What the text is for'),
    schema: z.string().default('public').describe('Schema that the table is in'),
    role: z
      .string()
      .optional()
      .describe('ARN of the role that reads S3, Glue or Kinesis (default: headwater-<database>-redshift)'),
    day: z.string().optional().describe('UTC day that copy loads, YYYY-MM-DD (default: every day)'),
    stream: z.string().optional().describe("Kinesis stream (default: the table's name)"),
  }),
  examples: [
    ['', 'The first table of the config'],
    ['--statement copy --day 2019-10-01', 'One day of the lake'],
    ['--statement external-schema', 'For queries of Spectrum over the lake itself'],
  ],
  derive({ schema, target }, { statement = 'table', ...options }) {
    const texts = {
      table: () => deriveRedshiftTable(schema, options),
      copy: () => deriveRedshiftCopy(schema, target, options),
      'external-schema': () => deriveRedshiftExternalSchema(target, options),
      stream: () => deriveRedshiftStream(schema, target, options),
    };
    return { text: texts[statement]() };
  },
});
