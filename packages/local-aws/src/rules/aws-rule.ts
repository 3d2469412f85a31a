/** A rule of a service that its model does not express, and that emulators do not enforce. */
export interface AwsRule {
  readonly service: string;
  readonly operations: readonly string[];
  /** The rule in words: what a request must do. */
  readonly rule: string;
  /** Where AWS says so. */
  readonly source: string;
  /** Whether a request violates the rule. */
  isBroken(request: Members): boolean;
}

/** The members of a request or an answer, of unknown shape. */
export type Members = Readonly<Record<string, unknown>>;

/** The member at a path. Undefined where there is none. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );

export const has = (value: unknown, ...path: readonly string[]): boolean => at(value, ...path) !== undefined;
