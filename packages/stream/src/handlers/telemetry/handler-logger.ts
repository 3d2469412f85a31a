/** What handlers log with. Powertools' `Logger` is one, and so is {@link createLambdaLogger}. */
export interface HandlerLogger {
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
}

/** The fields of a log line. Handlers log counts, reasons and the places of records, and no value of an event. */
export type LogFields = Readonly<Record<string, unknown>>;
