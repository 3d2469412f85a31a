import { z } from 'zod';
import { byteSize } from '../../options/byte-size.ts';
import { defineDerivation, jsonText } from '../derivation.ts';
import { glueWorkerTypes } from './spark-capacity.ts';
import { deriveSparkJob } from './spark-job.ts';
import { deriveSparkRole } from './spark-role.ts';

/** The job that loads a table on Glue, and one run of it. */
export const sparkJobDerivation = defineDerivation({
  description: 'Input of Glue CreateJob, StartJobRun or IAM CreateRole: the load of a table by Spark',
  details:
    'headwater etl submit uploads the script and the plan, and makes the same calls. The number of workers follows from the bytes of the ' +
    'inputs, the throughput of a core and the minutes that a run should take; it is a maximum, because Auto Scaling is on.',
  needs: 'target',
  options: z.object({
    part: z.enum(['job', 'run', 'role']).default('job').describe('The call that the text is for'),
    inputSize: z
      .string()
      .optional()
      .describe('Uncompressed bytes of the inputs of one run, such as 2TB (default: 10GB)'),
    throughput: z
      .string()
      .optional()
      .describe('Uncompressed bytes that a core loads in a second (default: 4.8MB, as measured)'),
    minutes: z.coerce
      .number()
      .int()
      .positive()
      .optional()
      .describe('Minutes that a run should take at most (default: 30)'),
    workerType: z
      .enum(glueWorkerTypes)
      .optional()
      .describe('Worker type (default: the smallest one of which the workers are enough)'),
    maxWorkers: z.coerce.number().int().min(2).optional().describe('Maximum of workers (default: 100)'),
    executionClass: z
      .enum(['STANDARD', 'FLEX'])
      .optional()
      .describe('FLEX waits for spare workers, and costs less (default: STANDARD)'),
    role: z.string().optional().describe('ARN of the role (default: headwater-<database>-spark)'),
  }),
  command: 'aws glue create-job --cli-input-json',
  examples: [
    ['--part run --input-size 2TB', 'One run'],
    ['--part role', 'The role that the job runs as; its policy: iam-policy --role spark-job'],
    ['--input-size 2TB --minutes 60', 'A job for 2 TB in an hour'],
  ],
  derive({ schema, target }, { part = 'job', inputSize, throughput, ...options }) {
    if (part === 'role') return jsonText(deriveSparkRole(target));
    const derived = deriveSparkJob(schema, target, {
      ...options,
      inputBytes: inputSize === undefined ? undefined : byteSize('inputSize', inputSize),
      bytesPerCoreSecond: throughput === undefined ? undefined : byteSize('throughput', throughput),
    });
    return jsonText(derived[part]);
  },
});
