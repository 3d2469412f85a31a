import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../requirements');

test.each(globSync('*.txt', { cwd: folder }))(
  '%s has pinned versions with their hashes, and no place of packages',
  (file) => {
    const lines = readFileSync(join(folder, file), 'utf8').replaceAll(/\\\n/g, ' ').split('\n');
    const wrong = lines
      .filter((line) => line !== '' && !/^\s*#/.test(line))
      .filter(
        (line) => !/^[\w.[\],-]+==[\w.!+]+(?: *;[^#]*?)?(?: +--hash=sha256:[0-9a-f]{64})+$/.test(line.trim()),
      );
    expect(wrong).toEqual([]);
    expect(lines.length).toBeGreaterThan(1);
  },
);
