import type { AwsTarget } from '@headwater/core';
import { defaultStack } from '@headwater/core/internal';
import type { LoadedConfig } from '../config/load-config.ts';

/** The name of a config's stack: `infra.stackName`, or that of its database. */
export const stackNameOf = ({
  infra,
  aws,
}: Pick<LoadedConfig, 'infra'> & { readonly aws: AwsTarget }): string =>
  infra?.stackName ?? defaultStack(aws);
