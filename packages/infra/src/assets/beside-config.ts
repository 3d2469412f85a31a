import { dirname, resolve } from 'node:path';
import type { PlatformConfig } from '../config/platform-config.ts';

/** A path of a config, which is relative to its file, or to the working folder where it has none. */
export const besideConfig = ({ file }: PlatformConfig, path: string): string =>
  resolve(file === undefined ? '.' : dirname(file), path);
