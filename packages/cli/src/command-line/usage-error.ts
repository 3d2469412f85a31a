/** A command line that cannot be carried out as written. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What to try, one line each. */
  readonly hints: readonly string[];

  constructor(message: string, ...hints: readonly string[]) {
    super(message);
    this.hints = hints;
  }
}
