import { expect, test } from 'vitest';
import { callError, executionError } from '../src/engines/athena/athena-error.ts';

test.each([1004, 1109, 1110])(
  'a database or table that is missing (%i) may be in another region',
  (ErrorType) => {
    const Status = {
      State: 'FAILED',
      AthenaError: { ErrorType, ErrorMessage: 'Schema shop does not exist' },
    } as const;
    expect(executionError('select 1', { Status }, 1)).toMatchObject({
      code: 'QUERY_FAILED',
      payload: { advice: expect.stringMatching(/its own region: check `region` and `database`/) },
    });
  },
);

test('so may a missing workgroup', () => {
  const cause = Object.assign(new Error('WorkGroup shop is not found.'), { name: 'InvalidRequestException' });
  expect(callError('select 1', undefined, cause)).toMatchObject({
    payload: { advice: expect.stringContaining('Check `region` and `workgroup`') },
  });
});
