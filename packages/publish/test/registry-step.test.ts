import { GlueClient } from '@aws-sdk/client-glue';
import { awsRuleProblems } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { registryStep } from '../src/steps/registry-step.ts';

type Status = 'AVAILABLE' | 'PENDING' | 'FAILURE';
interface Version {
  readonly number: number;
  readonly definition: string;
  status: Status;
}
interface Request {
  readonly [member: string]: unknown;
  readonly SchemaDefinition?: string;
  readonly SchemaVersionId?: string;
  readonly Versions?: string;
  readonly Compatibility?: string;
  readonly SchemaVersionNumber?: { readonly VersionNumber?: number; readonly LatestVersion?: boolean };
}

/**
 * A registry whose check of a version takes a while and may refuse it, and that keeps the checkpoint. No emulator has either. It
 * answers with the words of the API (https://docs.aws.amazon.com/glue/latest/webapi/API_RegisterSchemaVersion.html), and holds
 * every request to the rules of AWS.
 *
 * @param ends how the checks end, one after the other
 */
function slowRegistry(
  ends: readonly Status[],
  {
    mode = 'BACKWARD',
    first = ['base'],
    checkpoint = 1,
  }: { mode?: string; first?: string[]; checkpoint?: number } = {},
) {
  const calls: string[] = [];
  const outcomes = [...ends];
  const versions: Version[] = first.map((definition, index) => ({
    number: index + 1,
    definition,
    status: 'AVAILABLE',
  }));
  const schema = { mode, checkpoint, comparedWith: 0 };
  const named = (id = '') => versions.find(({ number }) => `v${number}` === id);
  const missing = (): never => {
    throw Object.assign(new Error('none'), { name: 'EntityNotFoundException' });
  };
  const of = ({ number, status }: Version) => ({ SchemaVersionId: `v${number}`, Status: status });
  const answers: Readonly<Record<string, (request: Request) => object>> = {
    GetSchema: () => ({ Compatibility: schema.mode, SchemaCheckpoint: schema.checkpoint }),
    GetSchemaByDefinition: ({ SchemaDefinition }) => {
      const found = versions.find(({ definition }) => definition === SchemaDefinition);
      return found ? of(found) : missing();
    },
    RegisterSchemaVersion: ({ SchemaDefinition = '' }) => {
      schema.comparedWith = schema.mode === 'NONE' ? 0 : schema.checkpoint;
      const number = (versions.at(-1)?.number ?? 0) + 1;
      versions.push({ number, definition: SchemaDefinition, status: 'PENDING' });
      return { SchemaVersionId: `v${number}`, Status: 'PENDING' };
    },
    GetSchemaVersion: ({ SchemaVersionId }) => {
      const version = named(SchemaVersionId) ?? missing();
      const answer = { ...of(version), VersionNumber: version.number };
      if (version.status === 'PENDING') version.status = outcomes.shift() ?? 'AVAILABLE';
      return answer;
    },
    DeleteSchemaVersions: ({ Versions }) => {
      versions.splice(
        versions.findIndex(({ number }) => String(number) === Versions),
        1,
      );
      return {};
    },
    UpdateSchema: ({ Compatibility = '', SchemaVersionNumber = {} }) => {
      schema.mode = Compatibility;
      schema.checkpoint = SchemaVersionNumber.VersionNumber ?? versions.at(-1)?.number ?? 0;
      return {};
    },
  };
  const client = new GlueClient({ region: 'us-east-1' });
  client.send = (async (command: { constructor: { name: string }; input: Request }) => {
    const operation = command.constructor.name.replace(/Command$/, '');
    expect(awsRuleProblems({ service: 'glue', operation, input: command.input })).toEqual([]);
    const { Compatibility, SchemaVersionNumber, Versions } = command.input;
    const at = SchemaVersionNumber?.LatestVersion ? 'latest' : SchemaVersionNumber?.VersionNumber;
    calls.push([operation, Compatibility, at, Versions].filter(Boolean).join(' '));
    const answer = answers[operation];
    if (!answer) throw new Error(`unexpected ${operation}`);
    return answer(command.input);
  }) as typeof client.send;
  const writes = () => calls.filter((name) => !name.startsWith('Get'));
  return { client, calls, schema, versions, writes };
}

