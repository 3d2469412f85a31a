import type { AwsTarget } from '../../catalog/aws-target.ts';
import { catalogDescription } from '../../catalog/catalog-comment.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { deriveJsonSchema } from '../json/json-schema.ts';

/** The input of CreateSchema of the Glue Schema Registry (https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSchema.html). */
export interface GlueSchemaInput {
  readonly RegistryId: { readonly RegistryName: string };
  readonly SchemaName: string;
  readonly DataFormat: 'JSON';
  readonly Compatibility: 'BACKWARD';
  readonly Description?: string;
  /** JSON Schema as text. */
  readonly SchemaDefinition: string;
}

/** The registry's maximum, in characters. */
const maxDefinition = 170_000;

/**
 * A table's clean row, as JSON, for the Glue Schema Registry: JSON Schema draft-07, the newest draft that it supports. Nested
 * objects and the row itself are closed. The registry accepts a new optional column as compatible (BACKWARD) only if the
 * version before did not allow additional properties
 * (https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html).
 *
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for a definition above the registry's maximum
 * @example await glue.send(new CreateSchemaCommand(deriveGlueSchema(clickstream.schema, target)))
 */
export function deriveGlueSchema(schema: TableSchema, target: AwsTarget): GlueSchemaInput {
  const { $schema: _, ...definition } = deriveJsonSchema(schema);
  const text = JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...definition });
  if (text.length > maxDefinition) {
    throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
      what: `The JSON Schema of ${schema.name}`,
      size: text.length,
      limit: maxDefinition,
      unit: 'characters',
      fix: 'Shorten descriptions and enums, or split the table',
    });
  }
  return {
    RegistryId: { RegistryName: target.registry },
    SchemaName: schema.name,
    DataFormat: 'JSON',
    Compatibility: 'BACKWARD',
    ...(schema.description ? { Description: catalogDescription(schema.description) } : {}),
    SchemaDefinition: text,
  };
}
