import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import type { PlatformConfig } from '../config/platform-config.ts';
import { platformFacts } from '../platform-facts.ts';
import type { Place } from './aws/account-call.ts';
import { assertPackages } from './required-packages.ts';
import type { SynthesizedStack } from './stack/synthesized-stack.ts';

/**
 * Synthesizes the platform of a config into a folder. Needs no network and no credentials.
 *
 * @param folder new, empty, or one that was synthesized into before
 * @throws HeadwaterError `OUTPUT_EXISTS` for a folder with other files, `INFRA_CONFIG_INVALID`, `PACKAGE_MISSING`, and what derivations throw
 */
export async function synthesizePlatform(config: PlatformConfig, folder: string): Promise<SynthesizedStack> {
  assertPackages('headwater infra');
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, 'manifest.json')))
    throw new HeadwaterError('OUTPUT_EXISTS', { path: folder });
  const [{ platformApp }, { synthesizedStack }] = await Promise.all([
    import('../platform/platform-app.ts'),
    import('./stack/synthesized-stack.ts'),
  ]);
  const app = await platformApp(config, { folder });
  return synthesizedStack(app.synth());
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
