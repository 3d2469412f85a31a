import type { TableInput } from '@aws-sdk/client-glue';
import { type AwsTarget, deriveGlueTable, type TableLayer } from '@headwater/core';
import {
  deriveGlueView,
  layerName,
  needsReadView,
  readViewName,
  type SchemaSnapshot,
  schemaFingerprint,
  withFormerNames,
} from '@headwater/core/internal';

/** A table of the catalog that follows from a definition. */
export interface CatalogTable {
  readonly name: string;
  /** The table of a version; undefined when that version has none. */
  derive(snapshot: SchemaSnapshot): TableInput | undefined;
}

/** Every table of the catalog that belongs to a definition, the one of the curated files first. */
export function catalogTables(table: string, target: AwsTarget): readonly CatalogTable[] {
  const other = (layer: TableLayer): CatalogTable => ({
    name: layerName(table, layer),
    derive: ({ schema }) => deriveGlueTable(schema, target, { layer }),
  });
  return [
    { name: table, derive: (snapshot) => curated(snapshot, target) },
    {
      name: readViewName(table),
      derive: ({ schema }) => (needsReadView(schema) ? deriveGlueView(schema, target) : undefined),
    },
    other('quarantine'),
    other('raw-csv'),
    other('raw-json'),
  ];
}

function curated({ schema }: SchemaSnapshot, target: AwsTarget): TableInput {
  const input = deriveGlueTable(withFormerNames(schema), target);
  // Of the definition alone: former names tell how files are read, and are not part of it.
  return {
    ...input,
    Parameters: { ...input.Parameters, 'headwater.fingerprint': schemaFingerprint(schema) },
  };
}
