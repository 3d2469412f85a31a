import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocalLambda, restCall, startLambda } from '@headwater/local-aws/testing';
import type { DeliverySettings } from '@headwater/stream/local';
import type { TemplateResource } from './synthesize.ts';

/** An event source mapping as Lambda answers it. */
export interface Mapping {
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
  readonly StartingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly BatchSize: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly ParallelizationFactor?: number;
  readonly TumblingWindowInSeconds?: number;
  readonly FunctionResponseTypes?: readonly string[];
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: string } };
}

/** The mappings of a stream, as they are deployed. */
export async function mappingsOf(url: string, streamArn: string): Promise<readonly Mapping[]> {
  const { EventSourceMappings } = await restCall(
    url,
    'lambda',
    'GET',
    `/2015-03-31/event-source-mappings?EventSourceArn=${encodeURIComponent(streamArn)}`,
  );
  return EventSourceMappings as readonly Mapping[];
}

/** The settings of a mapping by the names of the poller in this repository. */
export const settingsOf = (mapping: Mapping): DeliverySettings => ({
  startingPosition: mapping.StartingPosition,
  batchSize: mapping.BatchSize,
  batchWindow: mapping.MaximumBatchingWindowInSeconds ?? 0,
  bisect: mapping.BisectBatchOnFunctionError ?? false,
  maximumRetries: mapping.MaximumRetryAttempts ?? -1,
  maximumRecordAge: mapping.MaximumRecordAgeInSeconds ?? -1,
  parallelizationFactor: mapping.ParallelizationFactor ?? 1,
  tumblingWindow: mapping.TumblingWindowInSeconds ?? 0,
  reportBatchItemFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
});

/** The clients of AWS are in the runtime of Lambda, and not in a bundle: those of the package `stream` stand in. */
export const linkRuntimeClients = (folder: string): Promise<void> =>
  symlink(
    join(import.meta.dirname, '..', '..', '..', 'stream', 'node_modules'),
    join(folder, 'node_modules'),
  );

/**
 * Starts a function as it is deployed: the bundle that its template uploads, with the environment and the timeout that Lambda has of it.
 *
 * @param folder of the cloud assembly
 */
export async function startDeployed(
  url: string,
  functionName: string,
  {
    folder,
    resources,
  }: { readonly folder: string; readonly resources: Readonly<Record<string, TemplateResource>> },
): Promise<LocalLambda> {
  const { Configuration } = await restCall(url, 'lambda', 'GET', `/2015-03-31/functions/${functionName}`);
  const { Environment, Timeout, Handler, Runtime } = Object(Configuration);
  const [found] = Object.values(resources).filter(
    ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties['FunctionName'] === functionName,
  );
  const { S3Key = '' } = Object(found?.Properties['Code']);
  if (Handler !== 'index.handler' || Runtime !== 'nodejs24.x')
    throw new Error(`${functionName} would be started by ${Handler} on ${Runtime}`);
  return startLambda({
    module: join(folder, `asset.${String(S3Key).replace(/\.zip$/, '')}`, 'index.mjs'),
    environment: Environment?.Variables ?? {},
    timeoutSeconds: Timeout,
  });
}
