import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isHeadwaterError, type StreamFunction } from '@headwater/core';
import { sparkJobModules } from '@headwater/core/internal';
import { buildPlatformAssets, type InfraConfig, type PlatformAssets, platformFacts } from '@headwater/infra';
import { startLambda } from '@headwater/local-aws/testing';
import { handlerNeeds } from '@headwater/stream/bundle';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flinkZip } from '../src/assets/flink-zip.ts';
import { mergeJars } from '../src/assets/merge-jars.ts';
import { readZip } from '../src/assets/zip/read-zip.ts';
import { contentOf, type ZipEntry, zipEntry } from '../src/assets/zip/zip-entry.ts';
import { shopConfig } from './support/shop-config.ts';
import { connectorJar, testJar } from './support/test-jar.ts';

let folder = '';
let assets: PlatformAssets;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-assets-'));
  // The clients of AWS are outside the bundles, where the runtime of Lambda has them.
  await symlink(
    join(import.meta.dirname, '..', '..', 'stream', 'node_modules'),
    join(folder, 'node_modules'),
  );
  assets = await buildPlatformAssets(shopConfig(), join(folder, 'one'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The check sum of every file of a folder. */
async function sums(place: string): Promise<Record<string, string>> {
  const files = await readdir(place, { recursive: true, withFileTypes: true });
  const found = files
    .filter((file) => file.isFile())
    .map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [
        relative(place, path),
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ];
    });
  return Object.fromEntries(await Promise.all(found));
}

const text = (entry: ZipEntry | undefined): string =>
  entry ? Buffer.from(contentOf(entry)).toString('utf8') : '';
const entriesOf = async (path = ''): Promise<readonly ZipEntry[]> => readZip(await readFile(path)) ?? [];
const named = (entries: readonly ZipEntry[], name: string) => entries.find((entry) => entry.name === name);

test('the same config gives the same bytes', async () => {
  const other = await buildPlatformAssets(shopConfig(), join(folder, 'other'));
  expect(await sums(other.folder)).toEqual(await sums(assets.folder));
});

test('there are the functions that the config asks for, the scripts of jobs, and the zip', async () => {
  expect(Object.keys(assets.functions)).toEqual([
    ...['sessions', 'reminders', 'alerts', 'detect', 'recommend', 'relay', 'transform'],
  ]);
  expect(Object.keys(await sums(join(assets.folder, 'spark'))).toSorted()).toEqual(
    ['spark_job.py', 'verify_commit.py', ...sparkJobModules.map((name) => `library/${name}`)].toSorted(),
  );
});

/** The members of a call by Firehose. */
const deliveryOf = {
  ...{ invocationId: '1', region: 'eu-central-1' },
  deliveryStreamArn: 'arn:aws:firehose:eu-central-1:123456789012:deliverystream/shop-clicks-to-s3',
};

