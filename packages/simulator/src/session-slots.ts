import type { Random } from './random/random.ts';

/** The open sessions as columns. A session takes a slot when it begins, and frees it when it ends. */
export class SessionSlots {
  /** Increases with every session, and when the user of a session changes. A renderer with another serial has a stale text. */
  serial = new Int32Array(0);
  /** Number of the user. `user-id.ts` converts it to an id. */
  user = new Int32Array(0);
  /** The four words of the session's UUID, at `slot * 4`; all zero for the few sessions without an id. */
  uuid = new Int32Array(0);
  /** Stream: 0 visitors, 1 buyers, 2 and up the bot kinds. */
  stream = new Uint8Array(0);
  intent = new Uint8Array(0);
  state = new Uint8Array(0);
  /** 1 when the next row is written twice. */
  duplicate = new Uint8Array(0);
  word = new Int32Array(0);
  category = new Int32Array(0);
  /** The last viewed product, and the last product put in the cart. -1 for none. */
  product = new Int32Array(0);
  carted = new Int32Array(0);
  /** Rows written so far, and for bots the number of remaining rows. */
  written = new Int32Array(0);
  left = new Int32Array(0);
  /** Second of the first row, counted from the start of the run. */
  first = new Int32Array(0);
  /** The next slot in the same second, or in the list of free slots; -1 at its end. */
  next = new Int32Array(0);
  private free = -1;
  private serials = 0;

  /**
   * Opens a session with a new UUID.
   *
   * @param second its first second, counted from the start of the run
   */
  take(stream: number, second: number, random: Random): number {
    if (this.free < 0) this.grow();
    const slot = this.free;
    this.free = this.next[slot] ?? -1;
    this.touch(slot);
    this.stream[slot] = stream;
    this.product[slot] = -1;
    this.carted[slot] = -1;
    this.written[slot] = 0;
    this.left[slot] = -1;
    this.first[slot] = second;
    // Version 4, variant 1 (RFC 9562).
    this.uuid[slot * 4] = random.next();
    this.uuid[slot * 4 + 1] = (random.next() & 0xffff0fff) | 0x4000;
    this.uuid[slot * 4 + 2] = (random.next() & 0x3fffffff) | 0x80000000;
    this.uuid[slot * 4 + 3] = random.next();
    return slot;
  }

  /** The slot's columns stay readable until the next {@link take}. */
  give(slot: number): void {
    this.next[slot] = this.free;
    this.free = slot;
  }

  touch(slot: number): void {
    this.serials = (this.serials + 1) | 0;
    this.serial[slot] = this.serials;
  }

  get capacity(): number {
    return this.serial.length;
  }

  private grow(): void {
    const from = this.capacity;
    const to = Math.max(1024, from * 2);
    const int32 = (old: Int32Array<ArrayBuffer>, per = 1): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(to * per);
      grown.set(old);
      return grown;
    };
    const uint8 = (old: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
      const grown = new Uint8Array(to);
      grown.set(old);
      return grown;
    };
    this.serial = int32(this.serial);
    this.user = int32(this.user);
    this.uuid = int32(this.uuid, 4);
    this.word = int32(this.word);
    this.category = int32(this.category);
    this.product = int32(this.product);
    this.carted = int32(this.carted);
    this.written = int32(this.written);
    this.left = int32(this.left);
    this.first = int32(this.first);
    this.next = int32(this.next);
    this.stream = uint8(this.stream);
    this.intent = uint8(this.intent);
    this.state = uint8(this.state);
    this.duplicate = uint8(this.duplicate);
    for (let slot = to - 1; slot >= from; slot--) this.give(slot);
  }
}
