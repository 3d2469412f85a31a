import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadEvents, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder } from './events-fixture.ts';
import { faultyProxy } from './faulty-proxy.ts';
import { type LandingZone, useLandingZones } from './landing-zone.ts';

const aws = useAwsSandbox('etl-since');
const landingZone = useLandingZones(aws);

const rows = rowsOfDays(5000, 3);
let next = 0;
/** A file of one row that no other file has. */
const file = (): string => `${header}\n${rows[next++]}\n`;

const dayBefore = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const folderOf = (days: number): string => `dt=${dayBefore(days)}`;

/** Loads a zone again and again, and says which objects each load read, and which prefixes it listed. */
async function schedule(zone: LandingZone) {
  const lake = join(await temporaryFolder(), 'lake');
  const listed: string[] = [];
  const url = await faultyProxy(aws.endpoints.aws, (request) => {
    const prefix = new URL(request.split(' ')[1] ?? '', 'http://x').searchParams.get('prefix');
    if (prefix !== null) listed.push(prefix.slice(zone.prefix.length));
    return undefined;
  });
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  onTestFinished(() => void vi.unstubAllEnvs());
  const load = async (
    options: { since?: string; lateDays?: number; inputs?: string[] } = { since: 'last' },
  ) => {
    listed.length = 0;
    const report = await loadEvents({ table: events, lake, inputs: [zone.location], ...options });
    return {
      loaded: report.inputs
        .filter(({ skipped }) => !skipped)
        .map(({ source }) => source.slice(zone.location.length)),
      listings: report.listings,
      listed: [...listed],
    };
  };
  return { lake, load };
}

