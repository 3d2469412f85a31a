import type { PlatformConfig } from '@headwater/infra';
import { awsOf } from '../config/chosen-lake.ts';
import type { LoadedConfig } from '../config/load-config.ts';

/**
 * A config as the platform takes it.
 *
 * @throws HeadwaterError `CONFIG_INVALID` without `aws`
 */
export const platformConfig = (config: LoadedConfig): PlatformConfig => ({ ...config, aws: awsOf(config) });
