import { App, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { buildPlatformAssets } from '../assets/build-platform-assets.ts';
import type { PlatformAssets } from '../assets/platform-assets.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import { platformFacts } from '../platform-facts.ts';
import { HeadwaterPlatform } from './headwater-platform.ts';

/** Options of {@link platformApp}. */
export interface PlatformAppOptions {
  /** The folder of what is synthesised, with the assets. Defaults to `cdk.out`. */
  readonly folder?: string | undefined;
  /** What the stack uploads, where it was made before. Defaults to making it in the folder. */
  readonly assets?: PlatformAssets | undefined;
}

/**
 * The app of CDK with the stack of a config. It needs no network and no Docker, and the same config gives the same template.
 *
 * @throws HeadwaterError as {@link HeadwaterPlatform}
 * @example (await platformApp(config)).synth()
 */
export async function platformApp(
  config: PlatformConfig,
  { folder = 'cdk.out', assets: made }: PlatformAppOptions = {},
): Promise<App> {
  const { stackName, target } = platformFacts(config);
  const assets = made ?? (await buildPlatformAssets(config, folder));
  const app = new App({ outdir: folder, analyticsReporting: false, treeMetadata: false });
  const stack = new Stack(app, stackName, {
    description: `Headwater over the lake ${target.location}`,
    env: { account: target.account, region: target.region },
    // A template has at most 1 MB (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
    suppressTemplateIndentation: true,
    // The version of the bootstrap is checked by the command that deploys.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
  });
  new HeadwaterPlatform(stack, 'Platform', { config, assets });
  return app;
}
