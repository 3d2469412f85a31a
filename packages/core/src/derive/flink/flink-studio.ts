import type { AwsTarget } from '../../catalog/aws-target.ts';
import { wholeNumber } from '../../options/whole-number.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { flinkPlace } from './flink-place.ts';

/** How a notebook's application is named, and how it runs. */
export interface FlinkStudioOptions {
  /** Defaults to `headwater-<database>-<table>-studio`. */
  readonly name?: string | undefined;
  /** The ARN of the role. Defaults to `headwater-<database>-flink-studio`. */
  readonly role?: string | undefined;
  /** Tasks in parallel. Defaults to 1. */
  readonly parallelism?: number | undefined;
}

/** The input of CreateApplication for a notebook (https://docs.aws.amazon.com/managed-flink/latest/apiv2/API_ZeppelinApplicationConfiguration.html). */
export interface FlinkStudio {
  readonly ApplicationName: string;
  readonly ApplicationDescription: string;
  readonly RuntimeEnvironment: 'ZEPPELIN-FLINK-3_0';
  readonly ServiceExecutionRole: string;
  readonly ApplicationMode: 'INTERACTIVE';
  readonly ApplicationConfiguration: {
    readonly FlinkApplicationConfiguration: {
      readonly ParallelismConfiguration: {
        readonly ConfigurationType: 'CUSTOM';
        readonly Parallelism: number;
        readonly ParallelismPerKPU: number;
        readonly AutoScalingEnabled: false;
      };
    };
    readonly ZeppelinApplicationConfiguration: {
      readonly MonitoringConfiguration: { readonly LogLevel: 'INFO' };
      readonly CatalogConfiguration: {
        readonly GlueDataCatalogConfiguration: { readonly DatabaseARN: string };
      };
      readonly CustomArtifactsConfiguration: {
        readonly ArtifactType: 'DEPENDENCY_JAR';
        readonly MavenReference: {
          readonly GroupId: string;
          readonly ArtifactId: string;
          readonly Version: string;
        };
      }[];
    };
  };
  readonly CloudWatchLoggingOptions: { readonly LogStreamARN: string }[];
}

/** A notebook that the API makes has no connectors (https://docs.aws.amazon.com/managed-flink/latest/java/how-zeppelin-connectors.html). */
const connector = {
  GroupId: 'org.apache.flink',
  ArtifactId: 'flink-sql-connector-kinesis',
  Version: '1.15.4',
} as const;

/**
 * An application of Studio, in which the notebook of a table ({@link deriveFlinkNotebook}) is imported: with the connector of its Flink 1.15,
 * and the Glue database as its catalog. Tables of the notebook are temporary, so that none is made in the catalog. It is made stopped, and its stream
 * of logs has to exist.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 * @example deriveFlinkStudio(clickstream.schema, target).ApplicationMode // 'INTERACTIVE'
 */
export function deriveFlinkStudio(
  { name: table }: TableSchema,
  target: AwsTarget,
  { parallelism = 1, ...names }: FlinkStudioOptions = {},
): FlinkStudio {
  const { partition, region, account, database } = target;
  const { name, role, logStream } = flinkPlace(table, target, 'studio', names);
  return {
    ApplicationName: name,
    ApplicationDescription: `Notebook over the stream of ${table}`.slice(0, 1024),
    RuntimeEnvironment: 'ZEPPELIN-FLINK-3_0',
    ServiceExecutionRole: role,
    ApplicationMode: 'INTERACTIVE',
    ApplicationConfiguration: {
      FlinkApplicationConfiguration: {
        ParallelismConfiguration: {
          ConfigurationType: 'CUSTOM',
          Parallelism: wholeNumber('parallelism', parallelism, 1, 256),
          ParallelismPerKPU: 1,
          AutoScalingEnabled: false,
        },
      },
      ZeppelinApplicationConfiguration: {
        MonitoringConfiguration: { LogLevel: 'INFO' },
        CatalogConfiguration: {
          GlueDataCatalogConfiguration: {
            DatabaseARN: `arn:${partition}:glue:${region}:${account}:database/${database}`,
          },
        },
        CustomArtifactsConfiguration: [{ ArtifactType: 'DEPENDENCY_JAR', MavenReference: connector }],
      },
    },
    CloudWatchLoggingOptions: [{ LogStreamARN: logStream }],
  };
}
