import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clickstream } from '@headwater/example-ecommerce';
import { startLambda } from '@headwater/local-aws/testing';
import { bundleHandler, entryVariables, type HandlerName } from '@headwater/stream/bundle';
import { median } from './paired.ts';

interface Contender {
  readonly name: string;
  readonly module: string;
  readonly kilobytes: number;
}

const handlers: readonly HandlerName[] = ['transform', 'sessions', 'alerts', 'recommend', 'reminders'];

/** Every function has what it asks for; none of it is called. */
const environment = {
  AWS_REGION: 'us-east-1',
  ...Object.fromEntries(Object.keys(entryVariables).map((name) => [name, 'https://127.0.0.1/none'])),
};

/**
 * Times the start of each bundled function, from the start of its process until it asks for its first invocation, beside a function that is
 * empty. Every round starts each once.
 */
export async function benchColdStart(rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-cold-start-'));
  try {
    const contenders = await bundles(folder);
    const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
    for (let round = -1; round < rounds; round += 1)
      for (const { name, module } of contenders) {
        await using lambda = await startLambda({ module, environment });
        await lambda.start();
        if (round >= 0) times.get(name)?.push(lambda.startMilliseconds);
      }
    const empty = median(times.get('empty') ?? []);
    console.log(`Start of a function, median of ${rounds} rounds`);
    for (const { name, kilobytes } of contenders) {
      const taken = median(times.get(name) ?? []);
      console.log(
        `${name.padEnd(32)} ${kilobytes.toFixed(0).padStart(5)} KB ${taken.toFixed(0).padStart(5)} ms  ${(taken - empty).toFixed(0).padStart(5)} ms more than empty`,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bundles(folder: string): Promise<Contender[]> {
  // Where the runtime of Lambda has the clients of AWS.
  await symlink(join(import.meta.dirname, '../packages/stream/node_modules'), join(folder, 'node_modules'));
  const empty = join(folder, 'empty.mjs');
  await writeFile(empty, 'export const handler = async () => null;\n');
  const contenders: Contender[] = [{ name: 'empty', module: empty, kilobytes: 0 }];
  for (const handler of handlers)
    for (const sdkInside of [false, true]) {
      const name = `${handler}, clients ${sdkInside ? 'inside' : 'outside'}`;
      const options = { handler, table: clickstream, sdkInside };
      const { file, bytes } = await bundleHandler({ ...options, folder: join(folder, name) });
      contenders.push({ name, module: file, kilobytes: bytes / 1024 });
    }
  return contenders;
}
