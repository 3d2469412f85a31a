/** Numbers from 0 up to 1 that are the same for the same seed and name. */
export function createRandom(seed: number, name: string): () => number {
  let state = hashOf(Buffer.from(name), seed);
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A share from 0 up to 1 that depends on bytes and a seed alone. */
export const shareOf = (bytes: Uint8Array, seed: number): number => (hashOf(bytes, seed) >>> 0) / 2 ** 32;

/** FNV-1a, mixed at the end so that its high bits depend on all bytes. */
function hashOf(bytes: Uint8Array, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
