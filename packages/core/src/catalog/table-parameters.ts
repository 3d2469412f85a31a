import type { ExternalTable } from './external-table.ts';
import { fileFormats } from './file-formats.ts';
import { tableProjection } from './projection/table-projection.ts';

/** Every parameter of a table: of its format, of partition projection, and its own, which win. */
export function tableParameters(table: ExternalTable): Record<string, string> {
  return { ...fileFormats[table.format].parameters, ...tableProjection(table), ...table.parameters };
}
