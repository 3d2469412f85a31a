/** A question that runs, and how many wait for its answer. */
interface Running<Value> {
  readonly value: Promise<Value>;
  readonly stop: AbortController;
  waiting: number;
}

/** Answers that are kept. A board has some thirty; of each at most some thousand rows are asked. */
const mostAnswers = 400;

/**
 * Answers by a key that changes when the lake does. One question runs once, whoever asks it meanwhile, and is stopped when nobody waits for it any
 * more. Answers that have come are kept, the least recently used are dropped first.
 */
export class AnswerStore<Value> {
  readonly #running = new Map<string, Running<Value>>();
  // A Map keeps the order of insertion, so the first is the least recently used.
  readonly #kept = new Map<string, Value>();

  /**
   * @param key undefined for a question whose answer nobody can say to be the same later: it runs for each who asks
   * @param signal stops waiting
   * @param ask asks; its signal stops when the last one stopped waiting
   * @throws what `ask` throws; the reason of the signal
   */
  async answer(
    key: string | undefined,
    signal: AbortSignal | undefined,
    ask: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    signal?.throwIfAborted();
    if (key === undefined) return ask(signal ?? new AbortController().signal);
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#keep(key, kept);
      return kept;
    }
    const running = this.#running.get(key) ?? this.#run(key, ask);
    running.waiting += 1;
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = (): void => {
      running.waiting -= 1;
      reject(signal?.reason);
      if (running.waiting > 0) return;
      // The next one who asks begins anew.
      if (this.#running.get(key) === running) this.#running.delete(key);
      running.stop.abort(signal?.reason);
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([running.value, left]);
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  #run(key: string, ask: (signal: AbortSignal) => Promise<Value>): Running<Value> {
    const stop = new AbortController();
    const running: Running<Value> = { value: ask(stop.signal), stop, waiting: 0 };
    this.#running.set(key, running);
    const end = (): void => {
      if (this.#running.get(key) === running) this.#running.delete(key);
    };
    running.value.then(
      (value) => {
        end();
        this.#keep(key, value);
      },
      // Those who wait get the failure; the next one who asks tries again.
      end,
    );
    return running;
  }

  #keep(key: string, value: Value): void {
    this.#kept.delete(key);
    this.#kept.set(key, value);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostAnswers && oldest !== undefined) this.#kept.delete(oldest);
  }
}
