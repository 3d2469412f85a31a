import { type EventsTable, HeadwaterError } from '@headwater/core';
import { createEmfMetrics } from '../handlers/telemetry/emf-metrics.ts';
import type { HandlerLogger } from '../handlers/telemetry/handler-logger.ts';
import type { HandlerMetrics } from '../handlers/telemetry/handler-metrics.ts';
import { createLambdaLogger } from '../handlers/telemetry/lambda-logger.ts';
import { type EntryVariable, entryVariables } from './entry-variables.ts';

/**
 * The value of an environment variable of the function.
 * @throws HeadwaterError `OPTION_INVALID` when it is not set: the function does not start
 */
export function requiredVariable(name: EntryVariable): string {
  const value = process.env[name];
  if (value) return value;
  throw new HeadwaterError('OPTION_INVALID', {
    option: `The environment variable ${name}`,
    value: value ?? '(not set)',
    expected: entryVariables[name],
  });
}

/** Metrics and logs of a function. */
export function telemetryOfFunction(
  table: Pick<EventsTable, 'schema'>,
  handler: string,
): { readonly metrics: HandlerMetrics; readonly logger: HandlerLogger } {
  const namespace = process.env['HEADWATER_METRICS_NAMESPACE' satisfies EntryVariable];
  return {
    metrics: createEmfMetrics({ handler, table: table.schema.name, namespace }),
    logger: createLambdaLogger(table, { handler }),
  };
}
