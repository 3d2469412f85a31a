import type { MetricImpact } from '@headwater/queries';

/** What a change does to a metric, after the metric's name. */
export const effectTexts: { readonly [Effect in MetricImpact['effect']]: string } = {
  stops: 'stops',
  'loses-breakdown': 'loses a break-down',
  'loses-measure': 'loses a measure',
  'changes-meaning': 'changes its meaning',
};
