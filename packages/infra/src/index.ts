// The platform as constructs of CDK.

export { buildPlatformAssets } from './assets/build-platform-assets.ts';
export type { PlatformAssets } from './assets/platform-assets.ts';
export {
  type InfraConfig,
  type InfraProblem,
  infraProblems,
  type Scale,
  scales,
} from './config/infra-config.ts';
export type { PlatformConfig } from './config/platform-config.ts';
export { type PlatformPart, platformParts } from './config/platform-part.ts';
export { HeadwaterPlatform, type PlatformProps } from './platform/headwater-platform.ts';
export { type PlatformAppOptions, platformApp } from './platform/platform-app.ts';
export type { PlatformContext, PlatformFacts, ServiceRoleName } from './platform-context.ts';
export { platformFacts } from './platform-facts.ts';
export { monthlyPrice, type PriceLine, totalPrice } from './scale/monthly-price.ts';
export { type PriceTable, priceTable } from './scale/price-table.ts';
export { type ScaleSizes, scaleSizes } from './scale/sizes.ts';
