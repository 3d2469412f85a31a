import type { DetectorDefinitions } from './detector.ts';
import type { ParametersOf } from './detector-parameters.ts';

/** Seconds: how late events may come, and how long a subject has to stay unsuspicious for its incident to end. */
export const detectionDefaults = { lateness: 10, quiet: 2700 } as const;

/** How detection works, whatever the detectors. Times are in seconds. */
export interface DetectionSettings {
  /** Actors that are not watched, such as the shop's own monitor. */
  readonly allow?: readonly string[] | undefined;
  /** Kinds of incidents that are not reported. */
  readonly off?: readonly string[] | undefined;
  /** How much later than a younger one an event may arrive. Rows are judged this long after their time. Defaults to 10. */
  readonly lateness?: number | undefined;
  /** How long a subject has to stay unsuspicious for its incident to end. Defaults to 2700. */
  readonly quiet?: number | undefined;
}

/** What detection takes besides: how much it remembers. */
export interface DetectionLimits {
  /** Events remembered, to find those that are delivered twice. Defaults to 200,000. */
  readonly remembered?: number | undefined;
  /** Events held back at most until their order is known. Defaults to 100,000. */
  readonly held?: number | undefined;
  /** Whether no event comes twice, as in a lake: events are then not told apart, which is faster. Defaults to false. */
  readonly areDistinct?: boolean | undefined;
}

/** Options of `createDetection`: settings, and parameters of detectors by their names. */
export type DetectionOptions<Definitions extends DetectorDefinitions> = DetectionSettings &
  DetectionLimits &
  ParametersOf<Definitions>;
