import type { AwsConfig, CompatibilityMode, EventsTable, QuickSightConfig } from '@headwater/core';
import type { Metric } from '@headwater/queries/metric';
import type { StreamConfig } from '@headwater/stream';
import type { InfraConfig } from './infra-config.ts';

/** What the platform is made of: the config of a project, `headwater.config.ts`, or the parts of it that are named here. */
export interface PlatformConfig {
  readonly tables: readonly [EventsTable, ...EventsTable[]];
  /** The lake. `aws.location` goes before it. */
  readonly lake?: string | undefined;
  readonly aws?: AwsConfig | undefined;
  readonly metrics?: readonly Metric[] | undefined;
  readonly quicksight?: QuickSightConfig | undefined;
  readonly stream?: StreamConfig | undefined;
  readonly maxScan?: string | undefined;
  readonly pricePerTerabyte?: number | undefined;
  /** The folder of saved versions. Defaults to `./schema` beside `file`. */
  readonly schemas?: string | undefined;
  /** The mode of the Schema Registry. Defaults to `BACKWARD`. */
  readonly compatibility?: CompatibilityMode | undefined;
  /** The path of the config, beside which relative folders are. Defaults to the working folder. */
  readonly file?: string | undefined;
  readonly infra?: InfraConfig | undefined;
}
