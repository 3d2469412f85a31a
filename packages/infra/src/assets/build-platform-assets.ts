import { mkdir } from 'node:fs/promises';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { PlatformAssets } from './platform-assets.ts';

/**
 * Makes what the stack uploads.
 *
 * @param folder where to put it. It is made
 */
export async function buildPlatformAssets(_config: PlatformConfig, folder: string): Promise<PlatformAssets> {
  await mkdir(folder, { recursive: true });
  return { folder };
}
