import { quarantineName } from '../../lake/quarantine.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { AwsTarget } from '../aws-target.ts';
import type { ExternalTable } from '../external-table.ts';
import type { Projection } from '../projection/projection.ts';
import { curatedTable } from './curated-table.ts';
import { quarantineTable } from './quarantine-table.ts';
import { rawTable, rawTableName } from './raw-table.ts';

/** Partition keys that are to be projected otherwise than they would be, by name. */
export type ProjectionOverrides = Readonly<Record<string, Projection>>;

/** What the derivations of a table's layers may know. Each layer heeds what concerns it. */
export interface LayerOptions {
  /** `curated`, the clean events, when not given. */
  readonly layer?: TableLayer | undefined;
  /** Curated: the published version of the definition, kept as the parameter `headwater.version`. */
  readonly version?: string | undefined;
  /** Curated: keys that are to be projected otherwise. */
  readonly projection?: ProjectionOverrides | undefined;
  /** Raw: where the files land, `s3://.../`; `<lake>/<table>__raw_<format>/` when not given. */
  readonly landing?: string | undefined;
  /** Raw CSV: whether the first line of a file names the columns; true when not given. */
  readonly header?: boolean | undefined;
}

type LayerTables = (schema: TableSchema, target: AwsTarget, options: LayerOptions) => ExternalTable;

interface Layer {
  readonly name: (table: string) => string;
  readonly derive: LayerTables;
}

const layers = {
  curated: { name: (table) => table, derive: curatedTable },
  'raw-csv': rawLayer('csv'),
  'raw-json': rawLayer('json'),
  quarantine: { name: quarantineName, derive: quarantineTable },
} satisfies Readonly<Record<string, Layer>>;

function rawLayer(format: 'csv' | 'json'): Layer {
  return {
    name: (table) => rawTableName(table, format),
    derive: (schema, target, options) => rawTable(schema, target, format, options),
  };
}

/** A layer of the lake: raw files as they land, clean events, refused rows. */
export type TableLayer = keyof typeof layers;

/** Every layer that a table has a table of. */
export const tableLayers = Object.keys(layers) as readonly TableLayer[];

/** The table over one layer of a table's files. */
export function layerTable(schema: TableSchema, target: AwsTarget, options: LayerOptions): ExternalTable {
  return layers[options.layer ?? 'curated'].derive(schema, target, options);
}

/**
 * The name of the table over one layer of a table's files.
 * @example layerName('clickstream', 'raw-csv') // 'clickstream__raw_csv'
 */
export const layerName = (table: string, layer: TableLayer): string => layers[layer].name(table);