describe('since the last load', () => {
  test('late objects, old folders and odd names are found over several rounds; nothing is loaded twice', async () => {
    const zone = landingZone();
    const { lake, load } = await schedule(zone);
    const old = [40, 30, 20, 10].map((days) => `${folderOf(days)}/a.csv`);
    await zone.put(
      Object.fromEntries([...old, `${folderOf(0)}/a.csv`, 'a first.csv'].map((name) => [name, file()])),
    );
    const first = await load();
    expect(first.loaded.sort()).toEqual([...old, `${folderOf(0)}/a.csv`, 'a first.csv'].sort());
    // Nothing was listed before, so all of it is, at once.
    expect(first.listings).toEqual([{ location: zone.location, from: null, omitted: 0 }]);
    expect(first.listed).toEqual(['']);

    // Out of order: an earlier key in a loaded folder, late ones, a folder that was not there, names that are no days.
    const second = [
      `${folderOf(0)}/0.csv`,
      `${folderOf(1)}/late.csv`,
      `${folderOf(3)}/late.csv`,
      `${folderOf(25)}/new old folder.csv`,
      'batch/x.csv',
      'z.csv',
      `${folderOf(-400)}/of the future.csv`,
    ];
    await zone.put(Object.fromEntries(second.map((name) => [name, file()])));
    const round = await load();
    expect(round.loaded.sort()).toEqual([...second].sort());
    expect(round.listings).toEqual([{ location: zone.location, from: dayBefore(4), omitted: 4 }]);
    for (const days of [40, 30, 20, 10]) expect(round.listed).not.toContain(`${folderOf(days)}/`);

    // The folder of the future does not move the bound.
    await zone.put({ [`${folderOf(2)}/later.csv`]: file(), 'batch/y.csv': file() });
    expect((await load()).loaded.sort()).toEqual(['batch/y.csv', `${folderOf(2)}/later.csv`].sort());
    expect(await load()).toMatchObject({ loaded: [] });

    // Beyond the guarantee: older than --late-days, in a folder that was loaded from. The whole listing finds it.
    await zone.put({ [`${folderOf(30)}/much later.csv`]: file() });
    expect(await load()).toMatchObject({ loaded: [] });
    expect(await load({ since: 'last', lateDays: 29 })).toMatchObject({
      loaded: [`${folderOf(30)}/much later.csv`],
    });
    await zone.put({ [`${folderOf(40)}/much later.csv`]: file() });
    expect(await load({ since: 'last', lateDays: 35 })).toMatchObject({ loaded: [] });
    expect(await load({})).toMatchObject({ loaded: [`${folderOf(40)}/much later.csv`] });
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 17 });
  });

  test('an upload in parts that began long ago and ended now is found, whatever time S3 gives it', async () => {
    const zone = landingZone();
    const { load } = await schedule(zone);
    const client = new S3Client({ endpoint: aws.endpoints.aws });
    onTestFinished(() => client.destroy());
    const object = { Bucket: zone.bucket, Key: `${zone.prefix}${folderOf(1)}/parts.csv` };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
    await zone.put({ [`${folderOf(1)}/a.csv`]: file(), [`${folderOf(0)}/a.csv`]: file() });
    expect((await load()).loaded).toHaveLength(2);
    const part = { ...object, UploadId, PartNumber: 1 };
    const { ETag } = await client.send(new UploadPartCommand({ ...part, Body: file() }));
    await client.send(
      new CompleteMultipartUploadCommand({
        ...object,
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
      }),
    );
    expect(await load()).toMatchObject({ loaded: [`${folderOf(1)}/parts.csv`] });
    expect(await load()).toMatchObject({ loaded: [] });
  });

  test('a load of one object, of another source of listing or of a part is no listing of the place', async () => {
    const zone = landingZone();
    const { load } = await schedule(zone);
    const old = `${folderOf(20)}/a.csv`;
    await zone.put({ [old]: file(), [`${folderOf(20)}/b.csv`]: file(), [`${folderOf(0)}/a.csv`]: file() });
    // By hand, in the folder of which the rest is not loaded.
    expect(await load({ inputs: [`${zone.location}${old}`] })).toMatchObject({ loaded: [old], listings: [] });
    expect(await load({ since: dayBefore(5) })).toMatchObject({
      loaded: [`${folderOf(0)}/a.csv`],
      listings: [{ from: dayBefore(5), omitted: 1 }],
    });
    expect(await load({ since: 'last' })).toMatchObject({
      loaded: [`${folderOf(20)}/b.csv`],
      listings: [{ from: null }],
    });
  });

  test('a pattern of keys, and folders of years, months and days', async () => {
    const zone = landingZone();
    const { load } = await schedule(zone);
    const nested = (days: number): string => dayBefore(days).replaceAll('-', '/');
    await zone.put({
      [`${nested(60)}/a.csv`]: file(),
      [`${nested(0)}/a.csv`]: file(),
      [`${nested(0)}/a.txt`]: file(),
    });
    const options = { since: 'last', inputs: [`${zone.location}**/*.csv`] };
    expect((await load(options)).loaded).toHaveLength(2);
    await zone.put({
      [`${nested(60)}/late.csv`]: file(),
      [`${nested(61)}/b.csv`]: file(),
      [`${nested(1)}/b.csv`]: file(),
    });
    const second = await load(options);
    expect(second.loaded.sort()).toEqual([`${nested(61)}/b.csv`, `${nested(1)}/b.csv`].sort());
    expect(second.listings).toMatchObject([{ omitted: 1 }]);
  });

  test('a listing in which everything is older is no error, and an empty place is one', async () => {
    const zone = landingZone();
    const { load } = await schedule(zone);
    await expect(load()).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
    await zone.put({ [`${folderOf(20)}/a.csv`]: file() });
    expect(await load({ since: dayBefore(1) })).toMatchObject({ loaded: [], listings: [{ omitted: 1 }] });
    await expect(load({ since: 'last', inputs: [zone.location, 'a.csv'] })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
    await expect(
      load({ since: 'last', inputs: [`${zone.location}${folderOf(20)}/a.csv`] }),
    ).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
