import type { ExternalTable } from './external-table.ts';
import { fileFormats } from './file-formats.ts';
import { tableProjection } from './projection/table-projection.ts';

/** All parameters of a table: those of its format, of partition projection, and its own, which override the others. */
export function tableParameters(table: ExternalTable): Record<string, string> {
  return { ...fileFormats[table.format].parameters, ...tableProjection(table), ...table.parameters };
}
