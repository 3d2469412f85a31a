import { HeadwaterError } from '@headwater/core';
import { describe, expect, it } from 'vitest';
import { archiveErrorFrom } from '../../src/stream/run/archive-error.ts';

const run = { lake: './lake', folder: '/data/lake-landing/events-1' };
const failure = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: failed, write`), { code, ...(path && { path }) });

describe('archiveErrorFrom', () => {
  it('names a disk that is full or cannot be written, and claims no unchanged lake', () => {
    const cases = [
      [failure('ENOSPC'), 'LAKE_DISK_FULL'],
      [failure('EDQUOT', `${run.folder}/run.lock`), 'LAKE_DISK_FULL'],
      [failure('EROFS', `${run.folder}/shardId-0.part`), 'LAKE_NOT_WRITABLE'],
      [failure('EACCES', '/data/lake-landing'), 'LAKE_NOT_WRITABLE'],
      [new HeadwaterError('LAKE_DISK_FULL', { lake: './lake', problem: 'no space' }), 'LAKE_DISK_FULL'],
      [new HeadwaterError('LAKE_NOT_WRITABLE', { lake: './lake', problem: 'EROFS' }), 'LAKE_NOT_WRITABLE'],
    ] as const;
    for (const [error, code] of cases) {
      const named = archiveErrorFrom(error, run);
      expect(named).toMatchObject({ code });
      expect(String(named)).toContain('What earlier loads of the run committed stays');
      expect(String(named)).not.toContain('unchanged');
    }
  });

  it('leaves what is not of the landing folder as it is', () => {
    const others = [
      failure('ENOENT', '/elsewhere/input.csv'),
      failure('ECONNREFUSED'),
      new Error('a bug'),
      new HeadwaterError('LAKE_BUSY', { lake: 'l', table: 't', holder: 'h', waitedSeconds: 0 }),
    ];
    for (const error of others) expect(archiveErrorFrom(error, run)).toBe(error);
  });
});
