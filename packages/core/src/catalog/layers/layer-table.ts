import { quarantineName } from '../../lake/quarantine.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { AwsTarget } from '../aws-target.ts';
import type { ExternalTable } from '../external-table.ts';
import type { Projection } from '../projection/projection.ts';
import { publishesTable } from '../published-services.ts';
import { streamTableName } from '../stream-place.ts';
import { curatedTable } from './curated-table.ts';
import { quarantineTable } from './quarantine-table.ts';
import { rawTable, rawTableName } from './raw-table.ts';
import { streamTable } from './stream-table.ts';

/** Projections that replace the default ones, by partition key. */
export type ProjectionOverrides = Readonly<Record<string, Projection>>;

/** Options of a table's layers. Each layer uses those that apply to it. */
export interface LayerOptions {
  /** Defaults to `curated`, the clean events. */
  readonly layer?: TableLayer | undefined;
  /** Curated: the published version of the definition, kept as the parameter `headwater.version`. */
  readonly version?: string | undefined;
  /** Curated: projections that replace the default ones. */
  readonly projection?: ProjectionOverrides | undefined;
  /**
   * Raw: the place of the raw files, `s3://.../`. Defaults to `<lake>/<table>__raw_<format>/`. Stream: the folder of what a delivery
   * stream writes. Defaults to the config's, or `<lake>/<table>__stream/`.
   */
  readonly landing?: string | undefined;
  /** Raw CSV: whether the first line of a file is a header. Defaults to true. */
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
  stream: { name: streamTableName, derive: streamTable },
} satisfies Readonly<Record<string, Layer>>;

function rawLayer(format: 'csv' | 'json'): Layer {
  return {
    name: (table) => rawTableName(table, format),
    derive: (schema, target, options) => rawTable(schema, target, format, options),
  };
}

/** A layer of a table: raw files, clean events, rejected rows, what a delivery stream writes. */
export type TableLayer = keyof typeof layers;

/** Every layer. */
export const tableLayers = Object.keys(layers) as readonly TableLayer[];

/** The external table of one layer. */
export function layerTable(schema: TableSchema, target: AwsTarget, options: LayerOptions): ExternalTable {
  return layers[options.layer ?? 'curated'].derive(schema, target, options);
}

/**
 * The name of the external table of one layer.
 * @example layerName('clickstream', 'raw-csv') // 'clickstream__raw_csv'
 */
export const layerName = (table: string, layer: TableLayer): string => layers[layer].name(table);

/** The layers that publishing keeps for a table: that of a delivery stream only where there is one. */
export const publishedLayers = (target: AwsTarget, table: string): readonly TableLayer[] =>
  tableLayers.filter((layer) => layer !== 'stream' || publishesTable(target, 'stream', table));
