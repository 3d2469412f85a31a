import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  TagDeliveryStreamCommand,
  UpdateDestinationCommand,
} from '@aws-sdk/client-firehose';
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { type AwsTarget, deriveFirehose, type TableSchema } from '@headwater/core';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { findDrift, type PublishPlan, planPublish, publishSchema } from '../src/index.ts';
import { schemaWith, targetIn } from './publish-fixture.ts';

const aws = useAwsSandbox('stream');
const firehose = new FirehoseClient({ maxAttempts: 1 });
const glue = new GlueClient();
afterAll(() => {
  firehose.destroy();
  glue.destroy();
});

const clicks = schemaWith('clicks', { brand: z.string().optional() });
const wider = schemaWith('clicks', { brand: z.string().optional(), page: z.string().optional() });

async function project(name: string) {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-stream-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const DeliveryStreamName = `${aws.database}-${name}`;
  const target: AwsTarget = {
    ...targetIn(aws),
    database: `${aws.database}_${name}`,
    registry: `${aws.database}_${name}`,
    stream: {
      name: 'shop-clicks',
      sessionsTable: 'shop-sessions',
      deliveryStream: DeliveryStreamName,
      landing: 's3://shop-landing/stream',
    },
  };
  const options = (schema: TableSchema = clicks, allow: readonly string[] = [], to: AwsTarget = target) => ({
    schema,
    target: to,
    folder,
    firehose,
    allow,
  });
  const describe = async () =>
    (await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName })))
      .DeliveryStreamDescription;
  return {
    DeliveryStreamName,
    target,
    folder,
    describe,
    destination: async () => (await describe())?.Destinations?.[0]?.ExtendedS3DestinationDescription,
    plan: (...given: Parameters<typeof options>) => planPublish(options(...given)),
    publish: (...given: Parameters<typeof options>) => publishSchema(options(...given)),
    update: async (change: object) => {
      const live = await describe();
      await firehose.send(
        new UpdateDestinationCommand({
          DeliveryStreamName,
          CurrentDeliveryStreamVersionId: live?.VersionId,
          DestinationId: live?.Destinations?.[0]?.DestinationId,
          ExtendedS3DestinationUpdate: change,
        }),
      );
    },
  };
}

const stepOf = ({ steps }: PublishPlan) => steps.find(({ step }) => step.startsWith('delivery stream'));
const actionOf = (plan: PublishPlan) => stepOf(plan)?.action;

test('publishes the table that Firehose converts by, then the delivery stream, once; and an earlier version again', async () => {
  const { plan, publish, destination, describe, target } = await project('published');
  expect(actionOf(await publish())).toBe('create');
  const steps = (await plan()).steps.map(({ step }) => step);
  expect(steps.indexOf('table clicks__stream')).toBeLessThan(
    steps.findIndex((step) => step.startsWith('delivery stream')),
  );
  const { Table } = await glue.send(
    new GetTableCommand({ DatabaseName: target.database, Name: 'clicks__stream' }),
  );
  expect(Table?.StorageDescriptor?.Location).toBe('s3://shop-landing/stream/clicks/records/');
  const first = await destination();
  expect(first).toMatchObject(deriveFirehose(clicks, target).ExtendedS3DestinationConfiguration);
  const { VersionId } = (await describe()) ?? {};
  expect(await plan()).toMatchObject({ isDone: true });
  expect(actionOf(await publish())).toBe('none');
  expect((await describe())?.VersionId).toBe(VersionId);

  const changed = await plan(wider);
  expect(stepOf(changed)).toMatchObject({ action: 'update', needs: [] });
  await publish(wider);
  expect(await plan(wider)).toMatchObject({ isDone: true });
  const keys = (await destination())?.DataFormatConversionConfiguration?.InputFormatConfiguration
    ?.Deserializer?.OpenXJsonSerDe?.ColumnToJsonKeyMappings;
  expect(keys).toEqual({ at: 'at', brand: 'brand', page: 'page' });
  const back = await plan();
  await publish(clicks, back.needs);
  expect(await destination()).toEqual(first);
});

test('puts right what a hand changed only when it is allowed, and leaves what is not derived', async () => {
  const { plan, publish, update, destination, DeliveryStreamName } = await project('changed');
  await publish();
  await update({ BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 }, CustomTimeZone: 'Europe/Rome' });
  await firehose.send(
    new TagDeliveryStreamCommand({ DeliveryStreamName, Tags: [{ Key: 'team', Value: 'shop' }] }),
  );
  const drifted = await plan();
  const id = `overwrite-drift:delivery-stream:${DeliveryStreamName}`;
  expect(stepOf(drifted)).toMatchObject({
    action: 'update',
    needs: [id],
    differences: [{ what: 'buffer', cause: 'drift' }],
  });
  await expect(publish()).rejects.toMatchObject({ code: 'CHANGES_NOT_ALLOWED' });
  await publish(clicks, [id]);
  expect(await destination()).toMatchObject({ BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 } });
  expect(await plan()).toMatchObject({ isDone: true });
});

test('a stream of somebody else is adopted on request, and one of another source never', async () => {
  const { publish, target, DeliveryStreamName } = await project('others');
  await firehose.send(new CreateDeliveryStreamCommand({ ...deriveFirehose(clicks, target), Tags: [] }));
  const id = `adopt-delivery-stream:${DeliveryStreamName}`;
  await expect(publish()).rejects.toMatchObject({ code: 'CHANGES_NOT_ALLOWED', payload: { ids: [id] } });
  expect(actionOf(await publish(clicks, [id]))).toBe('update');
  const elsewhere = { ...target, stream: { ...target.stream, name: 'other', sessionsTable: 'sessions' } };
  await expect(publish(clicks, [], elsewhere)).rejects.toMatchObject({
    code: 'RESOURCE_FIXED',
    payload: { fields: ['source'] },
  });
});

test('drift of the table that Firehose converts by is found', async () => {
  const { publish, target, folder } = await project('drifted');
  await publish();
  const { UpdateTableCommand } = await import('@aws-sdk/client-glue');
  const { Table } = await glue.send(
    new GetTableCommand({ DatabaseName: target.database, Name: 'clicks__stream' }),
  );
  const { Name, TableType, Parameters, PartitionKeys, StorageDescriptor } = Table ?? {};
  const Columns = StorageDescriptor?.Columns?.slice(0, 1);
  await glue.send(
    new UpdateTableCommand({
      DatabaseName: target.database,
      TableInput: {
        Name,
        TableType,
        Parameters,
        PartitionKeys,
        StorageDescriptor: { ...StorageDescriptor, Columns },
      },
    }),
  );
  const { tables } = await findDrift({ tables: [clicks], target, folder });
  expect(tables).toMatchObject([
    { table: 'clicks', drifts: [{ name: 'clicks__stream', allow: ['overwrite-drift:clicks__stream'] }] },
  ]);
});
