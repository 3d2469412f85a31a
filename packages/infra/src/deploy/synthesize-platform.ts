import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import type { PlatformConfig } from '../config/platform-config.ts';
import { platformFacts } from '../platform-facts.ts';
import type { Place } from './aws/account-call.ts';
import { assertPackages } from './required-packages.ts';
import type { SynthesizedStack } from './stack/synthesized-stack.ts';

/**
 * Synthesizes the platform of a config into a folder. Needs no network and no credentials. It is written beside the folder and takes its place
 * when it is whole, so a failure leaves what was there.
 *
 * @param folder new, empty, or one that was synthesized into before, whose content is replaced
 * @throws HeadwaterError `OUTPUT_EXISTS` for a folder with other files, `INFRA_CONFIG_INVALID`, `PACKAGE_MISSING`, and what derivations throw
 */
export async function synthesizePlatform(config: PlatformConfig, folder: string): Promise<SynthesizedStack> {
  assertPackages('headwater infra');
  const place = resolve(folder);
  if (existsSync(place) && readdirSync(place).length > 0 && !existsSync(join(place, 'manifest.json')))
    throw new HeadwaterError('OUTPUT_EXISTS', { path: folder });
  const [{ CloudAssembly }, { platformApp }, { synthesizedStack }] = await Promise.all([
    import('aws-cdk-lib/cx-api'),
    import('../platform/platform-app.ts'),
    import('./stack/synthesized-stack.ts'),
  ]);
  await mkdir(dirname(place), { recursive: true });
  const beside = await mkdtemp(join(dirname(place), '.headwater-infra-'));
  try {
    const written = join(beside, basename(place));
    (await platformApp(config, { folder: written })).synth();
    await rm(place, { recursive: true, force: true });
    await rename(written, place);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return synthesizedStack(new CloudAssembly(place));
}

/**
 * Where the stack of a config is, without synthesis.
 *
 * @throws HeadwaterError `INFRA_CONFIG_INVALID`, `AWS_CONFIG_INVALID`
 */
export function stackPlace(config: PlatformConfig): Place & { readonly stack: string } {
  const { stackName, target } = platformFacts(config);
  return { stack: stackName, account: target.account, region: target.region };
}

/** Synthesizes into a folder that is removed once `use` has ended. */
export async function withPlatform<Result>(
  config: PlatformConfig,
  use: (synthesized: SynthesizedStack) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-infra-'));
  try {
    return await use(await synthesizePlatform(config, join(folder, 'cdk.out')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
