/** Takes the bytes of a run, in order. */
export interface EventSink {
  /**
   * Takes some bytes over. Their memory is used again once the call has returned or its promise resolved: a sink that
   * keeps them copies them. A promise holds the simulation back until the sink is ready for more.
   */
  write(bytes: Uint8Array): Promise<void> | void;
}
