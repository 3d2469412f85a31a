import type { AwsTarget } from '../../catalog/aws-target.ts';
import { catalogDescription } from '../../catalog/catalog-comment.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { deriveJsonSchema } from '../json/json-schema.ts';

/** What CreateSchema of the Glue Schema Registry takes (https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSchema.html). */
export interface GlueSchemaInput {
  readonly RegistryId: { readonly RegistryName: string };
  readonly SchemaName: string;
  readonly DataFormat: 'JSON';
  readonly Compatibility: 'BACKWARD';
  readonly Description?: string;
  /** JSON Schema as text. */
  readonly SchemaDefinition: string;
}

/** Characters that the registry takes. */
const maxDefinition = 170_000;

/**
 * A table's clean row, as JSON, for the Glue Schema Registry: JSON Schema draft-07, the newest that it reads. Nested
 * objects and the row itself are closed: to the registry an optional column that is added is a compatible change (BACKWARD)
 * only where the version before allowed no other
 * (https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html).
 *
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for a definition that the registry has no room for
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
