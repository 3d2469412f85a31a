import type { AwsTarget } from '../../catalog/aws-target.ts';

/** The members of Athena's CreateWorkGroup that are derived. */
export interface AthenaWorkgroup {
  readonly Name: string;
  readonly Description: string;
  readonly Configuration: {
    readonly EnforceWorkGroupConfiguration: boolean;
    readonly PublishCloudWatchMetricsEnabled: boolean;
    readonly BytesScannedCutoffPerQuery?: number;
    readonly EngineVersion: { readonly SelectedEngineVersion: string };
    readonly ResultConfiguration: {
      readonly OutputLocation: string;
      readonly EncryptionConfiguration: { readonly EncryptionOption: 'SSE_S3' };
    };
  };
}

/** The smallest cutoff that Athena takes. */
const leastCutoff = 10_000_000;

/** How the description of a workgroup begins that was made for a lake. */
export const workgroupPurpose = 'Queries of the lake ';

/**
 * The workgroup that queries of the lake run in, as Athena's CreateWorkGroup takes it
 * (https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html). It rules over what clients ask for, and
 * ends a query that reads more than the budget, whoever sent it. A query that is ended so is charged for what it had read.
 *
 * @param maxScan bytes that a query may read; no limit when not given, and 10 MB at least, which is Athena's smallest
 * @example
 * ```ts
 * await athena.send(new CreateWorkGroupCommand(deriveAthenaWorkgroup(target, byteSize('maxScan', '5 GB'))));
 * ```
 */
export function deriveAthenaWorkgroup(target: AwsTarget, maxScan?: number): AthenaWorkgroup {
  return {
    Name: target.workgroup,
    Description: `${workgroupPurpose}${target.location}`,
    Configuration: {
      EnforceWorkGroupConfiguration: true,
      PublishCloudWatchMetricsEnabled: true,
      ...(maxScan === undefined ? {} : { BytesScannedCutoffPerQuery: Math.max(leastCutoff, maxScan) }),
      EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      ResultConfiguration: {
        OutputLocation: `${target.results}/`,
        EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
      },
    },
  };
}
