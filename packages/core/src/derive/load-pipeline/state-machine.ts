// The part of the Amazon States Language that is derived (https://states-language.net/spec.html), in its JSONPath form.

/** What a state does after an error. */
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string;
  readonly Next: string;
}

/** How often a task is repeated. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds: number;
  /** Spreads repetitions of runs that failed together. */
  readonly JitterStrategy: 'FULL';
}

/** A condition of a choice. */
export interface ChoiceTest {
  readonly Variable: string;
  readonly StringEquals?: string;
  readonly StringMatches?: string;
  readonly BooleanEquals?: boolean;
  readonly NumericGreaterThanEquals?: number;
  readonly IsPresent?: boolean;
}

/** A condition, or several that all have to hold, with the state that follows. */
export type ChoiceRule = (ChoiceTest | { readonly And: readonly ChoiceTest[] }) & { readonly Next: string };

/** One state. */
export type State =
  | {
      readonly Type: 'Task';
      readonly Comment?: string;
      readonly Resource: string;
      readonly Parameters: object;
      readonly ResultSelector?: object;
      /** Null drops the result. */
      readonly ResultPath?: string | null;
      readonly TimeoutSeconds?: number;
      readonly Retry?: readonly Retrier[];
      readonly Catch?: readonly Catcher[];
      readonly Next: string;
    }
  | {
      readonly Type: 'Pass';
      readonly Comment?: string;
      readonly Parameters?: object;
      readonly Result?: object;
      readonly ResultPath?: string;
      readonly Next: string;
    }
  | {
      readonly Type: 'Choice';
      readonly Comment?: string;
      readonly Choices: readonly ChoiceRule[];
      readonly Default: string;
    }
  | { readonly Type: 'Wait'; readonly Comment?: string; readonly SecondsPath: string; readonly Next: string }
  | { readonly Type: 'Succeed'; readonly Comment?: string }
  | { readonly Type: 'Fail'; readonly Error: string; readonly Cause: string };

/** A state machine in the Amazon States Language. */
export interface StateMachine {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}
