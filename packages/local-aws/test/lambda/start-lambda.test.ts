import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LambdaFailure, startLambda } from '../../src/testing/lambda/start-lambda.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-lambda-'));
});
afterAll(() => rm(folder, { recursive: true }));

let modules = 0;
async function moduleOf(text: string): Promise<string> {
  modules += 1;
  const path = join(folder, `module${modules}.mjs`);
  await writeFile(path, text);
  return path;
}

/** Does what its event says. */
const obedient = `
let invocations = 0;
export const handler = async (event, context) => {
  invocations += 1;
  console.log('invocation ' + invocations);
  if (event.do === 'throw') throw Object.assign(new Error('denied'), { name: 'AccessDenied' });
  if (event.do === 'exit') process.exit(3);
  if (event.do === 'hang') await new Promise((resolve) => setTimeout(resolve, 60_000));
  return { event, invocations, left: context.getRemainingTimeInMillis(), of: process.env.OF, id: context.awsRequestId };
};`;

test('invokes a function in one process, and gives its answers, errors and lines', async () => {
  const module = await moduleOf(obedient);
  await using lambda = await startLambda({ module, environment: { OF: 'tests' }, timeoutSeconds: 20 });
  const [first, second] = await Promise.all([lambda.invoke({ n: 1 }), lambda.invoke({ n: 2 })]);
  expect(first).toMatchObject({ event: { n: 1 }, invocations: 1, of: 'tests' });
  expect(second).toMatchObject({ event: { n: 2 }, invocations: 2 });
  const { left, id } = first as { left: number; id: string };
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(20_000);
  expect(id).not.toBe((second as { id: string }).id);
  expect(lambda.takeLines()).toEqual(['invocation 1', 'invocation 2']);

  await expect(lambda.invoke({ do: 'throw' })).rejects.toThrow(
    new LambdaFailure({ errorType: 'AccessDenied', errorMessage: 'denied' }),
  );
  expect(await lambda.invoke({})).toMatchObject({ invocations: 4 });
  expect(lambda.startMilliseconds).toBeGreaterThan(0);
});

test('a process that ends or hangs is replaced at the next invocation', async () => {
  const module = await moduleOf(obedient);
  await using lambda = await startLambda({ module, timeoutSeconds: 1 });
  await expect(lambda.invoke({ do: 'exit' })).rejects.toThrow('Runtime exited with exit status 3');
  expect(await lambda.invoke({})).toMatchObject({ invocations: 1 });
  await expect(lambda.invoke({ do: 'hang' })).rejects.toThrow('Task timed out after 1.00 seconds');
  expect(await lambda.invoke({})).toMatchObject({ invocations: 1 });
  expect(lambda.takeLines()).toEqual(['invocation 1', 'invocation 1', 'invocation 2', 'invocation 1']);
});

test('a module without the handler fails at its start', async () => {
  await using lambda = await startLambda({ module: await moduleOf('export const other = 1;') });
  await expect(lambda.invoke({})).rejects.toThrow('Runtime.HandlerNotFound');
});
