import type { TableSchema } from '../../table/table-schema.ts';
import type { AwsTarget } from '../aws-target.ts';
import type { ExternalTable } from '../external-table.ts';
import type { Projection } from '../projection/projection.ts';
import { curatedTable } from './curated-table.ts';
import { quarantineTable } from './quarantine-table.ts';
import { rawTable } from './raw-table.ts';

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

const layers = {
  curated: curatedTable,
  'raw-csv': (schema, target, options) => rawTable(schema, target, 'csv', options),
  'raw-json': (schema, target, options) => rawTable(schema, target, 'json', options),
  quarantine: quarantineTable,
} satisfies Readonly<Record<string, LayerTables>>;

/** A layer of the lake: raw files as they land, clean events, refused rows. */
export type TableLayer = keyof typeof layers;

/** Every layer that a table has a table of. */
export const tableLayers = Object.keys(layers) as readonly TableLayer[];

/** The table over one layer of a table's files. */
export function layerTable(schema: TableSchema, target: AwsTarget, options: LayerOptions): ExternalTable {
  return layers[options.layer ?? 'curated'](schema, target, options);
}
