/** How urgent an incident is, for filters of subscribers. */
export type Severity = 'info' | 'warning' | 'critical';

/** What a threshold counts in: the rows of an actor, of a product, or of the whole site. */
export type ThresholdSubject = 'actor' | 'product' | 'site';

/**
 * A limit on what happens in a window of event time: "more than 10 rows of an actor in 10 seconds".
 *
 * Windows begin at multiples of `every` since 1970. With `every` equal to `within` they tumble, as Flink's TUMBLE; with a part of
 * it they hop, as Flink's HOP. A window is judged when its rows are complete: the lateness after its end, in event time.
 */
export interface Threshold {
  /** The kind of its incidents: lower-case letters, digits and hyphens. */
  readonly kind: string;
  /** Whose rows are counted together. `product` reads the role item. */
  readonly of: ThresholdSubject;
  /** What is counted: `rows` (default), or the `amount` that they add up to, in the unit of the column. */
  readonly count?: 'rows' | 'amount';
  /** The actions that count. Absent: every row counts. */
  readonly actions?: readonly string[];
  /** The most that is expected in a window. A window with more opens an incident. */
  readonly moreThan?: number;
  /** The least that is expected in a window, of the site only. A window with less opens an incident. */
  readonly lessThan?: number;
  /** Length of the window, in whole seconds, up to a day. */
  readonly within: number;
  /** Seconds between the beginnings of windows: `within` divided by a whole number, 60 at most. Defaults to `within`. */
  readonly every?: number;
  /** Defaults to `warning`. */
  readonly severity?: Severity;
}

/** The subjects that a table with these roles has. */
type SubjectOf<Roles> =
  | 'site'
  | ('actor' extends keyof Roles ? 'actor' : never)
  | ('item' extends keyof Roles ? 'product' : never);

/** A threshold of one table: subjects whose role it has, actions that it has, amounts where it has the role amount. */
export type ThresholdOf<Roles, Action extends string> = Pick<
  Threshold,
  'kind' | 'within' | 'every' | 'severity'
> & {
  readonly count?: 'rows' | ('amount' extends keyof Roles ? 'amount' : never);
  readonly actions?: readonly [Action, ...Action[]];
} & (
    | { readonly of: SubjectOf<Roles>; readonly moreThan: number; readonly lessThan?: never }
    | { readonly of: 'site'; readonly lessThan: number; readonly moreThan?: never }
  );

/** The thresholds of a shop that has not set any: more than 10 rows of an actor in 10 seconds, as AWS's walk-through has it. */
export const defaultThresholds: readonly Threshold[] = [
  { kind: 'many-actions', of: 'actor', moreThan: 10, within: 10 },
];
