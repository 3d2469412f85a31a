import { GlueClient } from '@aws-sdk/client-glue';
import { awsTarget } from '@headwater/core';
import { expect, test } from 'vitest';
import type { LiveAccount } from '../src/live-account.ts';
import { registryRules } from '../src/registry-rules.ts';

interface Request {
  readonly SchemaDefinition?: string;
  readonly SchemaVersionId?: string;
  readonly Versions?: string;
  readonly Compatibility?: string;
  readonly SchemaVersionNumber?: { readonly VersionNumber?: number; readonly LatestVersion?: boolean };
}

/** How a registry may differ from what publishing relies on. */
interface Habits {
  readonly keepsDeleted?: boolean;
  readonly ignoresLatest?: boolean;
}

/**
 * A registry with one schema, which refuses a second definition in every mode but NONE. No emulator does. It answers with the words of
 * the API (https://docs.aws.amazon.com/glue/latest/webapi/API_RegisterSchemaVersion.html).
 */
function registry({ keepsDeleted = false, ignoresLatest = false }: Habits) {
  let mode = '';
  let checkpoint = 1;
  let versions: { id: string; number: number; definition: string; status: string }[] = [];
  const add = (definition: string, status: string) => {
    const number = (versions.at(-1)?.number ?? 0) + 1;
    const version = { id: `v${number}-${definition.length}-${mode}`, number, definition, status };
    versions.push(version);
    return version;
  };
  const operations: Readonly<Record<string, (request: Request) => object>> = {
    CreateSchema({ SchemaDefinition = '', Compatibility = '' }) {
      mode = Compatibility;
      versions = [];
      add(SchemaDefinition, 'AVAILABLE');
      return {};
    },
    RegisterSchemaVersion({ SchemaDefinition = '' }) {
      const there = versions.find(({ definition }) => definition === SchemaDefinition);
      const { id } = there ?? add(SchemaDefinition, mode === 'NONE' ? 'AVAILABLE' : 'FAILURE');
      return { SchemaVersionId: id, Status: 'PENDING' };
    },
    GetSchemaVersion({ SchemaVersionId }) {
      const found = versions.find(({ id }) => id === SchemaVersionId);
      return { SchemaVersionId, Status: found?.status, VersionNumber: found?.number };
    },
    DeleteSchemaVersions({ Versions }) {
      if (!keepsDeleted) versions = versions.filter(({ number }) => String(number) !== Versions);
      return { SchemaVersionErrors: [] };
    },
    UpdateSchema({ Compatibility = '', SchemaVersionNumber = {} }) {
      mode = Compatibility;
      const { VersionNumber, LatestVersion } = SchemaVersionNumber;
      checkpoint = VersionNumber ?? (LatestVersion && !ignoresLatest ? versions.length : checkpoint);
      return {};
    },
    GetSchema: () => ({ Compatibility: mode, SchemaCheckpoint: checkpoint }),
  };
  const glue = new GlueClient({ region: 'eu-central-1' });
  glue.send = (async (command: { constructor: { name: string }; input: Request }) => {
    const operation = command.constructor.name.replace(/Command$/, '');
    const answer = operations[operation];
    if (!answer) throw new Error(`unexpected ${operation}`);
    return answer(command.input);
  }) as typeof glue.send;
  return glue;
}

const target = awsTarget({
  ...{ region: 'eu-central-1', account: '123456789012', database: 'verify', location: 's3://verify/lake' },
  firstDay: '2024-03-01',
});

/** What each rule finds about a registry, or that it is met. */
const found = (habits: Habits) =>
  Promise.all(
    registryRules.map(async ({ expected, check }) => {
      const outcome = await check({ target, glue: registry(habits) } as unknown as LiveAccount);
      return outcome === expected ? 'met' : outcome;
    }),
  );

test('both rules are met by a registry that does what publishing relies on', async () => {
  expect(await found({})).toEqual(['met', 'met']);
});

test('a registry that does not is found out', async () => {
  expect(await found({ ignoresLatest: true })).toEqual(['BACKWARD, compared with version 1', 'met']);
  expect(await found({ keepsDeleted: true })).toEqual([
    'met',
    'FAILURE, and FAILURE as the same version when it is registered again',
  ]);
});
