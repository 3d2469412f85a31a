import type { GlueClient, SchemaVersionNumber } from '@aws-sdk/client-glue';
import { type CompatibilityMode, HeadwaterError } from '@headwater/core';
import { type Pace, pause } from '@headwater/storage';
import { isThere, orMissing } from './glue-retry.ts';

/** A schema of the Glue Schema Registry. */
export interface RegistrySchema {
  readonly client: GlueClient;
  readonly registry: string;
  readonly schema: string;
  /** Pauses between polls of a version under check. Defaults to half a second, growing to two. */
  readonly polls?: Pace | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A schema as it is live. */
export interface LiveSchema {
  readonly mode: string;
  /** The version with which the registry compares the next one. */
  readonly checkpoint: number | undefined;
}

/** A version of a schema. */
export interface SchemaVersion {
  readonly id: string;
  readonly status: string;
}

/** Maximum number of polls. The check takes seconds; after a timeout the next publication polls again. */
const mostLooks = 25;
const defaultPolls = { first: 500, most: 2_000 };

const unlessThere = (error: unknown): undefined => {
  if (!isThere(error)) throw error;
  return undefined;
};

/** The calls for one schema of the Glue Schema Registry. */
export function schemaRegistry({ client, registry, schema, polls = defaultPolls, signal }: RegistrySchema) {
  const SchemaId = { RegistryName: registry, SchemaName: schema };

  const describe = async (SchemaVersionId: string) => {
    const { GetSchemaVersionCommand } = await import('@aws-sdk/client-glue');
    return client.send(new GetSchemaVersionCommand({ SchemaVersionId }));
  };

  return {
    /** Undefined when the registry does not have the schema. */
    async read(): Promise<LiveSchema | undefined> {
      const { GetSchemaCommand } = await import('@aws-sdk/client-glue');
      const live = await orMissing(client.send(new GetSchemaCommand({ SchemaId })));
      return live && { mode: live.Compatibility ?? 'NONE', checkpoint: live.SchemaCheckpoint };
    },

    /** The version with this definition. Undefined when there is none. */
    async find(SchemaDefinition: string): Promise<SchemaVersion | undefined> {
      const { GetSchemaByDefinitionCommand } = await import('@aws-sdk/client-glue');
      const found = await orMissing(
        client.send(new GetSchemaByDefinitionCommand({ SchemaId, SchemaDefinition })),
      );
      return found && { id: found.SchemaVersionId ?? '', status: found.Status ?? 'PENDING' };
    },

    /** Creates the registry and the schema where they are missing. The first version is the checkpoint. */
    async create(SchemaDefinition: string, Compatibility: CompatibilityMode): Promise<void> {
      const { CreateRegistryCommand, CreateSchemaCommand, GetRegistryCommand } = await import(
        '@aws-sdk/client-glue'
      );
      const RegistryId = { RegistryName: registry };
      if (!(await orMissing(client.send(new GetRegistryCommand({ RegistryId })))))
        await client.send(new CreateRegistryCommand({ RegistryName: registry })).catch(unlessThere);
      const input = { RegistryId, SchemaName: schema, DataFormat: 'JSON', Compatibility } as const;
      await client.send(new CreateSchemaCommand({ ...input, SchemaDefinition })).catch(unlessThere);
    },

    /** Registers a definition. The registry's check may go on afterwards. */
    async register(SchemaDefinition: string): Promise<SchemaVersion> {
      const { RegisterSchemaVersionCommand } = await import('@aws-sdk/client-glue');
      const made = await client.send(new RegisterSchemaVersionCommand({ SchemaId, SchemaDefinition }));
      return { id: made.SchemaVersionId ?? '', status: made.Status ?? 'PENDING' };
    },

    /**
     * The number of a version, once the registry has checked it. RegisterSchemaVersion gives a number only for a first version.
     * @throws HeadwaterError `SCHEMA_REGISTRY_REFUSED` for a version that did not become available
     */
    async settled({ id, status: first }: SchemaVersion, mode: CompatibilityMode): Promise<number> {
      let status = first;
      for (let look = 1; look <= mostLooks; look += 1) {
        if (status === 'PENDING' && look > 1) await pause(polls, look - 1, signal);
        const version = await describe(id);
        status = version.Status ?? status;
        if (status === 'AVAILABLE' && version.VersionNumber !== undefined) return version.VersionNumber;
        if (status !== 'PENDING') break;
      }
      throw new HeadwaterError('SCHEMA_REGISTRY_REFUSED', { registry, schema, status, mode });
    },

    /** The number of a version, whatever its status. */
    numberOf: async ({ id }: SchemaVersion): Promise<number | undefined> =>
      (await describe(id)).VersionNumber,

    /**
     * Removes a version that the registry refused. Its definition can then be registered again
     * (https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteSchemaVersions.html).
     *
     * @throws HeadwaterError `SCHEMA_REGISTRY_REFUSED` when the registry keeps it, as it does with a schema's first version
     */
    async remove(version: SchemaVersion, mode: CompatibilityMode): Promise<void> {
      const { DeleteSchemaVersionsCommand } = await import('@aws-sdk/client-glue');
      const Versions = String((await describe(version.id)).VersionNumber);
      const { SchemaVersionErrors = [] } = await client.send(
        new DeleteSchemaVersionsCommand({ SchemaId, Versions }),
      );
      const [failed] = SchemaVersionErrors;
      if (!failed) return;
      const status = `${version.status}, and version ${Versions} cannot be deleted: ${failed.ErrorDetails?.ErrorMessage}`;
      throw new HeadwaterError('SCHEMA_REGISTRY_REFUSED', { registry, schema, status, mode });
    },

    /**
     * Sets the mode, and the version with which the registry compares the next one. The call needs both: the API's page asks for
     * a checkpoint with every mode (https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateSchema.html).
     *
     * @param checkpoint a version's number. Defaults to the latest version
     */
    async setMode(Compatibility: CompatibilityMode, checkpoint: number | undefined): Promise<void> {
      const { UpdateSchemaCommand } = await import('@aws-sdk/client-glue');
      const version: SchemaVersionNumber =
        checkpoint === undefined ? { LatestVersion: true } : { VersionNumber: checkpoint };
      await client.send(new UpdateSchemaCommand({ SchemaId, Compatibility, SchemaVersionNumber: version }));
    },
  };
}
