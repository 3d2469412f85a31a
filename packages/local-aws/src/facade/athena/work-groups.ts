import type { WorkGroupConfiguration, WorkGroupConfigurationUpdates } from '@aws-sdk/client-athena';
import { invalidRequest } from '../aws-error.ts';

/** A workgroup as GetWorkGroup describes it. */
export interface WorkGroup {
  readonly Name: string;
  State: 'ENABLED' | 'DISABLED';
  Description: string;
  Configuration: WorkGroupConfiguration;
  readonly CreationTime: Date;
}

const engine = { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' };
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
        EngineVersion: engine,
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
    const { ResultConfigurationUpdates, RemoveBytesScannedCutoffPerQuery, EngineVersion, ...updates } =
      changes.ConfigurationUpdates ?? {};
    checkCutoff(updates.BytesScannedCutoffPerQuery);
    const { RemoveOutputLocation, ...results } = ResultConfigurationUpdates ?? {};
    const { ResultConfiguration, BytesScannedCutoffPerQuery, ...kept } = group.Configuration;
    const { OutputLocation, ...keptResults } = ResultConfiguration ?? {};
    group.Description = changes.Description ?? group.Description;
    group.State = changes.State ?? group.State;
    group.Configuration = {
      ...kept,
      ...(RemoveBytesScannedCutoffPerQuery || BytesScannedCutoffPerQuery === undefined
        ? {}
        : { BytesScannedCutoffPerQuery }),
      ...updates,
      ResultConfiguration: {
        ...keptResults,
        ...(RemoveOutputLocation || OutputLocation === undefined ? {} : { OutputLocation }),
        ...results,
      },
    };
  }

  delete(name: string): void {
    this.get(name);
    if (name === 'primary') throw invalidRequest('WorkGroup primary cannot be deleted.');
    this.#groups.delete(name);
  }
}

function checkCutoff(bytes: number | undefined): void {
  if (bytes !== undefined && bytes < smallestCutoff)
    throw invalidRequest(`BytesScannedCutoffPerQuery must be at least ${smallestCutoff}`);
}
