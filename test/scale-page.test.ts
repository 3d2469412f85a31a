import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capacityTable } from '../bench/capacity.ts';
import { sparkBytesPerCoreSecond } from '../packages/core/src/internal.ts';
import { repositoryRoot } from './repository-files.ts';

test('docs/scale.md has the figures that follow from the recorded throughput', () => {
  const page = readFileSync(join(repositoryRoot, 'docs/scale.md'), 'utf8');
  expect(page).toContain(capacityTable());
  expect(page).toContain(`${(sparkBytesPerCoreSecond / 1e6).toFixed(1)} MB a second on a core`);
});
