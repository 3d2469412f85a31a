/** Which clients were seen before, as plain data that survives JSON. */
export interface KnownClientsState {
  readonly added: number;
  /** Bits in base64. */
  readonly current: string;
  readonly previous: string;
}

/** Remembers clients in memory that does not grow: two Bloom filters, of which the older one is emptied when the younger one is full. */
export interface KnownClients {
  /** Whether a client was seen before; from now on it was. A client that is new may be taken for known, one in a hundred times. */
  meet(hash: number): boolean;
  /** @param share with less than a half, the older filter is left out */
  snapshot(share: number): KnownClientsState;
}

/** Probes of a filter. With 10 bits for each client, 4 to 7 give about one error in a hundred: Broder and Mitzenmacher 2004, section 2. */
const probes = 4;
const bitsPerClient = 10;

/**
 * @param bits of each filter, rounded up to a power of two
 */
export function createKnownClients(bits: number, state?: KnownClientsState): KnownClients {
  const bytes = 2 ** Math.ceil(Math.log2(Math.max(bits, 1024))) / 8;
  const mask = bytes * 8 - 1;
  const capacity = Math.floor((bytes * 8) / bitsPerClient);
  let current = filterOf(bytes, state?.current);
  let previous = filterOf(bytes, state?.previous);
  let added = state?.added ?? 0;
  return {
    meet(hash) {
      const step = Math.imul(hash, 0x9e3779b1) | 1;
      if (holds(current, hash, step, mask)) return true;
      const wasKnown = holds(previous, hash, step, mask);
      if (added >= capacity) {
        const emptied = previous.fill(0);
        previous = current;
        current = emptied;
        added = 0;
      }
      for (let probe = 0; probe < probes; probe++) {
        const bit = (hash + Math.imul(probe, step)) & mask;
        current[bit >> 3] = (current[bit >> 3] ?? 0) | (1 << (bit & 7));
      }
      added += 1;
      return wasKnown;
    },
    snapshot: (share) => ({
      added,
      current: Buffer.from(current).toString('base64'),
      previous: share < 0.5 ? '' : Buffer.from(previous).toString('base64'),
    }),
  };
}

function holds(filter: Uint8Array, hash: number, step: number, mask: number): boolean {
  for (let probe = 0; probe < probes; probe++) {
    const bit = (hash + Math.imul(probe, step)) & mask;
    if (((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function filterOf(bytes: number, base64: string | undefined): Uint8Array {
  const filter = new Uint8Array(bytes);
  if (base64 !== undefined) filter.set(Buffer.from(base64, 'base64').subarray(0, bytes));
  return filter;
}
