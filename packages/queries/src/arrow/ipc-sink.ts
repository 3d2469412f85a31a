import { AsyncByteQueue } from 'apache-arrow';

/** Takes the bytes of Arrow's writer, to be read after each batch. The writer's own queue would hold the whole result. */
export class IpcSink extends AsyncByteQueue<Uint8Array> {
  #pieces: Uint8Array[] = [];

  override write(piece: Uint8Array): void {
    // Copied, because the writer reuses its buffers before the bytes are read.
    this.#pieces.push(piece.slice());
  }

  /** The bytes that were written since the last call. */
  take(): Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }
}
