import { AsyncByteQueue } from 'apache-arrow';

/** Where Arrow's writer puts its bytes, taken out after each batch: the writer's own queue would hold the whole result. */
export class IpcSink extends AsyncByteQueue<Uint8Array> {
  #pieces: Uint8Array[] = [];

  override write(piece: Uint8Array): void {
    // The writer reuses its buffers' views; the bytes are read later.
    this.#pieces.push(piece.slice());
  }

  /** The bytes written since the last call. */
  take(): Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }
}
