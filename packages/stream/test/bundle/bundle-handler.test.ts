import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLambda } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handlerEntries } from '../../src/bundle/handler-entries.ts';
import { bundleHandler, type HandlerName, handlerNeeds } from '../../src/bundle/index.ts';
import { recordedEvent } from '../handlers/deliver.ts';
import { shop } from '../handlers/shop-table.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-bundle-'));
});
afterAll(() => rm(folder, { recursive: true }));

const handlers = Object.keys(handlerEntries) as HandlerName[];
const kilobyte = 1024;

test.each(handlers)('%s: under 210 KB without the clients of AWS, under 1 MB with them', async (handler) => {
  const without = await bundleHandler({ handler, table: shop, folder: join(folder, handler) });
  const inside = await bundleHandler({
    ...{ handler, table: shop, folder: join(folder, `${handler}-sdk`), sdkInside: true },
  });
  expect(without.bytes).toBeLessThan(210 * kilobyte);
  expect(inside.bytes).toBeLessThan(1024 * kilobyte);
  // Without zod's walk through definitions.
  const code = await readFile(without.file, 'utf8');
  expect(code).toContain('shop_events');
  expect(code).not.toContain('toJSONSchema');
  // It starts with what it needs, and without any of that it does not.
  const { variables } = handlerNeeds[handler];
  const start = async (names: readonly string[]): Promise<void> => {
    const asked = names.map((name) => [name, 'https://127.0.0.1/none'] as const);
    const environment = { AWS_REGION: 'us-east-1', ...Object.fromEntries(asked) };
    await using lambda = await startLambda({ module: inside.file, environment });
    await lambda.start();
  };
  await start(variables);
  for (const missing of variables)
    await expect(start(variables.filter((name) => name !== missing))).rejects.toThrow(missing);
});

test('the same input is the same bytes', async () => {
  const options = { handler: 'transform', table: shop } as const;
  const one = await bundleHandler({ ...options, folder: join(folder, 'one') });
  const other = await bundleHandler({ ...options, folder: join(folder, 'other') });
  expect(await readFile(other.file)).toEqual(await readFile(one.file));
});

// The path of index.mjs of aws-lambda-ric, where it is installed.
const ownClient = process.env['HEADWATER_LAMBDA_CLIENT'];
const clients: [string, string[] | undefined][] = [['a stand-in', undefined]];
if (ownClient !== undefined) clients.push(['AWS’s own runtime client', [ownClient]]);

test.each(clients)(
  'the transform bundle answers as Lambda runs it, with one line of metrics: %s',
  async (_, client) => {
    const { file } = await bundleHandler({
      ...{ handler: 'transform', table: shop, folder: join(folder, 'run'), sdkInside: true },
    });
    await using lambda = await startLambda({ module: file, client });
    const event = recordedEvent('firehose');
    for (const isFirst of [true, false]) {
      expect(await lambda.invoke(event)).toMatchObject({
        records: [
          { result: 'Ok', metadata: { partitionKeys: { dt: '2026-01-31' } } },
          { result: 'ProcessingFailed', data: event.records[1].data },
          { result: 'Ok', metadata: { partitionKeys: { dt: '2026-02-01' } } },
          { result: 'ProcessingFailed' },
        ],
      });
      const lines = lambda.takeLines().map((line) => JSON.parse(line));
      expect(lines.filter((line) => '_aws' in line)).toMatchObject([
        {
          ...{ service: 'transform', table: 'shop_events', Records: 4, Failed: 2 },
          ...(isFirst ? { ColdStart: 1 } : {}),
        },
      ]);
      expect(lines.filter((line) => 'level' in line)).toMatchObject([
        { level: 'WARN', message: 'Records failed', reasons: { 'price:not_a_decimal': 1, not_json: 1 } },
      ]);
      expect(lines).toHaveLength(2);
    }
    await expect(lambda.invoke({ Records: [] })).rejects.toThrow(
      'The function transform was invoked without',
    );
  },
);

test('a module of one’s own is bundled with its definition', async () => {
  const entry = join(import.meta.dirname, 'own-function.ts');
  const { file, bytes } = await bundleHandler({ entry, folder: join(folder, 'own'), sdkInside: true });
  // zod itself and the checks of definitions are in it; its texts of other languages are not.
  expect(bytes).toBeLessThan(300 * kilobyte);
  await using lambda = await startLambda({ module: file });
  expect(await lambda.invoke(recordedEvent('firehose'))).toMatchObject({
    records: [{ result: 'Ok' }, {}, {}, {}],
  });
});

test('settings are checked before anything is written', async () => {
  const options = { table: shop, folder: join(folder, 'none') };
  await expect(
    bundleHandler({ ...options, handler: 'sessions', settings: { sessions: { countsSeconds: 5 } } }),
  ).rejects.toMatchObject({ code: 'OPTION_INVALID', payload: { option: 'settings.sessions.countsSeconds' } });
  await expect(
    bundleHandler({ ...options, handler: 'reminders', settings: { reminders: { abandonedCart: false } } }),
  ).rejects.toMatchObject({ payload: { option: 'settings.reminders.abandonedCart' } });
});

test('what cannot be bundled says where', async () => {
  const entry = join(folder, 'broken.ts');
  await writeFile(entry, 'export const a = 1;\nexport const handler = ;\n');
  await expect(bundleHandler({ entry, folder: join(folder, 'none') })).rejects.toMatchObject({
    code: 'BUNDLE_FAILED',
    message: expect.stringMatching(/broken\.ts:2: Unexpected ";"\. Nothing was written\.$/),
  });
});
