// Refreshes the rollups of a lake, and kills its own process when so many steps are done: node refresh-once.ts LAKE STEPS [WORK]
import type { RollupConfig } from '@headwater/core';
import { refresh } from '../support/refresh.ts';
import { shop } from '../support/shop.ts';

/** The rollups of this program. */
export const configs: readonly RollupConfig[] = [
  { metric: 'daily-visitors', grains: ['day'], keys: true },
  { metric: 'cart-abandonment', grains: ['day'] },
];

const [lake, steps, workFolder] = process.argv.slice(2);
if (lake !== undefined && steps !== undefined) {
  let left = Number(steps);
  await refresh(shop, lake, configs, {
    workFolder,
    onProgress() {
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
    },
  });
}
