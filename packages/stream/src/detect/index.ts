export { createIncidentLog, type IncidentLog, type IncidentLogOptions } from '../alerts/incident-log.ts';
export {
  createDetection,
  type Detection,
  type DetectionOptions,
} from './detection.ts';
export type { Detector, DetectorDefinition, DetectorShop, Report } from './detector.ts';
export { detectorTable } from './detector-table.ts';
export type { ShopAction, ShopEvent } from './shop-event.ts';
