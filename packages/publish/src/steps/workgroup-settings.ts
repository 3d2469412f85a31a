import type { WorkGroup, WorkGroupConfigurationUpdates } from '@aws-sdk/client-athena';
import type { AthenaWorkgroup } from '@headwater/core';
import type { Difference } from './publish-step.ts';

/** A setting of a workgroup that publishing keeps. */
interface WorkgroupSetting {
  /** In words, for the plan. */
  readonly what: string;
  /** The setting of a live workgroup, or of the derived one. Undefined where it has none. */
  readonly of: (workgroup: WorkGroup) => string | number | boolean | undefined;
  /** Whether it is about the place of results, which a workgroup with managed results does not have. */
  readonly ofResults?: true;
}

const settings: readonly WorkgroupSetting[] = [
  { what: 'description', of: ({ Description }) => Description },
  {
    what: 'overrides client settings',
    of: ({ Configuration }) => Configuration?.EnforceWorkGroupConfiguration,
  },
  {
    what: 'publishes metrics to CloudWatch',
    of: ({ Configuration }) => Configuration?.PublishCloudWatchMetricsEnabled,
  },
  {
    what: 'maximum bytes of a query',
    of: ({ Configuration }) => Configuration?.BytesScannedCutoffPerQuery,
  },
  {
    what: 'engine version',
    // A workgroup that selects AUTO runs on the version that Athena chose.
    of: ({ Configuration: { EngineVersion } = {} }) =>
      EngineVersion?.EffectiveEngineVersion ?? EngineVersion?.SelectedEngineVersion,
  },
  {
    what: 'location of results',
    ofResults: true,
    of: ({ Configuration }) => Configuration?.ResultConfiguration?.OutputLocation,
  },
  {
    what: 'encryption of results',
    ofResults: true,
    of: ({ Configuration }) => Configuration?.ResultConfiguration?.EncryptionConfiguration?.EncryptionOption,
  },
  {
    what: 'key of results',
    ofResults: true,
    of: ({ Configuration }) => Configuration?.ResultConfiguration?.EncryptionConfiguration?.KmsKey,
  },
  {
    what: 'account of the bucket of results',
    ofResults: true,
    of: ({ Configuration }) => Configuration?.ResultConfiguration?.ExpectedBucketOwner,
  },
];

const isManaged = ({ Configuration }: WorkGroup): boolean =>
  Configuration?.ManagedQueryResultsConfiguration?.Enabled ?? false;

const changed = (what: string, was: unknown, becomes: unknown): Difference => ({
  what,
  was: was === undefined ? null : String(was),
  becomes: String(becomes),
  cause: 'change',
});

/**
 * The settings of a live workgroup that publishing would change. A setting that is not derived stays. So do managed results,
 * unless the config names a place for results.
 */
export function workgroupDifferences(
  ours: AthenaWorkgroup,
  live: WorkGroup,
  keepsManaged: boolean,
): Difference[] {
  const hasPlace = !(isManaged(live) && keepsManaged);
  const others = settings
    .filter(({ ofResults }) => hasPlace || !ofResults)
    .flatMap(({ what, of }): Difference[] => {
      const [was, becomes] = [of(live), of(ours)];
      return becomes === undefined || was === becomes ? [] : [changed(what, was, becomes)];
    });
  return isManaged(live) && !keepsManaged ? [changed('managed results', true, false), ...others] : others;
}

/**
 * The changes as UpdateWorkGroup takes them. A workgroup with managed results takes no place for results, unless the same
 * request ends the managed ones (https://docs.aws.amazon.com/athena/latest/APIReference/API_ManagedQueryResultsConfiguration.html).
 */
export function workgroupUpdates(
  { Configuration }: AthenaWorkgroup,
  live: WorkGroup,
  keepsManaged: boolean,
): WorkGroupConfigurationUpdates {
  const { ResultConfiguration, ...others } = Configuration;
  if (isManaged(live) && keepsManaged) return others;
  return {
    ...others,
    ResultConfigurationUpdates: ResultConfiguration,
    ...(isManaged(live) ? { ManagedQueryResultsConfigurationUpdates: { Enabled: false } } : {}),
  };
}
