/** Runs pieces of work in the order in which they come, one at a time. */
export class OneAtATime {
  readonly #limit: number;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param limit how many pieces may wait, or run, at once. Defaults to any number */
  constructor(limit = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  /** Whether another piece of work would be one too many. */
  get isFull(): boolean {
    return this.#waiting >= this.#limit;
  }

  /** Runs the work when all that came before has ended. A piece that fails does not hold up the next one. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#waiting += 1;
    const turn = this.#last.then(work);
    this.#last = turn
      .catch(() => undefined)
      .finally(() => {
        this.#waiting -= 1;
      });
    return turn;
  }
}
