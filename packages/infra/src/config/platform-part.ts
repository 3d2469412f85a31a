import type { AwsTarget, EventsTable } from '@headwater/core';
import { publishesTable } from '@headwater/core/internal';
import type { Scale } from './infra-config.ts';

/** What decides whether the platform has a part. */
export interface PartConfig {
  readonly target: AwsTarget;
  readonly tables: readonly EventsTable[];
  readonly scale: Scale;
  readonly hasQuickSight: boolean;
  readonly hasBudget: boolean;
  /** Whether the config names the jars of Flink's connectors. */
  readonly hasFlinkJars: boolean;
  /** Whether the stack keeps what publishing writes. */
  readonly keepsCatalog: boolean;
}

interface PartRule {
  /** What it is, for the table of prices and the README. */
  readonly words: string;
  /** What the config has to have for it, in words. Absent: nothing. */
  readonly needs?: { readonly words: string; isMet(config: PartConfig): boolean };
  /** Whether the platform has it where `infra.parts` does not say. Defaults to whether the config has what it needs. */
  isDefault?(config: PartConfig): boolean;
}

const published = (service: 'dataBrew' | 'crawler' | 'dataQuality') => ({
  words: `aws.${service}, and catalog: 'stack'`,
  isMet: ({ target, tables, keepsCatalog }: PartConfig): boolean =>
    keepsCatalog && tables.some(({ name }) => publishesTable(target, service, name)),
});

const needsStream = {
  words: 'aws.stream',
  isMet: ({ target }: PartConfig): boolean => target.stream !== undefined,
};

/** The parts that a platform may have besides buckets, roles and topics. `infra.parts` turns them on and off. */
export const platformParts = {
  catalog: {
    words: 'Glue database, tables with projection, views and registry, Athena workgroups and named queries',
    needs: { words: "catalog: 'stack'", isMet: ({ keepsCatalog }) => keepsCatalog },
  },
  crawler: { words: 'crawlers of what lands', needs: published('crawler') },
  dataQuality: { words: 'rulesets of Glue Data Quality', needs: published('dataQuality') },
  dataBrew: { words: 'DataBrew: datasets, recipes, jobs, rulesets, schedules', needs: published('dataBrew') },
  lakeFormation: {
    words: 'tags of Lake Formation for personal data',
    needs: { words: "catalog: 'stack'", isMet: ({ keepsCatalog }) => keepsCatalog },
    // It takes from everybody what IAM alone allowed, so somebody has to want it.
    isDefault: () => false,
  },
  load: { words: 'Spark jobs, and the pipeline from landed files to a verified commit' },
  stream: { words: 'Kinesis stream and Firehose delivery stream', needs: needsStream },
  functions: {
    words: 'Lambda functions over the stream, and the table of live sessions',
    needs: needsStream,
  },
  flink: {
    words: 'application of Managed Flink',
    needs: {
      words: 'aws.stream, and infra.flink.jars',
      isMet: ({ target, hasFlinkJars }) => target.stream !== undefined && hasFlinkJars,
    },
  },
  studio: { words: 'notebook of Flink Studio', needs: needsStream, isDefault: () => false },
  quicksight: {
    words: 'dashboards on QuickSight',
    needs: { words: 'quicksight', isMet: ({ hasQuickSight }) => hasQuickSight },
  },
  policies: { words: 'managed policies for people and pipelines' },
  watch: { words: 'CloudWatch dashboard and alarms' },
  budget: {
    words: 'budget with its alarm',
    needs: { words: 'infra.monthlyBudget', isMet: ({ hasBudget }) => hasBudget },
  },
} as const satisfies Readonly<Record<string, PartRule>>;

/** The name of a part in `infra.parts`. */
export type PlatformPart = keyof typeof platformParts;

/** Whether a config has what a part needs. */
export function hasNeeds(part: PlatformPart, config: PartConfig): boolean {
  const { needs }: PartRule = platformParts[part];
  return needs?.isMet(config) ?? true;
}

/** Whether the platform has a part where `infra.parts` does not say. */
export function isPartByDefault(part: PlatformPart, config: PartConfig): boolean {
  const { isDefault }: PartRule = platformParts[part];
  return isDefault?.(config) ?? hasNeeds(part, config);
}
