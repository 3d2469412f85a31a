import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { StackTemplate } from './stack-template.ts';

/** A file or a folder that a deployment uploads before it begins. */
export interface StackAsset {
  /** The hash of its content. */
  readonly id: string;
  /** Where synthesis wrote it. */
  readonly path: string;
}

/** What synthesis wrote: one stack, and what it needs to be deployed. */
export interface SynthesizedStack {
  /** The folder of the cloud assembly. */
  readonly folder: string;
  /** The name of the stack. */
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly template: StackTemplate;
  readonly templateFile: string;
  readonly templateBytes: number;
  /** The paths of the constructs, by the logical id of the resource: `shop/Catalog/Database`. */
  readonly paths: ReadonlyMap<string, string>;
  readonly assets: readonly StackAsset[];
  /** The version of the bootstrap stack that a deployment needs. */
  readonly bootstrapVersion: number | undefined;
}

/**
 * Reads what an app of one stack was synthesized to.
 *
 * @throws Error when it has several stacks, or none
 */
export function synthesizedStack(assembly: CloudAssembly): SynthesizedStack {
  const [artifact, ...others] = assembly.stacks;
  if (!artifact || others.length > 0)
    throw new Error(`Expected an app of one stack, got ${assembly.stacks.length}.`);
  const ids = artifact.findMetadataByType('aws:cdk:logicalId');
  return {
    folder: assembly.directory,
    stack: artifact.stackName,
    account: artifact.environment.account,
    region: artifact.environment.region,
    template: artifact.template,
    templateFile: artifact.templateFullPath,
    templateBytes: statSync(artifact.templateFullPath).size,
    paths: new Map(ids.map(({ path, data }) => [String(data), path.replace(/^\//, '')])),
    assets: assetsOf(assembly.directory, artifact.templateFullPath),
    bootstrapVersion: artifact.requiresBootstrapStackVersion,
  };
}

/** The part of an asset manifest that is read: https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/cloud-assembly-schema/lib/assets/schema.ts */
interface AssetManifest {
  readonly files?: Readonly<Record<string, { readonly source: { readonly path?: string } }>>;
}

/** The template is an asset too, and is no news. */
function assetsOf(folder: string, template: string): StackAsset[] {
  const file = template.replace(/\.template\.json$/, '.assets.json');
  const { files = {} }: AssetManifest = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(files)
    .map(([id, { source }]) => ({ id, path: join(folder, source.path ?? '') }))
    .filter(({ path }) => basename(path) !== basename(template));
}
