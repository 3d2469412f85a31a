import { GlueClient, type UpdateSchemaCommandInput } from '@aws-sdk/client-glue';
import { expect, test } from 'vitest';
import { registryStep } from '../src/steps/registry-step.ts';

/**
 * A registry whose check of a version takes a while and may refuse it, which no emulator does. It answers with the words
 * of the API (https://docs.aws.amazon.com/glue/latest/webapi/API_RegisterSchemaVersion.html).
 */
function slowRegistry(ends: 'AVAILABLE' | 'FAILURE', compatibility = 'BACKWARD') {
  const calls: string[] = [];
  let looks = 0;
  let isRegistered = false;
  const answers: Readonly<Record<string, () => object>> = {
    GetSchemaCommand: () => ({ Compatibility: compatibility }),
    GetSchemaByDefinitionCommand: () => {
      if (!isRegistered) throw Object.assign(new Error('none'), { name: 'EntityNotFoundException' });
      return { Status: looks < 2 ? 'PENDING' : ends, SchemaVersionId: 'v2' };
    },
    RegisterSchemaVersionCommand: () => {
      isRegistered = true;
      return { SchemaVersionId: 'v2', VersionNumber: 2, Status: 'PENDING' };
    },
    GetSchemaVersionCommand: () => {
      looks += 1;
      return { Status: looks < 2 ? 'PENDING' : ends, VersionNumber: 2 };
    },
    UpdateSchemaCommand: () => ({}),
  };
  const client = new GlueClient({ region: 'us-east-1' });
  client.send = (async (command: { constructor: { name: string }; input: UpdateSchemaCommandInput }) => {
    const { name } = command.constructor;
    const { Compatibility = '', SchemaVersionNumber } = command.input;
    calls.push([name, Compatibility, SchemaVersionNumber?.VersionNumber].filter(Boolean).join(' '));
    const answer = answers[name];
    if (!answer) throw new Error(`unexpected ${name}`);
    return answer();
  }) as typeof client.send;
  return { client, calls };
}

const step = (client: GlueClient, keepsToMode = true) =>
  registryStep({
    client,
    registry: 'shop',
    schema: 'events',
    definition: '{}',
    mode: 'BACKWARD',
    keepsToMode,
    polls: { first: 1, most: 1 },
  });

test('waits for a version that is being checked', async () => {
  const { client, calls } = slowRegistry('AVAILABLE');
  await step(client).apply(new Set());
  expect(calls.filter((name) => name === 'GetSchemaVersionCommand')).toHaveLength(2);
  expect(await step(client).plan()).toMatchObject({ action: 'none' });
});

test('says that the registry refused it, and under what', async () => {
  const { client } = slowRegistry('FAILURE');
  await expect(step(client).apply(new Set())).rejects.toMatchObject({
    code: 'SCHEMA_REGISTRY_REFUSED',
    payload: { registry: 'shop', schema: 'events', status: 'FAILURE', mode: 'BACKWARD' },
  });
});

test('registers a change that breaks the mode, once allowed, without comparison, and compares again from there', async () => {
  const { client, calls } = slowRegistry('AVAILABLE');
  await step(client, false).apply(new Set());
  expect(calls.filter((name) => !name.startsWith('Get'))).toEqual([
    'UpdateSchemaCommand NONE',
    'RegisterSchemaVersionCommand',
    'UpdateSchemaCommand BACKWARD 2',
  ]);
});

test('a publisher that died before the mode was back leaves no version that later ones are not compared with', async () => {
  const { client, calls } = slowRegistry('AVAILABLE', 'NONE');
  await step(client).apply(new Set());
  expect(calls.filter((name) => !name.startsWith('Get'))).toEqual([
    'RegisterSchemaVersionCommand',
    'UpdateSchemaCommand BACKWARD 2',
  ]);
});
