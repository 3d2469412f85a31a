import type { AthenaClient } from '@aws-sdk/client-athena';
import type { DataBrewClient } from '@aws-sdk/client-databrew';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { GlueClient } from '@aws-sdk/client-glue';
import { type AwsTarget, type CompatibilityMode, deriveGlueSchema, type TableSchema } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { catalogTables } from './catalog-tables.ts';
import { databaseInput } from './database-input.ts';
import { databaseStep } from './database-step.ts';
import type { PublishStep } from './publish-step.ts';
import { registryStep } from './registry-step.ts';
import { serviceSteps } from './service-steps.ts';
import { snapshotStep } from './snapshot-step.ts';
import { tableStep } from './table-step.ts';
import { workgroupStep } from './workgroup-step.ts';

/** What the steps of a publication work on. */
export interface PublishStepsOptions {
  readonly client: GlueClient;
  readonly athena: AthenaClient;
  /** Undefined where the config asks for nothing of DataBrew. */
  readonly databrew: DataBrewClient | undefined;
  /** Undefined where the config names no delivery stream. */
  readonly firehose: FirehoseClient | undefined;
  readonly target: AwsTarget;
  /** The folder of snapshots. */
  readonly folder: string;
  readonly snapshot: SchemaSnapshot;
  readonly history: readonly SchemaSnapshot[];
  readonly mode: CompatibilityMode;
  readonly keepsToMode: boolean;
  /** The definition with which the verdicts compare. Undefined for the first version. */
  readonly comparedWith: TableSchema | undefined;
  /** Maximum bytes of a query. */
  readonly maxScan?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The steps of publishing, in order. The table of the curated files comes first: of two concurrent publishers only one gets past
 * it, and only that one writes a snapshot.
 */
export function publishSteps(options: PublishStepsOptions): readonly PublishStep[] {
  const { client, target, folder, snapshot, history, mode, keepsToMode, comparedWith, signal } = options;
  const { database } = target;
  const definitionOf = (schema: TableSchema): string => deriveGlueSchema(schema, target).SchemaDefinition;
  const [curated, ...others] = catalogTables(snapshot.table, target).map((table) =>
    tableStep({ client, database, snapshot, history, signal, ...table }),
  );
  return [
    databaseStep(client, databaseInput(target)),
    ...(curated ? [curated] : []),
    snapshotStep(folder, snapshot, history),
    ...others,
    registryStep({
      client,
      registry: target.registry,
      schema: snapshot.table,
      definition: definitionOf(snapshot.schema),
      comparedWith: comparedWith && definitionOf(comparedWith),
      mode,
      keepsToMode,
      signal,
    }),
    ...[undefined, ...(target.permissionClasses ?? [])].map((readers) =>
      workgroupStep(options.athena, target, options.maxScan, readers),
    ),
    ...serviceSteps(options),
  ];
}
