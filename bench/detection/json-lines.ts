import { readFileSync } from 'node:fs';

/** The values of a file of JSON Lines that fits in memory. Whoever reads it says what they are. */
export const jsonLines = <Value>(path: string): Value[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Value => JSON.parse(line));
