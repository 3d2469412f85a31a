import { deserialize, serialize } from 'node:v8';

/**
 * Copies of a stream's rows, held until it has ended: whoever reads the stream may change the rows. Above `mostBytes`, the
 * copies are dropped and nothing more is held.
 */
export class HeldRows {
  readonly #mostBytes: number;
  #pieces: Uint8Array[] | undefined;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
    if (mostBytes > 0) this.#pieces = [];
  }

  add(rows: readonly unknown[]): void {
    if (!this.#pieces) return;
    const piece = serialize(rows);
    this.#bytes += piece.byteLength;
    if (this.#bytes > this.#mostBytes) this.#pieces = undefined;
    else this.#pieces.push(piece);
  }

  /** All rows; undefined when they exceeded the maximum. */
  get rows(): unknown[] | undefined {
    return this.#pieces?.flatMap((piece) => deserialize(piece) as unknown[]);
  }
}
