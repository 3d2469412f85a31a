import { createTelemetry } from '@headwater/core/internal';
import { queryNames } from './query-names.ts';

/** Spans and metrics of this package. Without an SDK of OpenTelemetry there are none, and the API is not loaded. */
export const telemetry = createTelemetry(
  '@headwater/queries',
  queryNames,
  () => import('./open-telemetry.ts'),
);
