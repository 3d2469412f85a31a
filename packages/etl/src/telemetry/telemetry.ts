import { createTelemetry } from '@headwater/core/internal';
import { etlNames } from './etl-names.ts';

/** Spans and metrics of this package. Without an SDK of OpenTelemetry there are none, and the API is not loaded. */
export const telemetry = createTelemetry('@headwater/etl', etlNames, () => import('./open-telemetry.ts'));
