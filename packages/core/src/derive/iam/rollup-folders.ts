import { rollupName } from '../../catalog/layers/rollup-table.ts';
import { manifestFolder } from '../../lake/manifest.ts';

/** A pattern for the folders, and the tables in Glue, of all rollups of a table. */
export const rollupFolders = (table: string): string => `${rollupName(table, '')}*`;

/** Where the states of the rollups of a table are. */
export const rollupStates = (table: string): string => manifestFolder(`${table}__rollups`);
