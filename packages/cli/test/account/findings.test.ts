import { expect, test } from 'vitest';
import { isDenied, isMissing, problemText } from '../../src/aws/refused.ts';
import { stackNameOf } from '../../src/aws/stack-name.ts';

const named = (name: string, message = ''): Error => Object.assign(new Error(message), { name });

test('tells a refusal from what is not there, in the words of each service', () => {
  for (const name of [
    'AccessDenied',
    'AccessDeniedException',
    'AuthorizationErrorException',
    'UnauthorizedOperation',
  ])
    expect(isDenied(named(name)), name).toBe(true);
  for (const name of [
    'NoSuchEntityException',
    'ParameterNotFound',
    'QueueDoesNotExist',
    'ResourceNotFoundException',
  ])
    expect([isMissing(named(name)), isDenied(named(name))], name).toEqual([true, false]);
  expect(isMissing(named('ValidationError', 'Stack with id x does not exist'))).toBe(true);
  expect([isMissing(named('ThrottlingException')), isDenied('AccessDenied')]).toEqual([false, false]);
});

test('a problem has no key of the caller', () => {
  expect(problemText(named('X', 'The key ASIA1234567890ABCDEF is not valid (request id: 12)'))).toBe(
    'The key <key> is not valid',
  );
});

test('the stack is that of the config, or of its database', () => {
  const aws = { database: 'shop_eu' } as never;
  expect([stackNameOf({ aws }), stackNameOf({ aws, infra: { stackName: 'shop' } })]).toEqual([
    'headwater-shop-eu',
    'shop',
  ]);
});
