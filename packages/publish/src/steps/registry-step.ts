import type { GetSchemaByDefinitionResponse, GlueClient } from '@aws-sdk/client-glue';
import { type CompatibilityMode, HeadwaterError } from '@headwater/core';
import { type Pace, pause } from '@headwater/storage';
import { isThere, orMissing } from '../aws/glue-retry.ts';
import type { Difference, PublishStep, StepPlan } from './publish-step.ts';

/** A schema of the Glue Schema Registry. */
export interface RegistryStepOptions {
  readonly client: GlueClient;
  readonly registry: string;
  readonly schema: string;
  /** JSON Schema, draft-07: the registry accepts no later draft. */
  readonly definition: string;
  readonly mode: CompatibilityMode;
  /** Whether the change is compatible in the mode. An allowed change that is not is registered without the registry's check. */
  readonly keepsToMode: boolean;
  /** Pauses between polls of a version under check. Defaults to half a second, growing to two. */
  readonly polls?: Pace | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Maximum number of polls. The check takes seconds; after a timeout the next publication polls again. */
const mostLooks = 25;
const defaultPolls = { first: 500, most: 2_000 };

/**
 * Registers the definition as a version of its schema in the Glue Schema Registry. The registry's check is asynchronous and may
 * end in `FAILURE` (https://docs.aws.amazon.com/glue/latest/webapi/API_RegisterSchemaVersion.html). A registered definition
 * keeps its version, so a rollback needs no new one.
 */
export function registryStep(options: RegistryStepOptions): PublishStep {
  const { client, registry, schema, mode } = options;
  const step = `registry schema ${registry}/${schema}`;
  const SchemaId = { RegistryName: registry, SchemaName: schema };

  async function look(): Promise<{
    compatibility?: string;
    found?: GetSchemaByDefinitionResponse;
    plan: StepPlan;
  }> {
    const { GetSchemaCommand, GetSchemaByDefinitionCommand } = await import('@aws-sdk/client-glue');
    const live = await orMissing(client.send(new GetSchemaCommand({ SchemaId })));
    const none = { step, needs: [] };
    if (!live) return { plan: { ...none, action: 'create', differences: [] } };
    const found = await orMissing(
      client.send(new GetSchemaByDefinitionCommand({ SchemaId, SchemaDefinition: options.definition })),
    );
    const differences: Difference[] = [];
    const compatibility = live.Compatibility ?? 'NONE';
    if (compatibility !== mode)
      differences.push({ what: 'compatibility', was: compatibility, becomes: mode, cause: 'change' });
    if (found?.Status !== 'AVAILABLE')
      differences.push({ what: 'version', was: null, becomes: 'a new one', cause: 'change' });
    const plan: StepPlan = { ...none, action: differences.length > 0 ? 'update' : 'none', differences };
    return { compatibility, ...(found ? { found } : {}), plan };
  }

  async function create(): Promise<void> {
    const { CreateRegistryCommand, CreateSchemaCommand, GetRegistryCommand } = await import(
      '@aws-sdk/client-glue'
    );
    const RegistryId = { RegistryName: registry };
    if (!(await orMissing(client.send(new GetRegistryCommand({ RegistryId })))))
      await client.send(new CreateRegistryCommand({ RegistryName: registry })).catch(unlessThere);
    const SchemaDefinition = options.definition;
    const input = {
      RegistryId,
      SchemaName: schema,
      DataFormat: 'JSON',
      Compatibility: mode,
      SchemaDefinition,
    } as const;
    const made = await client.send(new CreateSchemaCommand(input)).catch(unlessThere);
    await settled(made?.SchemaVersionId, made?.SchemaVersionStatus);
  }

  async function setMode(Compatibility: CompatibilityMode, checkpoint?: number): Promise<void> {
    const { UpdateSchemaCommand } = await import('@aws-sdk/client-glue');
    const SchemaVersionNumber =
      checkpoint === undefined ? {} : { SchemaVersionNumber: { VersionNumber: checkpoint } };
    await client.send(new UpdateSchemaCommand({ SchemaId, Compatibility, ...SchemaVersionNumber }));
  }

  async function register(): Promise<void> {
    const { RegisterSchemaVersionCommand } = await import('@aws-sdk/client-glue');
    // The registry compares later versions with the checkpoint, so the checkpoint moves to the unchecked version.
    if (!options.keepsToMode) await setMode('NONE');
    const made = await client.send(
      new RegisterSchemaVersionCommand({ SchemaId, SchemaDefinition: options.definition }),
    );
    await settled(made.SchemaVersionId, made.Status);
    if (!options.keepsToMode) await setMode(mode, made.VersionNumber);
  }

  async function numberOfOurs(): Promise<number | undefined> {
    const { GetSchemaVersionCommand } = await import('@aws-sdk/client-glue');
    const { found } = await look();
    if (!found) return undefined;
    const { SchemaVersionId } = found;
    return (await client.send(new GetSchemaVersionCommand({ SchemaVersionId }))).VersionNumber;
  }

  async function settled(SchemaVersionId: string | undefined, first: string | undefined): Promise<void> {
    const { GetSchemaVersionCommand } = await import('@aws-sdk/client-glue');
    let status = first;
    for (let look = 1; status === 'PENDING' && look <= mostLooks; look += 1) {
      await pause(options.polls ?? defaultPolls, look, options.signal);
      status = (await client.send(new GetSchemaVersionCommand({ SchemaVersionId }))).Status;
    }
    if (status !== undefined && status !== 'AVAILABLE')
      throw new HeadwaterError('SCHEMA_REGISTRY_REFUSED', { registry, schema, status, mode });
  }

  return {
    name: step,
    plan: async () => (await look()).plan,
    async apply() {
      const first = await look();
      if (first.plan.action === 'create') await create();
      // Another publisher may have created it from another definition.
      const { plan, compatibility, found } = await look();
      if (plan.action === 'none') return;
      if (found?.Status === 'PENDING') await settled(found.SchemaVersionId, found.Status);
      else if (found?.Status !== 'AVAILABLE') await register();
      // A publisher that died while the mode was NONE left an unchecked version.
      const checkpoint = compatibility === 'NONE' ? await numberOfOurs() : undefined;
      if (compatibility !== mode) await setMode(mode, checkpoint);
    },
  };
}

const unlessThere = (error: unknown): undefined => {
  if (!isThere(error)) throw error;
  return undefined;
};
