import type {
  EngineVersion,
  WorkGroupConfiguration,
  WorkGroupConfigurationUpdates,
} from '@aws-sdk/client-athena';
import { invalidRequest } from '../aws-error.ts';

/** A workgroup as GetWorkGroup describes it. */
export interface WorkGroup {
  readonly Name: string;
  State: 'ENABLED' | 'DISABLED';
  Description: string;
  Configuration: WorkGroupConfiguration;
  readonly CreationTime: Date;
}

const version3 = 'Athena engine version 3';

/** The engine version as GetWorkGroup describes it. There is one version that takes queries. */
const engineOf = ({ SelectedEngineVersion = 'AUTO' }: EngineVersion = {}): EngineVersion => ({
  SelectedEngineVersion,
  EffectiveEngineVersion: version3,
});
const smallestCutoff = 10_000_000;

/** The workgroups. As on AWS, `primary` always exists. */
export class WorkGroups {
  readonly #groups = new Map<string, WorkGroup>();

  constructor() {
    this.create('primary', '', { EnforceWorkGroupConfiguration: false });
  }

  create(name: string, description: string, configuration: WorkGroupConfiguration): void {
    if (!/^[\w.-]{1,128}$/.test(name)) throw invalidRequest(`WorkGroup name ${name} is not valid.`);
    if (this.#groups.has(name)) throw invalidRequest(`WorkGroup is already created: ${name}`);
    checkCutoff(configuration.BytesScannedCutoffPerQuery);
    checkResults(configuration);
    this.#groups.set(name, {
      Name: name,
      State: 'ENABLED',
      Description: description,
      // The service's defaults: a workgroup's settings override the client's unless this is false.
      Configuration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: false,
        RequesterPaysEnabled: false,
        ...configuration,
        EngineVersion: engineOf(configuration.EngineVersion),
      },
      CreationTime: new Date(),
    });
  }

  /** @throws AwsError when no workgroup has this name */
  get(name: string): WorkGroup {
    const group = this.#groups.get(name);
    if (group === undefined) throw invalidRequest(`WorkGroup ${name} is not found.`);
    return group;
  }

  list(): readonly WorkGroup[] {
    return [...this.#groups.values()];
  }

  update(
    name: string,
    changes: {
      readonly Description?: string | undefined;
      readonly State?: WorkGroup['State'] | undefined;
      readonly ConfigurationUpdates?: WorkGroupConfigurationUpdates | undefined;
    },
  ): void {
    const group = this.get(name);
    const {
      ResultConfigurationUpdates,
      ManagedQueryResultsConfigurationUpdates,
      RemoveBytesScannedCutoffPerQuery,
      EngineVersion,
      ...updates
    } = changes.ConfigurationUpdates ?? {};
    checkCutoff(updates.BytesScannedCutoffPerQuery);
    const { RemoveOutputLocation, ...results } = ResultConfigurationUpdates ?? {};
    const { ResultConfiguration, BytesScannedCutoffPerQuery, ...kept } = group.Configuration;
    const { OutputLocation, ...keptResults } = ResultConfiguration ?? {};
    const { Enabled } = ManagedQueryResultsConfigurationUpdates ?? {};
    const configuration: WorkGroupConfiguration = {
      ...kept,
      ...(Enabled === undefined ? {} : { ManagedQueryResultsConfiguration: { Enabled } }),
      ...(RemoveBytesScannedCutoffPerQuery || BytesScannedCutoffPerQuery === undefined
        ? {}
        : { BytesScannedCutoffPerQuery }),
      ...updates,
      ...(EngineVersion === undefined ? {} : { EngineVersion: engineOf(EngineVersion) }),
      ResultConfiguration: {
        ...keptResults,
        ...(RemoveOutputLocation || OutputLocation === undefined ? {} : { OutputLocation }),
        ...results,
      },
    };
    checkResults(configuration);
    group.Description = changes.Description ?? group.Description;
    group.State = changes.State ?? group.State;
    group.Configuration = configuration;
  }

  delete(name: string): void {
    this.get(name);
    if (name === 'primary') throw invalidRequest('WorkGroup primary cannot be deleted.');
    this.#groups.delete(name);
  }
}

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ManagedQueryResultsConfiguration.html */
function checkResults({
  ManagedQueryResultsConfiguration,
  ResultConfiguration,
}: WorkGroupConfiguration): void {
  if (ManagedQueryResultsConfiguration?.Enabled && ResultConfiguration?.OutputLocation !== undefined)
    throw invalidRequest('A workgroup with managed query results cannot have an OutputLocation.');
}

function checkCutoff(bytes: number | undefined): void {
  if (bytes !== undefined && bytes < smallestCutoff)
    throw invalidRequest(`BytesScannedCutoffPerQuery must be at least ${smallestCutoff}`);
}
