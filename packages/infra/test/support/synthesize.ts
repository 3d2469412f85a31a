import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPlatformAssets, type PlatformAssets, platformApp } from '@headwater/infra';
import type { PlatformConfig } from '@headwater/infra/config';
import { type App, Stack } from 'aws-cdk-lib';

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | string[];
}

/** A platform on disk. */
export interface Synthesized extends AsyncDisposable {
  readonly folder: string;
  readonly file: string;
  /** The bytes of the template. */
  readonly text: string;
  /** By logical ids. */
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly app: App;
  readonly stack: Stack;
  /** For the platform of the same config in another scale. */
  readonly assets: PlatformAssets;
}

/**
 * Synthesises the platform of a config in a folder of its own. It takes seconds: once for a test file.
 *
 * @param made the assets of another platform, which is not disposed of yet
 */
export async function synthesize(config: PlatformConfig, made?: PlatformAssets): Promise<Synthesized> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-infra-'));
  const assets = made ?? (await buildPlatformAssets(config, join(folder, 'made')));
  const app = await platformApp(config, { folder, assets });
  const assembly = app.synth();
  const [artifact] = assembly.stacks;
  if (!artifact) throw new Error('No stack was synthesised');
  const file = join(folder, artifact.templateFile);
  const text = await readFile(file, 'utf8');
  const stack = app.node.findChild(artifact.stackName);
  if (!Stack.isStack(stack)) throw new Error('The app has no stack');
  return {
    folder,
    file,
    text,
    resources: JSON.parse(text).Resources,
    app,
    stack,
    assets,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