describe('each bundle', () => {
  /** What each answers to a delivery without records. */
  const empty: Readonly<Record<StreamFunction, readonly [event: object, answer: object]>> = {
    sessions: [{ Records: [] }, { batchItemFailures: [] }],
    alerts: [windowOf(), { batchItemFailures: [], state: {} }],
    detect: [windowOf(), { batchItemFailures: [], state: {} }],
    recommend: [windowOf(), { batchItemFailures: [], state: {} }],
    relay: [{ Records: [] }, { batchItemFailures: [] }],
    // It asks the store, which is at a closed port.
    reminders: [{}, { error: 'ECONNREFUSED' }],
    transform: [{ ...deliveryOf, records: [] }, { records: [] }],
  };

  function windowOf(): object {
    return {
      Records: [],
      window: { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:01:00Z' },
      ...{ state: { stamp: '' }, shardId: 'shardId-000000000000' },
      eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop-clicks',
      ...{ isFinalInvokeForWindow: false, isWindowTerminatedEarly: false },
    };
  }

  test.each(['sessions', 'reminders', 'alerts', 'detect', 'recommend', 'relay', 'transform'] as const)(
    '%s starts with what it needs, and answers an empty delivery',
    async (name) => {
      const environment = {
        ...{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' },
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        ...Object.fromEntries(handlerNeeds[name].variables.map((variable) => [variable, 'arn:aws:none'])),
      };
      const module = join(assets.functions[name] ?? '', 'index.mjs');
      await using lambda = await startLambda({ module, environment });
      const [event, answer] = empty[name];
      if ('error' in answer) await expect(lambda.invoke(event)).rejects.toThrow(String(answer.error));
      else expect(await lambda.invoke(event)).toMatchObject(answer);
    },
  );
});

describe('the zip of Flink', () => {
  test('has the program, the job as it is derived, and the jar as it was given', async () => {
    const entries = await entriesOf(assets.flink);
    expect(entries.map(({ name }) => name)).toEqual([
      ...['main.py', 'job.json', 'lib/pyflink-dependencies.jar'],
    ]);
    const job = JSON.parse(text(named(entries, 'job.json')));
    expect(job.inserts).toHaveLength(1);
    expect(JSON.stringify(job)).toContain('stream/shop-clicks-many-actions');
    const jar = named(entries, 'lib/pyflink-dependencies.jar');
    expect(jar && Buffer.from(contentOf(jar))).toEqual(await readFile(connectorJar()));
  });

  const problemOf = async (flink: InfraConfig['flink']): Promise<string> => {
    const error: unknown = await flinkZip(platformFacts(shopConfig({ flink }))).catch(
      (thrown: unknown) => thrown,
    );
    return isHeadwaterError(error, 'INFRA_CONFIG_INVALID') ? error.message : 'none';
  };

  test('is refused without a jar that the job needs, and says where that is', async () => {
    expect(await problemOf({ jars: ['/nowhere/connector.jar'] })).toMatch(/cannot be read: ENOENT/);
    const script = join(folder, 'script.jar');
    await copyFile(assets.spark.main, script);
    expect(await problemOf({ jars: [script] })).toMatch(/is no jar/);
    expect(await problemOf({ jars: [testJar('other.jar', { 'a/B.class': 'x' })] })).toContain(
      'https://repo1.maven.org/maven2/org/apache/flink/flink-sql-connector-aws-kinesis-streams/5.1.0-1.20/flink-sql-connector-aws-kinesis-streams-5.1.0-1.20.jar',
    );
    // Funnels are patterns, whose library only the SQL client has.
    expect(await problemOf({ jars: [connectorJar()], questions: ['funnel'] })).toContain(
      'flink-cep-1.20.0.jar',
    );
  });

  test('has one jar of several', async () => {
    const cep = testJar('cep.jar', {
      'org/apache/flink/cep/CEP.class': 'cep',
      'META-INF/MANIFEST.MF': 'Manifest-Version: 2.0\n',
    });
    const flink = { jars: [connectorJar(), cep], questions: ['funnel', 'many-actions'] as const };
    const zip = await flinkZip(platformFacts(shopConfig({ flink })));
    const jar = named(readZip(zip ?? new Uint8Array()) ?? [], 'lib/pyflink-dependencies.jar');
    const entries = readZip(jar ? contentOf(jar) : new Uint8Array()) ?? [];
    expect(text(named(entries, 'org/apache/flink/cep/CEP.class'))).toBe('cep');
    expect(text(named(entries, 'META-INF/MANIFEST.MF'))).toBe('Manifest-Version: 1.0\n');
  });
});

test('jars are merged: services and notices of all, signatures of none, and no class in two versions', () => {
  const jar = (files: Readonly<Record<string, string>>) =>
    Object.entries(files).map(([name, content]) => zipEntry(name, Buffer.from(content)));
  const merged = mergeJars([
    jar({
      'META-INF/services/x.F': 'a.One\n',
      'META-INF/NOTICE': 'one',
      'a/One.class': '1',
      'META-INF/A.SF': 's',
    }),
    jar({ 'META-INF/services/x.F': '# no newline\na.Two', 'META-INF/NOTICE': 'two', 'a/One.class': '1' }),
  ]);
  if (typeof merged === 'string') throw new Error(merged);
  expect(Object.fromEntries(merged.map((entry) => [entry.name, text(entry)]))).toEqual({
    'META-INF/services/x.F': 'a.One\n# no newline\na.Two\n',
    'META-INF/NOTICE': 'one\ntwo\n',
    'a/One.class': '1',
  });
  expect(mergeJars([jar({ 'a/One.class': '1' }), jar({ 'a/One.class': '2' })])).toBe('a/One.class');
});

test('what is no zip is not read as one', () => {
  expect(readZip(Buffer.from('no zip'))).toBeUndefined();
  expect(readZip(new Uint8Array(100))).toBeUndefined();
});
