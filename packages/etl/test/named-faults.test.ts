import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compactLake, loadEvents, syncLake, verifyLake } from '../src/index.ts';
import { lakeErrorFrom } from '../src/lake/file-error.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

async function fixture() {
  const folder = await temporaryFolder();
  const inputs = [await writeLines(folder, 'a.csv', [header, ...rowsOfDays(200, 2)])];
  return { folder, options: { table: events, lake: join(folder, 'lake'), inputs } };
}

describe('the error names what is at fault:', () => {
  test.each(['read', 'write', 'commit'])('a callback that throws in the phase %s', async (phase) => {
    const { options } = await fixture();
    const fault = new Error('my own fault');
    const failed = await loadEvents({
      ...options,
      onProgress: (progress) => {
        if (progress.phase === phase) throw fault;
      },
    }).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 'CALLBACK_FAILED',
      payload: { callback: 'onProgress', problem: 'my own fault', committed: false },
      cause: fault,
    });
    expect(await loadEvents(options)).toMatchObject({ rowsOut: 200 });
  });

  test('a callback that throws after the commit, or while a lake is verified or copied', async () => {
    const { folder, options } = await fixture();
    const onProgress = (progress: object) => {
      if (!('fraction' in progress) || progress.fraction === 1) throw new Error('late');
    };
    await expect(loadEvents({ ...options, onProgress })).rejects.toMatchObject({
      code: 'CALLBACK_FAILED',
      payload: { committed: true },
    });
    expect(await loadEvents(options)).toMatchObject({ inputs: [{ skipped: true }] });
    const failed = { code: 'CALLBACK_FAILED', payload: { problem: 'late' } };
    const { table, lake } = options;
    await expect(verifyLake({ table, lake, onProgress })).rejects.toMatchObject(failed);
    await expect(syncLake({ table, from: lake, to: join(folder, 'to'), onProgress })).rejects.toMatchObject(
      failed,
    );
  });

  test.each([
    ['threads', { threads: 0 }],
    ['threads', { threads: 1.5 }],
    ['lockTimeoutSeconds', { lockTimeoutSeconds: Number.NaN }],
    ['leftoverGraceSeconds', { leftoverGraceSeconds: -1 }],
    ['memoryLimit', { memoryLimit: '1KB' }],
    ['memoryLimit', { memoryLimit: 'much' }],
    ['targetFileSize', { targetFileSize: '9TB' }],
  ])('the option %s (%o)', async (option, wrong) => {
    const { options } = await fixture();
    const expected = { code: 'OPTION_INVALID', payload: { option } };
    await expect(loadEvents({ ...options, ...wrong })).rejects.toMatchObject(expected);
    await expect(loadEvents({ ...options, ...wrong, dryRun: true })).rejects.toMatchObject(expected);
  });

  test.each(['gs://bucket/lake', 'http://host/lake', 's3:/bucket/lake'])('the lake %s', async (lake) => {
    const { options } = await fixture();
    const expected = { code: 'OPTION_INVALID', payload: { option: 'lake', value: lake } };
    for (const write of [
      () => loadEvents({ ...options, lake }),
      () => loadEvents({ ...options, lake, dryRun: true }),
      () => compactLake({ table: events, lake }),
      () => verifyLake({ table: events, lake }),
      () => syncLake({ table: events, from: options.lake, to: lake }),
    ])
      await expect(write()).rejects.toMatchObject(expected);
    await expect(access(lake.split('/')[0] ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test.each<[string, string, object]>([
    [
      'a memory limit',
      'Out of Memory Error: could not allocate block of size 256.0 KiB (99.8 MiB/100.0 MiB used)',
      { code: 'MEMORY_EXCEEDED', payload: { limit: '100MB', during: 'the load' } },
    ],
    [
      'the disk of the work folder, also when the engine speaks of memory',
      'Out of Memory Error: failed to offload data block (max_temp_directory_size)',
      { code: 'LAKE_DISK_FULL', payload: { lake: './lake', workFolder: '/scratch' } },
    ],
    [
      'a work folder',
      "EACCES: permission denied, mkdir '/scratch/x'",
      { code: 'LAKE_NOT_WRITABLE', payload: { lake: '/scratch' } },
    ],
  ])('%s', (_what, message, expected) => {
    const run = { lake: './lake', workFolder: '/scratch', memoryLimit: '100MB', during: 'the load' };
    expect(lakeErrorFrom(new Error(message), run)).toMatchObject(expected);
  });
});
