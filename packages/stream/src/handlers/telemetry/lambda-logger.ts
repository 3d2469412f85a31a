import { Logger } from '@aws-lambda-powertools/logger';
import type { EventsTable } from '@headwater/core';
import type { HandlerLogger } from './handler-logger.ts';
import { personalNames } from './personal-names.ts';

/** What a logger is of. */
export interface LambdaLoggerOptions {
  /** Such as `sessions`: the field `service`. */
  readonly handler: string;
}

/**
 * Powertools' logger, which writes lines of JSON with the request's ids. Wherever a field is called as a column with personal data, under any of its
 * names, the line has the class of the data in place of the value. So an event may be logged as it is.
 *
 * @example
 * ```ts
 * const logger = createLambdaLogger(clickstream, { handler: 'sessions' });
 * logger.warn('late', { event: { event_type: 'view', user_id: 541312140n } });
 * // {"level":"WARN","message":"late","service":"sessions","event":{"event_type":"view","user_id":"[pseudonymous]"},...}
 * ```
 */
export function createLambdaLogger(
  table: Pick<EventsTable, 'schema'>,
  { handler }: LambdaLoggerOptions,
): HandlerLogger {
  const classes = personalNames(table.schema);
  return new Logger({
    serviceName: handler,
    jsonReplacerFn: (name, value) => {
      const pii = value === null || value === undefined ? undefined : classes.get(name.toLowerCase());
      return pii === undefined ? value : `[${pii}]`;
    },
  });
}
