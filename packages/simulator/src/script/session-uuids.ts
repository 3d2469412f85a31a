import { createRandom } from '../random/random.ts';
import type { Script } from './script.ts';

/** The UUIDs of a script's sessions, four words each: version 4, variant 1 (RFC 9562). */
export function sessionUuidsOf(script: Script): Int32Array {
  const random = createRandom(script.seed, 25);
  const words = new Int32Array(script.sessionUsers.length * 4);
  for (let at = 0; at < words.length; at += 4) {
    words[at] = random.next();
    words[at + 1] = (random.next() & 0xffff0fff) | 0x4000;
    words[at + 2] = (random.next() & 0x3fffffff) | 0x80000000;
    words[at + 3] = random.next();
  }
  return words;
}
