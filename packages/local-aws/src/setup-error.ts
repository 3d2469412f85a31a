/** What hinders the stand-in on this machine, told to a contributor with what to do about it. */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  /** @param remedy the next step, as a sentence */
  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(`${problem}. ${remedy}`, options);
  }
}
