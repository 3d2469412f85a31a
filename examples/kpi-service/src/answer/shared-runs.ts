import { withSignal } from '@headwater/access';

interface Run<Outcome> {
  readonly outcome: Promise<Outcome>;
  readonly signal: AbortSignal;
}

/** Runs that several callers wait for: of equal questions at the same time, one is asked. */
export class SharedRuns<Outcome> {
  readonly #runs = new Map<string, Run<Outcome>>();

  /** How many run now. */
  get size(): number {
    return this.#runs.size;
  }

  /**
   * The outcome of a run by this name, which is begun unless it runs already.
   *
   * @param signal the caller's. When it ends a run that the caller began, one of the others begins it anew
   */
  async run(
    name: string,
    signal: AbortSignal,
    begin: () => Promise<Outcome>,
  ): Promise<{ readonly outcome: Outcome; readonly isOwn: boolean }> {
    for (;;) {
      const running = this.#runs.get(name);
      if (!running) return { outcome: await this.#begin(name, signal, begin), isOwn: true };
      try {
        return { outcome: await withSignal(running.outcome, signal), isOwn: false };
      } catch (error) {
        if (signal.aborted || !running.signal.aborted) throw error;
      }
    }
  }

  #begin(name: string, signal: AbortSignal, begin: () => Promise<Outcome>): Promise<Outcome> {
    const run = {
      signal,
      outcome: begin().finally(() => {
        if (this.#runs.get(name) === run) this.#runs.delete(name);
      }),
    };
    this.#runs.set(name, run);
    return run.outcome;
  }
}
