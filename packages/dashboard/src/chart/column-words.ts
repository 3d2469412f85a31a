import type { AnswerColumn } from '@headwater/queries';

/** What a title follows from. */
interface Titled extends Pick<AnswerColumn, 'name' | 'kind'> {
  readonly unit?: string;
}

/**
 * The title of a column, from its name: `averageOrderValue` is `Average order value`. Money has its unit: `Revenue (USD)`.
 */
export function columnTitle({ name, unit, kind }: Titled): string {
  const words = name
    .replaceAll('_', ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const title = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
  const isUnitSaid = unit !== undefined && kind !== 'duration' && unit !== 's';
  return isUnitSaid ? `${title} (${unit})` : title;
}

/** The title of a metric, from its name: `daily-visitors` is `Daily visitors`. */
export const metricTitle = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};