const step = (client: GlueClient, keepsToMode = true, definition = 'ours') =>
  registryStep({
    client,
    registry: 'shop',
    schema: 'events',
    definition,
    comparedWith: 'base',
    mode: 'BACKWARD',
    keepsToMode,
    polls: { first: 1, most: 1 },
  });
const none: ReadonlySet<string> = new Set();

test('waits for a version that is being checked, and moves the checkpoint to it', async () => {
  const { client, calls, writes, schema } = slowRegistry(['PENDING', 'AVAILABLE']);
  await step(client).apply(none);
  expect(calls.filter((name) => name === 'GetSchemaVersion').length).toBeGreaterThan(2);
  expect(writes()).toEqual(['RegisterSchemaVersion', 'UpdateSchema BACKWARD 2']);
  expect(schema.comparedWith).toBe(1);
  expect(await step(client).plan()).toMatchObject({ action: 'none' });
});

test('says that the registry refused it, and under what', async () => {
  const { client } = slowRegistry(['FAILURE']);
  await expect(step(client).apply(none)).rejects.toMatchObject({
    code: 'SCHEMA_REGISTRY_REFUSED',
    payload: { registry: 'shop', schema: 'events', status: 'FAILURE', mode: 'BACKWARD' },
  });
});

test('a version that was refused is deleted and registered again', async () => {
  const { client, writes, versions } = slowRegistry(['FAILURE', 'AVAILABLE']);
  await expect(step(client).apply(none)).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED' });
  expect(await step(client).plan()).toMatchObject({ action: 'update' });
  await step(client).apply(none);
  expect(writes()).toEqual([
    'RegisterSchemaVersion',
    'DeleteSchemaVersions 2',
    'RegisterSchemaVersion',
    'UpdateSchema BACKWARD 2',
  ]);
  expect(versions.map(({ status }) => status)).toEqual(['AVAILABLE', 'AVAILABLE']);
});

test('the registry compares with the version with which the verdicts compare, after a rollback too', async () => {
  const { client, writes, schema } = slowRegistry([], { first: ['base', 'taken back'], checkpoint: 2 });
  await step(client).apply(none);
  expect(schema.comparedWith).toBe(1);
  expect(writes()).toEqual(['UpdateSchema BACKWARD 1', 'RegisterSchemaVersion', 'UpdateSchema BACKWARD 3']);
});

test('without that version in the registry, it compares with the latest one', async () => {
  const { client, writes } = slowRegistry([], { first: ['of another tool', 'another'] });
  await step(client).apply(none);
  expect(writes()[0]).toBe('UpdateSchema BACKWARD latest');
});

test('registers a change that breaks the mode, once allowed, without comparison, and compares again from there', async () => {
  const { client, writes } = slowRegistry([]);
  await step(client, false).apply(none);
  expect(writes()).toEqual(['UpdateSchema NONE 1', 'RegisterSchemaVersion', 'UpdateSchema BACKWARD 2']);
});

test('restores the mode when such a change is refused after all', async () => {
  const { client, schema } = slowRegistry(['FAILURE']);
  await expect(step(client, false).apply(none)).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED' });
  expect(schema).toMatchObject({ mode: 'BACKWARD', checkpoint: 1 });
});

test('a publisher that died before the mode was back leaves no version that later ones are not compared with', async () => {
  const { client, schema, writes } = slowRegistry([], { mode: 'NONE', first: ['base', 'ours'] });
  await step(client).apply(none);
  expect(writes()).toEqual(['UpdateSchema BACKWARD 2']);
  expect(schema).toMatchObject({ mode: 'BACKWARD', checkpoint: 2 });
});
