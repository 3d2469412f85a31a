import type { ExternalTable } from '../external-table.ts';
import { projectionParameters } from './projection.ts';

/**
 * Where a partition's files are, by a placeholder for each key: the folders as loads write them.
 * @example locationTemplate(table) // 's3://lake/clickstream/dt=${dt}/'
 */
export function locationTemplate({ location, keys }: Pick<ExternalTable, 'location' | 'keys'>): string {
  return `${location}${keys.map(({ name }) => `${name}=\${${name}}/`).join('')}`;
}

/** The parameters that switch projection on for a table's keys; none for a table that has none. */
export function tableProjection(table: Pick<ExternalTable, 'location' | 'keys'>): Record<string, string> {
  if (table.keys.length === 0) return {};
  return Object.assign(
    { 'projection.enabled': 'true' },
    ...table.keys.map(({ name, projection }) => projectionParameters(name, projection)),
    { 'storage.location.template': locationTemplate(table) },
  );
}
