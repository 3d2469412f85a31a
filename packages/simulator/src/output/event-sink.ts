/** Receives the bytes of a run, in order. */
export interface EventSink {
  /**
   * Receives a chunk of bytes. Its memory is reused after the call returns, or after its promise resolves, so a sink that keeps the
   * bytes must copy them. A promise pauses the simulation until the sink is ready.
   */
  write(bytes: Uint8Array): Promise<void> | void;
}
