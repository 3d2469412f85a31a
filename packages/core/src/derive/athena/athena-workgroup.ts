import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { PermissionClass } from '../../catalog/permission-class.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { type AthenaResultConfiguration, resultConfiguration } from './result-configuration.ts';

/** The derived members of Athena's CreateWorkGroup. */
export interface AthenaWorkgroup {
  readonly Name: string;
  readonly Description: string;
  readonly Configuration: {
    readonly EnforceWorkGroupConfiguration: boolean;
    readonly PublishCloudWatchMetricsEnabled: boolean;
    readonly BytesScannedCutoffPerQuery?: number;
    readonly EngineVersion: { readonly SelectedEngineVersion: string };
    readonly ResultConfiguration: AthenaResultConfiguration;
  };
}

/** Athena's minimum for the cutoff. */
const leastCutoff = 10_000_000;

/** The beginning of the description of a workgroup that was created for a lake. */
export const workgroupPurpose = 'Queries of the lake ';

/**
 * The workgroup for queries of the lake, as the input of Athena's CreateWorkGroup
 * (https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html). Its settings override those of clients.
 * Athena stops every query that reads more than the budget, and bills the bytes that the query had read.
 *
 * Results are copies of the rows that they hold. A class of readers has a workgroup of its own, with a folder for its results.
 *
 * @param maxScan maximum bytes that a query may read. Defaults to no limit. Below Athena's minimum of 10 MB, that minimum applies
 * @param permissionClass defaults to readers who see every column
 * @example
 * ```ts
 * await athena.send(new CreateWorkGroupCommand(deriveAthenaWorkgroup(target, byteSize('maxScan', '5 GB'))));
 * ```
 */
export function deriveAthenaWorkgroup(
  target: AwsTarget,
  maxScan?: number,
  permissionClass?: PermissionClass,
): AthenaWorkgroup {
  const { workgroup, results } = queryPlace(target, permissionClass);
  return {
    Name: workgroup,
    Description: `${workgroupPurpose}${target.location}${permissionClass ? `, readers of ${permissionClass}` : ''}`,
    Configuration: {
      EnforceWorkGroupConfiguration: true,
      PublishCloudWatchMetricsEnabled: true,
      ...(maxScan === undefined ? {} : { BytesScannedCutoffPerQuery: Math.max(leastCutoff, maxScan) }),
      EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      ResultConfiguration: resultConfiguration(target, results),
    },
  };
}
