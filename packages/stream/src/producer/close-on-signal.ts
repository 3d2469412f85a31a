/** What emits signals: the process. */
interface SignalSource {
  readonly pid: number;
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  removeListener(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

/** How a program ends by a signal. */
export interface CloseOnSignalOptions {
  /** Seconds for what is left to be sent; then it is given up, and reported. Defaults to 10, less than most supervisors wait. */
  readonly timeoutSeconds?: number;
  /** Defaults to SIGTERM and SIGINT. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Called with what `close` throws, such as `EVENTS_UNSENT`. Defaults to `console.error`. */
  readonly onError?: (error: unknown) => void;
  /** Defaults to the process. */
  readonly source?: SignalSource;
}

/**
 * Closes a producer when the process receives one of the signals, and then sends the signal again, so that it ends the process as usual.
 *
 * @returns disposed, it removes the listeners
 * @example closeOnSignal(producer, { timeoutSeconds: 20 });
 */
export function closeOnSignal(
  producer: { close(options: { readonly timeoutSeconds: number }): Promise<unknown> },
  options: CloseOnSignalOptions = {},
): Disposable {
  const { timeoutSeconds = 10, signals = ['SIGTERM', 'SIGINT'] } = options;
  const { onError = console.error, source = process as SignalSource } = options;
  const listener = (signal: NodeJS.Signals) => {
    const end = () => {
      dispose();
      source.kill(source.pid, signal);
    };
    producer.close({ timeoutSeconds }).catch(onError).then(end, end);
  };
  const dispose = () => {
    for (const signal of signals) source.removeListener(signal, listener);
  };
  for (const signal of signals) source.on(signal, listener);
  return { [Symbol.dispose]: dispose };
}
