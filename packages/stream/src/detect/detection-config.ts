import type { DetectionKind } from './detection-kinds.ts';
import type { DetectionSettings } from './detection-options.ts';
import type { ParametersOf } from './detector-parameters.ts';
import type { detectorTable } from './detector-table.ts';

/**
 * The field `detection` of the settings of a stream: who is not watched, which kinds are not reported, and parameters of detectors in
 * place of their defaults.
 *
 * @example { allow: ['541312140'], off: ['price-monitor'], quiet: 1800 }
 */
export type DetectionConfig = Omit<DetectionSettings, 'off'> & {
  readonly off?: readonly DetectionKind[] | undefined;
} & ParametersOf<typeof detectorTable>;
