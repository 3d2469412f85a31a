import type { AwsTarget } from '../../catalog/aws-target.ts';
import { wholeNumber } from '../../options/whole-number.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { FlinkJob } from './flink-job.ts';
import { flinkPlace, zipPlace } from './flink-place.ts';

/** The version of Flink, and that of its connectors. */
const versions = { runtime: 'FLINK-1_20', flink: '1.20.0', connector: '5.1.0-1.20' } as const;

/** Where the code of an application is, and how it runs. */
export interface FlinkApplicationOptions {
  /** The zip file, `s3://bucket/key`. */
  readonly code: string;
  /** Defaults to `headwater-<database>-<table>`. */
  readonly name?: string | undefined;
  /** The ARN of the role. Defaults to `headwater-<database>-flink`. */
  readonly role?: string | undefined;
  /** Tasks in parallel. Defaults to 1. */
  readonly parallelism?: number | undefined;
  /** Tasks of one processing unit, 1 to 8: a unit has one virtual processor. Defaults to 1. */
  readonly parallelismPerKpu?: number | undefined;
}

/** Entries of a property group. */
interface PropertyGroup {
  readonly PropertyGroupId: string;
  readonly PropertyMap: Readonly<Record<string, string>>;
}

/** The input of CreateApplication (https://docs.aws.amazon.com/managed-flink/latest/apiv2/API_CreateApplication.html). */
export interface FlinkApplication {
  readonly ApplicationName: string;
  readonly ApplicationDescription: string;
  readonly RuntimeEnvironment: typeof versions.runtime;
  readonly ServiceExecutionRole: string;
  readonly ApplicationMode: 'STREAMING';
  readonly ApplicationConfiguration: {
    readonly ApplicationCodeConfiguration: {
      readonly CodeContentType: 'ZIPFILE';
      readonly CodeContent: {
        readonly S3ContentLocation: { readonly BucketARN: string; readonly FileKey: string };
      };
    };
    readonly EnvironmentProperties: { readonly PropertyGroups: readonly PropertyGroup[] };
    readonly FlinkApplicationConfiguration: Readonly<
      Record<string, Readonly<Record<string, string | number | boolean>>>
    >;
    readonly ApplicationSnapshotConfiguration: { readonly SnapshotsEnabled: boolean };
  };
  readonly CloudWatchLoggingOptions: { readonly LogStreamARN: string }[];
}

/** What the zip file of an application has. */
export interface FlinkApplicationZip {
  /** Texts by their place in the zip. */
  readonly files: Readonly<Record<string, string>>;
  /** Jars by their place in the zip, each with what it is shaded from: Maven coordinates `group:artifact:version`. */
  readonly jars: Readonly<Record<string, readonly string[]>>;
}

const mainFile = 'main.py';
const jobFile = 'job.json';
const jarFile = 'lib/pyflink-dependencies.jar';

/** The program of the application. It returns once the job is submitted, as the service needs it. */
const program = `"""Submits the job of ${jobFile}, whose questions read the stream once."""

import json
from pathlib import Path

from pyflink.table import EnvironmentSettings, TableEnvironment


def main() -> None:
    job = json.loads((Path(__file__).resolve().parent / "${jobFile}").read_text(encoding="utf-8"))
    environment = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    for name, value in job["settings"].items():
        environment.get_config().set(name, value)
    for statement in job["statements"]:
        environment.execute_sql(statement)
    inserts = environment.create_statement_set()
    for insert in job["inserts"]:
        inserts.add_insert_sql(insert)
    inserts.execute()


if __name__ == "__main__":
    main()
`;

/**
 * What the zip file of a job has: a program in Python, the job as JSON, and one jar of the connector with what it needs
 * (https://docs.aws.amazon.com/managed-flink/latest/java/how-python-creating.html). Only the SQL client has the library of
 * MATCH_RECOGNIZE, so a job with it brings its own.
 */
export function flinkApplicationZip(job: FlinkJob): FlinkApplicationZip {
  const usesPatterns = job.inserts.some(({ sql }) => sql.includes('MATCH_RECOGNIZE'));
  const sqlOf = (statements: FlinkJob['statements']): string[] => statements.map(({ sql }) => sql);
  const json = { settings: job.settings, statements: sqlOf(job.statements), inserts: sqlOf(job.inserts) };
  return {
    files: { [mainFile]: program, [jobFile]: `${JSON.stringify(json, null, 2)}\n` },
    jars: {
      [jarFile]: [
        `org.apache.flink:flink-sql-connector-aws-kinesis-streams:${versions.connector}`,
        ...(usesPatterns ? [`org.apache.flink:flink-cep:${versions.flink}`] : []),
      ],
    },
  };
}

/**
 * An application of Managed Service for Apache Flink 1.20 that runs the zip file of a job. It is made stopped: StartApplication starts it.
 * Its group and stream of logs have to exist.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 * @example deriveFlinkApplication(clickstream.schema, target, { code: 's3://shop-code/flink/clicks.zip' }).RuntimeEnvironment // 'FLINK-1_20'
 */
export function deriveFlinkApplication(
  schema: TableSchema,
  target: AwsTarget,
  { code, parallelism = 1, parallelismPerKpu = 1, ...names }: FlinkApplicationOptions,
): FlinkApplication {
  const { bucket, key } = zipPlace(code);
  const { name, role, logStream } = flinkPlace(schema.name, target, 'application', names);
  return {
    ApplicationName: name,
    ApplicationDescription: `Questions to the stream of ${schema.name}`.slice(0, 1024),
    RuntimeEnvironment: versions.runtime,
    ServiceExecutionRole: role,
    ApplicationMode: 'STREAMING',
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: {
        CodeContentType: 'ZIPFILE',
        CodeContent: {
          S3ContentLocation: { BucketARN: `arn:${target.partition}:s3:::${bucket}`, FileKey: key },
        },
      },
      EnvironmentProperties: {
        PropertyGroups: [
          {
            PropertyGroupId: 'kinesis.analytics.flink.run.options',
            PropertyMap: { python: mainFile, jarfile: jarFile },
          },
        ],
      },
      // Without CUSTOM the service takes its own values for the rest of a group.
      FlinkApplicationConfiguration: {
        CheckpointConfiguration: {
          ConfigurationType: 'CUSTOM',
          CheckpointingEnabled: true,
          CheckpointInterval: 60_000,
          MinPauseBetweenCheckpoints: 5000,
        },
        MonitoringConfiguration: {
          ConfigurationType: 'CUSTOM',
          MetricsLevel: 'APPLICATION',
          LogLevel: 'INFO',
        },
        ParallelismConfiguration: {
          ConfigurationType: 'CUSTOM',
          Parallelism: wholeNumber('parallelism', parallelism, 1, 256),
          ParallelismPerKPU: wholeNumber('parallelismPerKpu', parallelismPerKpu, 1, 8),
          AutoScalingEnabled: false,
        },
      },
      ApplicationSnapshotConfiguration: { SnapshotsEnabled: true },
    },
    CloudWatchLoggingOptions: [{ LogStreamARN: logStream }],
  };
}
