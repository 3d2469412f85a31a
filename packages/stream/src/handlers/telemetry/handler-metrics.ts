/** The metrics of handlers: the unit of each in CloudWatch, and what it counts in one invocation. */
export const handlerMetrics = {
  Records: { unit: 'Count', counts: 'records of the delivery' },
  Events: { unit: 'Count', counts: 'records that are events of the table' },
  Views: { unit: 'Count', counts: 'events that are views, also those that an earlier delivery had brought' },
  Carts: { unit: 'Count', counts: 'events that put into the cart, likewise' },
  Purchases: { unit: 'Count', counts: 'events that are purchases, likewise' },
  Filtered: { unit: 'Count', counts: 'records that the conditions of their source leave out' },
  Poison: { unit: 'Count', counts: 'records that went to the failure destination' },
  Unprocessed: { unit: 'Count', counts: 'records that are left to the next delivery' },
  Applied: { unit: 'Count', counts: 'events that were counted in a session' },
  Actors: { unit: 'Count', counts: 'actors whose state was written' },
  Repeated: { unit: 'Count', counts: 'events that an earlier delivery had brought' },
  Late: { unit: 'Count', counts: 'events that came too late to be counted; the archive has them' },
  Ahead: { unit: 'Count', counts: 'events with a time after their arrival, which are not counted' },
  Unwatched: {
    unit: 'Count',
    counts: 'rows that memory has no room for; with thresholds, once for each',
  },
  Incidents: { unit: 'Count', counts: 'incidents that were opened' },
  Notices: { unit: 'Count', counts: 'notices that were published' },
  Sessions: { unit: 'Count', counts: 'sessions that changed' },
  Transformed: { unit: 'Count', counts: 'records that Firehose delivers' },
  Failed: { unit: 'Count', counts: 'records that Firehose writes below its error prefix' },
  Uncarried: {
    unit: 'Count',
    counts: 'records of Failed that are good, and that only a file of another writer can carry',
  },
  ColdStart: { unit: 'Count', counts: 'invocations that were the first of their environment' },
  ArrivalAge: { unit: 'Milliseconds', counts: 'age of the oldest record since the stream took it' },
} as const satisfies Readonly<Record<string, { unit: 'Count' | 'Milliseconds'; counts: string }>>;

/** The name of a metric. */
export type HandlerMetric = keyof typeof handlerMetrics;

/** What one invocation measured. */
export type MetricValues = Readonly<Partial<Record<HandlerMetric, number>>>;

/** Where the metrics of an invocation go. {@link createEmfMetrics} is for Lambda. */
export interface HandlerMetrics {
  /** Called once an invocation, also for one that fails. */
  publish(values: MetricValues): void;
}
