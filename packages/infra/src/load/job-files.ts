import type { EventsTable } from '@headwater/core';
import { Grant, type IRole } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';

/** The files of a table's jobs on S3, `s3://...`. They are uploaded with the stack, each named by its content. */
export interface JobFiles {
  readonly script: string;
  /** A zip of the modules that the script imports. */
  readonly library: string;
  readonly plan: string;
  readonly verify: string;
}

/** The scripts that the jobs of all tables share, and the plan of each. */
export class JobScripts extends Construct {
  readonly #shared: Readonly<Record<'script' | 'library' | 'verify', Asset>>;

  constructor(scope: Construct, id: string, { assets: { spark } }: PlatformContext) {
    super(scope, id);
    this.#shared = {
      script: new Asset(this, 'Script', { path: spark.main }),
      library: new Asset(this, 'Library', { path: spark.library }),
      verify: new Asset(this, 'Verify', { path: spark.verify }),
    };
  }

  /**
   * The files of a table's jobs.
   *
   * @param readers the roles that read the scripts and the plan of a load, and that which reads the verifying script
   */
  of(
    table: EventsTable,
    { assets }: PlatformContext,
    readers: { readonly load: IRole; readonly verify: IRole },
  ): JobFiles {
    const path = assets.plans[table.name];
    if (path === undefined) throw new Error(`${table.name} has no plan of its job`);
    const plan = new Asset(this, `Plan-${table.name}`, { path });
    const { script, library, verify } = this.#shared;
    grantRead(readers.load, script, library, plan);
    grantRead(readers.verify, verify);
    return {
      script: script.s3ObjectUrl,
      library: library.s3ObjectUrl,
      plan: plan.s3ObjectUrl,
      verify: verify.s3ObjectUrl,
    };
  }
}

/** Those objects alone: a grant of an asset's own is for the whole bucket that all stacks of the account share. */
function grantRead(grantee: IRole, ...assets: readonly Asset[]): void {
  Grant.addToPrincipal({
    grantee,
    actions: ['s3:GetObject'],
    resourceArns: assets.map(({ bucket, s3ObjectKey }) => bucket.arnForObjects(s3ObjectKey)),
  }).assertSuccess();
}
