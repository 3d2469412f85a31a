/** Visits that are going on, as plain data that survives JSON: numbers of 32 bits in base64, six of a visit. */
export type VisitTableState = string;

/** What is remembered of a visit, in columns of a table of fixed size. */
export interface VisitTable {
  /**
   * The slot of a visit. The visit begins when it is not there, or had no row for longer than a visit's pause; then its other columns
   * are 0. The visit that was quiet for longest of its bucket makes room.
   *
   * @param second since 1970
   */
  enter(hash: number, second: number): number;
  /** Rows so far, the one of {@link enter} included, up to 255. */
  readonly rows: Uint8Array;
  /** The second of the first row, since 1970. */
  readonly began: Uint32Array;
  /** Bits, see the caller. */
  readonly flags: Uint8Array;
  /** The hash of the first product. */
  readonly landing: Uint32Array;
  /** @param share the part of the visits, the latest, that is kept */
  snapshot(minute: number, share: number): VisitTableState;
}

/** Slots among which a visit may lie. */
const ways = 4;
const fields = 6;

/**
 * @param size visits that are remembered at once, rounded up to a power of two
 * @param pause minutes without a row after which another row begins a visit
 */
export function createVisitTable(size: number, pause: number, state: VisitTableState = ''): VisitTable {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(size, 64)));
  const buckets = slots / ways;
  const tags = new Uint32Array(slots);
  const last = new Int32Array(slots).fill(-0x8000_0000);
  const rows = new Uint8Array(slots);
  const flags = new Uint8Array(slots);
  const landing = new Uint32Array(slots);
  const began = new Uint32Array(slots);

  const placeOf = (hash: number): number => {
    const first = (hash & (buckets - 1)) * ways;
    let oldest = first;
    for (let slot = first; slot < first + ways; slot++) {
      if (tags[slot] === hash && (last[slot] ?? 0) > -0x8000_0000) return slot;
      if ((last[slot] ?? 0) < (last[oldest] ?? 0)) oldest = slot;
    }
    return oldest;
  };
  const table: VisitTable = {
    rows,
    began,
    flags,
    landing,
    enter(hash, second) {
      const minute = Math.floor(second / 60);
      const slot = placeOf(hash);
      if (tags[slot] !== hash || (last[slot] ?? 0) + pause < minute) {
        tags[slot] = hash;
        rows[slot] = 0;
        flags[slot] = 0;
        landing[slot] = 0;
        began[slot] = second;
      }
      last[slot] = minute;
      rows[slot] = Math.min(255, (rows[slot] ?? 0) + 1);
      return slot;
    },
    snapshot(minute, share) {
      const open = Array.from({ length: slots }, (_, slot) => slot)
        .filter((slot) => (last[slot] ?? 0) + pause >= minute)
        .sort((one, other) => (last[other] ?? 0) - (last[one] ?? 0) || one - other);
      const kept = open.slice(0, Math.ceil(open.length * share));
      const words = kept.flatMap((slot) => [
        tags[slot],
        last[slot],
        rows[slot],
        flags[slot],
        landing[slot],
        began[slot],
      ]);
      return Buffer.from(Uint32Array.from(words, (word) => (word ?? 0) >>> 0).buffer).toString('base64');
    },
  };
  const words = new Uint32Array(Uint8Array.from(Buffer.from(state, 'base64')).buffer);
  for (let place = 0; place + fields <= words.length; place += fields) {
    const [hash = 0, minute = 0, count = 0, bits = 0, product = 0, second = 0] = words.subarray(
      place,
      place + fields,
    );
    const slot = placeOf(hash);
    tags[slot] = hash;
    last[slot] = minute;
    rows[slot] = count;
    flags[slot] = bits;
    landing[slot] = product;
    began[slot] = second;
  }
  return table;
}
