import { createTelemetry } from '@headwater/core/internal';
import { streamNames } from './stream-names.ts';

/** Spans and metrics of this package. Without an SDK of OpenTelemetry there are none, and the API is not loaded. */
export const telemetry = createTelemetry(
  '@headwater/stream',
  streamNames,
  () => import('./open-telemetry.ts'),
);
