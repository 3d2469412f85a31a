// The word `infra` of a config, for whoever reads one. It needs no CDK.

export {
  type FlinkConfig,
  type InfraConfig,
  type InfraProblem,
  infraProblems,
  type Scale,
  scales,
} from './infra-config.ts';
export type { PlatformConfig } from './platform-config.ts';
export { type PlatformPart, platformParts } from './platform-part.ts';
