/** Why something that is there is not as it should be. */
export type DifferenceCause =
  /** The definition changed, or it is not there yet. */
  | 'change'
  /** Somebody else changed it since it was published. */
  | 'drift'
  /** Another release of Headwater derives it otherwise. */
  | 'release';

/** One thing that a step would set. */
export interface Difference {
  /** What it is, such as `column price`. */
  readonly what: string;
  readonly was: string | null;
  readonly becomes: string | null;
  readonly cause: DifferenceCause;
}

/** What a step would do. */
export interface StepPlan {
  /** The step's name, such as `table clickstream`. */
  readonly step: string;
  readonly action: 'none' | 'create' | 'update' | 'delete';
  readonly differences: readonly Difference[];
  /** What has to be allowed by its id before the step is taken, besides changes of the definition. */
  readonly needs: readonly string[];
}

/** One part of publishing. More parts are more of these. */
export interface PublishStep {
  readonly name: string;
  /** Reads what is there and says what would be done; changes nothing. */
  plan(): Promise<StepPlan>;
  /**
   * Brings what is there to what it should be, from whatever it is by now. Doing it again does nothing.
   * @param allowed ids of what is allowed: what came up since the plan is refused
   */
  apply(allowed: ReadonlySet<string>): Promise<void>;
}
