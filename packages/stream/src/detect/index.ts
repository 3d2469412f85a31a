export { createIncidentLog, type IncidentLog, type IncidentLogOptions } from '../alerts/incident-log.ts';
export { actorKindWords } from './actors/actor-kinds.ts';
export {
  type BatchKind,
  type BatchParameters,
  defaultBatchParameters,
} from './batch/batch-parameters.ts';
export {
  type BatchRun,
  type BatchSuspect,
  batchQuiet,
  createLakeBatch,
  type LakeBatch,
  type LakeBatchOptions,
} from './batch/lake-batch.ts';
export {
  createDetection,
  type Detection,
  type DetectionCounts,
  type DetectionState,
} from './detection.ts';
export type { DetectionConfig } from './detection-config.ts';
export { type DetectionKind, detectionKinds } from './detection-kinds.ts';
export type { DetectionOptions, DetectionSettings } from './detection-options.ts';
export {
  type Detector,
  type DetectorDefinition,
  type DetectorDefinitions,
  type DetectorShop,
  mostMembers,
  type Report,
} from './detector.ts';
export { detectorTable } from './detector-table.ts';
export type { ShopAction, ShopEvent } from './shop-event.ts';
export {
  suggestWafRules,
  type UsualRates,
  type WafOptions,
  type WafPlace,
  type WafSuggestion,
  type WafSuggestions,
} from './waf/suggest-waf-rules.ts';
export { usualRatesOf, usualRatesSql } from './waf/usual-rates.ts';
export type { WafKey, WafRule, WafRuleGroup, WafStatement } from './waf/waf-rule.ts';
