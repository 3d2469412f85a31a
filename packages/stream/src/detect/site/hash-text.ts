/**
 * A hash of 32 bits of a text, the same in every process: MurmurHash2's mixing over UTF-16 units, without its tail rules.
 *
 * @returns from 0 to 2^32 - 1
 */
export function hashText(text: string): number {
  let hash = text.length;
  for (let place = 0; place < text.length; place++) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
