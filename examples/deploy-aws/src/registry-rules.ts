import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateSchemaCommand,
  DeleteSchemaVersionsCommand,
  GetSchemaCommand,
  GetSchemaVersionCommand,
  type GetSchemaVersionResponse,
  RegisterSchemaVersionCommand,
  UpdateSchemaCommand,
} from '@aws-sdk/client-glue';
import type { LiveAccount } from './live-account.ts';
import type { LiveRule } from './live-rule.ts';

/** A schema whose one member has a type. Two of them with different types are not compatible in any mode but NONE. */
const definition = (type: 'string' | 'integer'): string =>
  JSON.stringify({
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...{ type: 'object', properties: { n: { type } }, required: ['n'] },
  });

const idOf = ({ target }: LiveAccount, SchemaName: string) => ({
  ...{ RegistryName: target.registry, SchemaName },
});

/** Makes a schema with the first version in the registry that publishing made. */
async function create(account: LiveAccount, schema: string, Compatibility: 'NONE' | 'BACKWARD') {
  const { RegistryName, SchemaName } = idOf(account, schema);
  const input = { RegistryId: { RegistryName }, SchemaName, DataFormat: 'JSON', Compatibility } as const;
  await account.glue.send(new CreateSchemaCommand({ ...input, SchemaDefinition: definition('string') }));
}

/** Registers the second definition, and gives its version once the registry has checked it. */
async function register(account: LiveAccount, schema: string): Promise<GetSchemaVersionResponse> {
  const { SchemaVersionId } = await account.glue.send(
    new RegisterSchemaVersionCommand({
      SchemaId: idOf(account, schema),
      SchemaDefinition: definition('integer'),
    }),
  );
  for (let look = 1; ; look += 1) {
    const version = await account.glue.send(new GetSchemaVersionCommand({ SchemaVersionId }));
    if (version.Status !== 'PENDING' || look === 30) return version;
    await pause(1000);
  }
}

/** What publishing relies on in the Schema Registry, where AWS's documents disagree or say nothing. */
export const registryRules: readonly LiveRule[] = [
  {
    name: 'UpdateSchema takes a mode with LatestVersion, and compares with the latest version from then on',
    expected: 'BACKWARD, compared with version 2',
    async check(account) {
      const SchemaId = idOf(account, 'mode_and_latest');
      await create(account, SchemaId.SchemaName, 'NONE');
      await register(account, SchemaId.SchemaName);
      const input = {
        SchemaId,
        Compatibility: 'BACKWARD',
        SchemaVersionNumber: { LatestVersion: true },
      } as const;
      await account.glue.send(new UpdateSchemaCommand(input));
      const { Compatibility, SchemaCheckpoint } = await account.glue.send(new GetSchemaCommand({ SchemaId }));
      return `${Compatibility}, compared with version ${SchemaCheckpoint}`;
    },
  },
  {
    name: 'the registry takes a definition again after its refused version was deleted',
    expected: 'FAILURE, and AVAILABLE as another version when it is registered again',
    async check(account) {
      const SchemaId = idOf(account, 'refused_and_again');
      await create(account, SchemaId.SchemaName, 'BACKWARD');
      const refused = await register(account, SchemaId.SchemaName);
      if (refused.Status !== 'FAILURE') return `${refused.Status}, so nothing was refused`;
      const Versions = String(refused.VersionNumber);
      const { SchemaVersionErrors: [failed] = [] } = await account.glue.send(
        new DeleteSchemaVersionsCommand({ SchemaId, Versions }),
      );
      if (failed) return `FAILURE, and version ${Versions} stays: ${failed.ErrorDetails?.ErrorMessage}`;
      // As publishing does for a breaking change that is allowed.
      const input = { SchemaId, Compatibility: 'NONE', SchemaVersionNumber: { VersionNumber: 1 } } as const;
      await account.glue.send(new UpdateSchemaCommand(input));
      const again = await register(account, SchemaId.SchemaName);
      const which = again.SchemaVersionId === refused.SchemaVersionId ? 'the same' : 'another';
      return `FAILURE, and ${again.Status} as ${which} version when it is registered again`;
    },
  },
];
