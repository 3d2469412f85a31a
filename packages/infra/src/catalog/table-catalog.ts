import { assessSchemas, deriveGlueSchema, type EventsTable } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { publishedTables } from '@headwater/publish';
import { type CfnResource, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { CfnSchemaVersion } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { savedVersion } from './saved-version.ts';

/** What the tables of a definition depend on. */
interface CatalogPlace {
  readonly database: CfnResource;
  readonly registry: CfnResource;
}

/** What the catalog has for a table: its tables and views as publishing writes them, and its schema in the registry. All of it stays. */
export class TableCatalog extends Construct {
  readonly #tables = new Map<string, CfnResource>();

  /** @throws HeadwaterError `SCHEMA_UNSAVED` */
  constructor(scope: Construct, table: EventsTable, context: PlatformContext, place: CatalogPlace) {
    super(scope, table.name);
    const { target, assets } = context;
    const snapshot = savedVersion(assets.versions, table.schema);
    for (const TableInput of publishedTables(snapshot, target)) {
      const resource = derivedResource(this, TableInput.Name, 'AWS::Glue::Table', {
        CatalogId: target.account,
        DatabaseName: target.database,
        TableInput,
      });
      resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
      resource.node.addDependency(place.database);
      this.#tables.set(TableInput.Name, resource);
    }
    this.#registerSchema(assets.versions.of.get(table.name) ?? [snapshot], context, place.registry);
    Tags.of(this).add('headwater:table', table.name);
  }

  /** The resource of a table or a view. */
  table(name: string): CfnResource {
    const table = this.#tables.get(name);
    if (!table) throw new Error(`${this.node.id} has no table ${name} in the catalog`);
    return table;
  }

  /**
   * The schema begins with the first saved version, whatever comes later: CloudFormation would replace a schema whose definition changes. The
   * latest version is one of its versions. A version that publishing registered already is found by its content. One that is incompatible
   * needs another checkpoint, which publishing alone moves.
   */
  #registerSchema(
    versions: readonly SchemaSnapshot[],
    { target, config: { compatibility = 'BACKWARD' } }: PlatformContext,
    registry: CfnResource,
  ): void {
    const [first, latest] = [versions[0], versions.at(-1)];
    if (!first || !latest) return;
    const derived = deriveGlueSchema(first.schema, target);
    const schema = derivedResource(this, 'Schema', 'AWS::Glue::Schema', {
      ...derived,
      Compatibility: compatibility,
    });
    schema.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    schema.node.addDependency(registry);
    const { SchemaDefinition } = deriveGlueSchema(latest.schema, target);
    if (SchemaDefinition === derived.SchemaDefinition) return;
    if (!assessSchemas(first, latest.schema, compatibility).registry[compatibility]) return;
    const version = new CfnSchemaVersion(this, `Version${latest.number}`, {
      schema: { registryName: target.registry, schemaName: derived.SchemaName },
      schemaDefinition: SchemaDefinition,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    version.node.addDependency(schema);
  }
}
