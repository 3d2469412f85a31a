import type { LoadedConfig } from '../config/load-config.ts';

/** The name of a config's stack: `infra.stackName`, or that of its database. */
export const stackNameOf = ({ infra, aws }: Pick<LoadedConfig, 'infra' | 'aws'>): string =>
  infra?.stackName ?? `headwater-${(aws?.database ?? '').replaceAll('_', '-')}`;
