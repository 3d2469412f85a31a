import { GetDatabasesCommand, GlueClient, ListRegistriesCommand } from '@aws-sdk/client-glue';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, test, vi } from 'vitest';
import { verifyLive } from '../src/verify-live.ts';

const aws = useAwsSandbox('verify-live');

/** Where the stand-in does something else than AWS, and what. An entry has to go once the stand-in does the same. */
const gaps = {
  // Trino has no such unit.
  'Athena projects days by the unit MILLIS': expect.stringMatching(
    /^failed: .*'partition_projection_interval_unit' value 'Millis' is invalid/,
  ),
  // Moto leaves the checkpoint where it is, and compares no versions.
  'UpdateSchema takes a mode with LatestVersion, and compares with the latest version from then on':
    'BACKWARD, compared with version 1',
  'the registry takes a definition again after its refused version was deleted':
    'AVAILABLE, so nothing was refused',
};

test('every other rule holds on the stand-in, and nothing is left of it', async () => {
  const complaints = vi.spyOn(console, 'error');
  const { bucket } = aws;
  const outcomes = await verifyLive({ bucket, region: 'us-east-1', account: '123456789012' });
  const wrong = outcomes.filter(({ isMet }) => !isMet);
  expect(Object.fromEntries(wrong.map(({ rule, found }) => [rule, found]))).toEqual(gaps);
  expect(outcomes).toHaveLength(12);
  expect(complaints).not.toHaveBeenCalled();
  const [s3, glue] = [new S3Client(), new GlueClient()];
  expect((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount).toBe(0);
  const { DatabaseList = [] } = await glue.send(new GetDatabasesCommand({}));
  expect(DatabaseList.filter(({ Name }) => Name?.startsWith('headwater_verify_'))).toEqual([]);
  const { Registries = [] } = await glue.send(new ListRegistriesCommand({}));
  expect(Registries.filter(({ RegistryName }) => RegistryName?.includes('headwater_verify_'))).toEqual([]);
  s3.destroy();
  glue.destroy();
});
