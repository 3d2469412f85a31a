import {
  CreateTableCommand,
  GetTableCommand,
  GetTableVersionsCommand,
  GlueClient,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { expect, it } from 'vitest';
import { useAwsSandbox } from '../../src/testing/index.ts';

const aws = useAwsSandbox('glue-versions');
const glue = new GlueClient({ maxAttempts: 1 });

const read = async (Name: string) =>
  (await glue.send(new GetTableCommand({ DatabaseName: aws.database, Name }))).Table;

const update = (Name: string, Description: string, VersionId?: string, SkipArchive?: boolean) =>
  glue.send(
    new UpdateTableCommand({
      DatabaseName: aws.database,
      TableInput: { Name, Description },
      VersionId,
      SkipArchive,
    }),
  );

it('refuses an update against a version that is no longer the last', async () => {
  await glue.send(new CreateTableCommand({ DatabaseName: aws.database, TableInput: { Name: 't' } }));
  const version = (await read('t'))?.VersionId;
  await update('t', 'first', version);
  await expect(update('t', 'second', version)).rejects.toMatchObject({
    name: 'ConcurrentModificationException',
  });
  expect((await read('t'))?.Description).toBe('first');
  await update('t', 'last writer');
  expect((await read('t'))?.Description).toBe('last writer');
  await expect(update('none', 'x', '1')).rejects.toMatchObject({ name: 'EntityNotFoundException' });
});

it('lets one of many updates against the same version through', async () => {
  await glue.send(new CreateTableCommand({ DatabaseName: aws.database, TableInput: { Name: 'race' } }));
  const version = (await read('race'))?.VersionId;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => update('race', `writer ${index}`, version)),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('leaves no version behind where that is asked for', async () => {
  await glue.send(new CreateTableCommand({ DatabaseName: aws.database, TableInput: { Name: 'skip' } }));
  const versions = async () =>
    (await glue.send(new GetTableVersionsCommand({ DatabaseName: aws.database, TableName: 'skip' })))
      .TableVersions ?? [];
  await update('skip', 'kept', undefined, false);
  expect(await versions()).toHaveLength(2);
  await update('skip', 'replaced', (await read('skip'))?.VersionId, true);
  expect(await versions()).toHaveLength(2);
  expect((await read('skip'))?.Description).toBe('replaced');
});
