import { z } from 'zod';
import { defineDerivation, jsonText } from '../derivation.ts';
import { deriveLoadPipeline } from './load-pipeline.ts';
import { deriveLoadStateMachine } from './load-state-machine.ts';

const options = z.object({
  landing: z
    .string('needs --landing, the folder where raw objects land')
    .describe('Folder where raw objects land, s3://bucket/folder/'),
  job: z
    .string()
    .optional()
    .describe('Glue job that loads the table (default: headwater-<database>-<table>)'),
  name: z.string().optional().describe('Begins every name (default: headwater-<database>-<table>)'),
  jobMinutes: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('Minutes that a run may take (default: 480)'),
});

/** Everything between an object that lands and a message about its load, as calls in order. */
export const loadPipelineDerivation = defineDerivation({
  description: 'Calls that make the pipeline of a table: object lands, Glue job, verification, message',
  details:
    'In order: topic, queue, roles, the verifying job, state machine, rule, pipe. The job that loads is derived on its own. The landing ' +
    'bucket must send its events to EventBridge.',
  needs: 'target',
  options,
  examples: [['--landing s3://shop-landing/clickstream/', 'For the first table of the config']],
  derive: ({ schema, target }, given) => jsonText(deriveLoadPipeline(schema, target, given)),
});

/** The state machine of the pipeline alone. */
export const stateMachineDerivation = defineDerivation({
  description: 'State machine of the pipeline, in the Amazon States Language',
  needs: 'target',
  options,
  command: 'aws stepfunctions update-state-machine --state-machine-arn ARN --definition',
  examples: [['--landing s3://shop-landing/clickstream/', 'For the first table of the config']],
  derive: ({ schema, target }, given) => jsonText(deriveLoadStateMachine(schema, target, given)),
});
