/** A problem of this machine that keeps the stand-in from running, with what a contributor can do about it. */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  /** @param remedy the next step, as a sentence */
  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(`${problem}. ${remedy}`, options);
  }
}
