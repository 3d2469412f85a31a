import type { ExternalTable } from '../external-table.ts';
import { projectionParameters } from './projection.ts';

/**
 * The location of a partition, with a placeholder for each key. Loads write these folders.
 * @example locationTemplate(table) // 's3://lake/clickstream/dt=${dt}/'
 */
export function locationTemplate({ location, keys }: Pick<ExternalTable, 'location' | 'keys'>): string {
  return `${location}${keys.map(({ name }) => `${name}=\${${name}}/`).join('')}`;
}

/** The parameters that enable projection for a table's keys. Empty for a table without keys. */
export function tableProjection(table: Pick<ExternalTable, 'location' | 'keys'>): Record<string, string> {
  if (table.keys.length === 0) return {};
  return Object.assign(
    { 'projection.enabled': 'true' },
    ...table.keys.map(({ name, projection }) => projectionParameters(name, projection)),
    { 'storage.location.template': locationTemplate(table) },
  );
}
