import type { AwsTarget } from '../catalog/aws-target.ts';
import type { LayerOptions } from '../catalog/layers/layer-table.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { deriveAthenaDdl } from './athena/athena-ddl.ts';
import { deriveAthenaWorkgroup } from './athena/athena-workgroup.ts';
import { deriveGlueSchema } from './glue/glue-schema.ts';
import { deriveGlueTable } from './glue/glue-table.ts';
import { derivePartitionProjection } from './glue/partition-projection.ts';
import { deriveLakeFormation } from './iam/lake-formation.ts';
import { deriveTrinoDdl } from './trino/trino-ddl.ts';

/** What derivations for AWS may know beside the table and the place. Each heeds what concerns it. */
export interface AwsDerivationOptions extends LayerOptions {
  /** Bytes that one query may read. */
  readonly maxScan?: number | undefined;
}

/** One thing that can be derived from a table and its place on AWS, as text to hand to AWS. */
export interface AwsDerivation {
  /** One line for a list of targets. */
  readonly description: string;
  /** Whether it can be derived for each layer of the lake. */
  readonly hasLayers: boolean;
  /** What to do with the text on a command line: `aws ...`; empty where no single command takes it. */
  readonly command: string;
  /** The text, which ends in a line end. */
  readonly derive: (schema: TableSchema, target: AwsTarget, options?: AwsDerivationOptions) => string;
}

const json =
  (derive: (...args: Parameters<AwsDerivation['derive']>) => object): AwsDerivation['derive'] =>
  (...args) =>
    `${JSON.stringify(derive(...args), null, 2)}\n`;

/**
 * Every derivation that needs to know where a table lives on AWS, by the name of its target. Policies are not among them:
 * one policy is about several tables (`deriveIamPolicy`).
 *
 * @example awsDerivations['athena-ddl'].derive(clickstream.schema, target) // 'CREATE EXTERNAL TABLE `shop`.`clickstream` (...'
 */
export const awsDerivations = {
  'glue-table': {
    description: 'Input of Glue CreateTable, with projected partitions',
    hasLayers: true,
    command: 'aws glue create-table --cli-input-json',
    derive: json((schema, target, options) => ({
      DatabaseName: target.database,
      TableInput: deriveGlueTable(schema, target, options),
    })),
  },
  'partition-projection': {
    description: 'Table parameters of partition projection, checked by the rules of Athena',
    hasLayers: false,
    command: '',
    derive: json((schema, target, options) => derivePartitionProjection(schema, target, options?.projection)),
  },
  'athena-ddl': {
    description: 'CREATE EXTERNAL TABLE for Athena',
    hasLayers: true,
    command: 'aws athena start-query-execution --query-string',
    derive: deriveAthenaDdl,
  },
  'trino-ddl': {
    description: 'CREATE TABLE for the Hive connector of Trino',
    hasLayers: true,
    command: '',
    derive: deriveTrinoDdl,
  },
  'glue-schema': {
    description: 'Input of Glue CreateSchema: JSON Schema (draft-07) for the Schema Registry',
    hasLayers: false,
    command: 'aws glue create-schema --cli-input-json',
    derive: json(deriveGlueSchema),
  },
  'lake-formation': {
    description: 'Lake Formation tags and column filters from the PII classes, one input for each call',
    hasLayers: true,
    command: '',
    derive: json((schema, target, options) =>
      deriveLakeFormation(schema, target, options?.layer && [options.layer]),
    ),
  },
  'athena-workgroup': {
    description: "Input of Athena CreateWorkGroup, with the config's maxScan as its limit",
    hasLayers: false,
    command: 'aws athena create-work-group --cli-input-json',
    derive: json((_schema, target, options) => deriveAthenaWorkgroup(target, options?.maxScan)),
  },
} as const satisfies Readonly<Record<string, AwsDerivation>>;

/** The name of an {@link awsDerivations} target. */
export type AwsDerivationName = keyof typeof awsDerivations;
