import { deserialize, serialize } from 'node:v8';

/**
 * Rows of a stream, held as they were until it has ended: who reads the stream may change what it is given. Above
 * `mostBytes` nothing is held any more.
 */
export class HeldRows {
  readonly #mostBytes: number;
  #pieces: Uint8Array[] | undefined = [];
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  add(rows: readonly unknown[]): void {
    if (!this.#pieces) return;
    const piece = serialize(rows);
    this.#bytes += piece.byteLength;
    if (this.#bytes > this.#mostBytes) this.#pieces = undefined;
    else this.#pieces.push(piece);
  }

  /** All rows; undefined when they were too many. */
  get rows(): unknown[] | undefined {
    return this.#pieces?.flatMap((piece) => deserialize(piece) as unknown[]);
  }
}
