import { expect, test } from 'vitest';
import { HeadwaterError, isHeadwaterError } from '../../src/index.ts';

test('says what happened, where, and what to do next', () => {
  const error = new HeadwaterError('LAKE_BUSY', {
    lake: './lake',
    table: 'events',
    holder: 'pid 7',
    waitedSeconds: 10,
  });
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('HeadwaterError');
  expect(error.message).toBe(
    './lake: another run is writing events (pid 7); waited 10 s. Try again when it has finished, or wait longer with --lock-timeout.',
  );
  expect(error.payload.waitedSeconds).toBe(10);
});

test('its JSON holds code, message, payload and whether to try again, and no stack or cause', () => {
  const error = new HeadwaterError(
    'TABLE_UNKNOWN',
    { table: 'a', known: [] },
    { cause: new Error('secret') },
  );
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    code: 'TABLE_UNKNOWN',
    message: 'No table "a" in the config. It defines: (none).',
    payload: { table: 'a', known: [] },
    retryable: false,
  });
});

test('keeps its cause, and has none unless given', () => {
  const cause = new Error('ENOENT');
  expect(new HeadwaterError('INPUT_NOT_FOUND', { input: 'a.csv' }, { cause }).cause).toBe(cause);
  expect('cause' in new HeadwaterError('INPUT_NOT_FOUND', { input: 'a.csv' })).toBe(false);
});

test('only what may go well without a change is retryable', () => {
  const busy = new HeadwaterError('LAKE_BUSY', { lake: 'l', table: 't', holder: 'h', waitedSeconds: 1 });
  expect(busy.retryable).toBe(true);
  expect(new HeadwaterError('INTERRUPTED', { during: 'load' }).retryable).toBe(true);
  expect(new HeadwaterError('LAKE_DISK_FULL', { lake: 'l', problem: 'p' }).retryable).toBe(false);
});

test('is told from other errors, and by its code', () => {
  const error: unknown = new HeadwaterError('METRIC_UNKNOWN', { metric: 'm', known: ['a', 'b'] });
  expect(isHeadwaterError(error)).toBe(true);
  expect(isHeadwaterError(error, 'METRIC_UNKNOWN')).toBe(true);
  expect(isHeadwaterError(error, 'TABLE_UNKNOWN')).toBe(false);
  expect(isHeadwaterError(new Error('METRIC_UNKNOWN'))).toBe(false);
  expect(isHeadwaterError({ code: 'METRIC_UNKNOWN' }, 'METRIC_UNKNOWN')).toBe(false);
  expect(isHeadwaterError(undefined)).toBe(false);
});
