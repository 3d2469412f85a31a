// What a platform costs, for whoever reads prices. It needs no CDK.

export type { PlatformConfig } from './config/platform-config.ts';
export { platformFacts } from './platform-facts.ts';
export { monthlyPrice, type PriceLine } from './scale/monthly-price.ts';
export { priceBasis, type UnitPrice, unitPrices } from './scale/unit-prices.ts';
