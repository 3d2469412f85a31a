import { type AwsTarget, deriveGlueTable, type GlueTableInput, type TableLayer } from '@headwater/core';
import {
  deriveGlueView,
  type GlueViewInput,
  layerName,
  needsOwnView,
  needsReadView,
  publishesTable,
  readViewName,
  type SchemaSnapshot,
} from '@headwater/core/internal';

/** A table or a view, as CreateTable and UpdateTable of Glue take it. */
export type CatalogInput = GlueTableInput | GlueViewInput;

/** A table of the catalog that follows from a definition. */
export interface CatalogTable {
  readonly name: string;
  /** The table of a version; undefined when that version has none. */
  derive(snapshot: SchemaSnapshot): CatalogInput | undefined;
}

/** Every table of the catalog that belongs to a definition, the one of the curated files first. */
export function catalogTables(table: string, target: AwsTarget): readonly CatalogTable[] {
  const other = (layer: TableLayer): CatalogTable => ({
    name: layerName(table, layer),
    derive: ({ schema }) => deriveGlueTable(schema, target, { layer }),
  });
  return [
    { name: table, derive: ({ schema }) => deriveGlueTable(schema, target) },
    {
      name: readViewName(table),
      derive: ({ schema }) => (needsReadView(schema) ? deriveGlueView(schema, target) : undefined),
    },
    ...(target.permissionClasses ?? []).map(
      (readers): CatalogTable => ({
        name: readViewName(table, readers),
        derive: ({ schema }) =>
          needsOwnView(schema, readers) ? deriveGlueView(schema, target, readers) : undefined,
      }),
    ),
    other('quarantine'),
    other('raw-csv'),
    other('raw-json'),
    // Firehose converts by it, so it comes before the delivery stream.
    ...(publishesTable(target, 'stream', table) ? [other('stream')] : []),
  ];
}
