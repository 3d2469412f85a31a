import { databaseInput } from '@headwater/publish';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { glueDatabase } from './glue-database.ts';
import { QueryWorkgroups } from './query-workgroups.ts';
import { TableCatalog } from './table-catalog.ts';

/**
 * What `headwater schema publish` keeps for every table: the database, tables and views, the registry, the workgroups; and named queries. It
 * writes the same, so that publishing after a deployment has nothing to do, and a deployment after a publication changes nothing.
 *
 * @throws HeadwaterError `SCHEMA_UNSAVED` for a table whose definition is no saved version
 */
export class Catalog extends Construct {
  readonly #tables = new Map<string, TableCatalog>();
  readonly database: CfnDatabase;

  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const { target, tables, has } = context;
    this.database = glueDatabase(this, 'Database', target.account, {
      ...databaseInput(target),
      // With Lake Formation, a new table is nobody's until somebody is granted rights.
      ...(has('lakeFormation') ? { CreateTableDefaultPermissions: [] } : {}),
    });
    const registry = derivedResource(this, 'Registry', 'AWS::Glue::Registry', {
      RegistryName: target.registry,
    });
    registry.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    for (const table of tables)
      this.#tables.set(
        table.name,
        new TableCatalog(this, table, context, { database: this.database, registry }),
      );
    new QueryWorkgroups(this, 'Queries', context);
  }

  /** The catalog of a platform. Undefined where the platform has none. */
  static of(platform: Construct): Catalog | undefined {
    const found = platform.node.children.find((child) => child instanceof Catalog);
    return found instanceof Catalog ? found : undefined;
  }

  /** What the catalog has for each table. */
  tableCatalogs(): readonly TableCatalog[] {
    return [...this.#tables.values()];
  }

  /** What the catalog has for a table. */
  tableCatalog(table: string): TableCatalog {
    const found = this.#tables.get(table);
    if (!found) throw new Error(`The catalog has no table ${table}`);
    return found;
  }
}
