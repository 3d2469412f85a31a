const application = (more: object) => ({
  RuntimeEnvironment: 'FLINK-1_20',
  ApplicationMode: 'STREAMING',
  ...more,
});
const flink = (FlinkApplicationConfiguration: object) =>
  application({ ApplicationConfiguration: { FlinkApplicationConfiguration } });
const code = (CodeContentType: string, CodeContent: object) =>
  application({
    ApplicationConfiguration: { ApplicationCodeConfiguration: { CodeContentType, CodeContent } },
  });
const artifact = (artifacts: object) => ({
  RuntimeEnvironment: 'ZEPPELIN-FLINK-3_0',
  ApplicationMode: 'INTERACTIVE',
  ApplicationConfiguration: {
    ZeppelinApplicationConfiguration: { CustomArtifactsConfiguration: [artifacts] },
  },
});
const maven = { MavenReference: { GroupId: 'g', ArtifactId: 'a', Version: '1' } };
const onS3 = { S3ContentLocation: { BucketARN: 'arn:aws:s3:::code', FileKey: 'a.jar' } };

const creates = { service: 'kinesisanalyticsv2', operation: 'CreateApplication' };

/** Applications that Managed Flink takes and refuses, one entry for each of its rules, in their order. */
export const flinkRuleExamples = [
  {
    ...creates,
    taken: [application({}), { RuntimeEnvironment: 'ZEPPELIN-FLINK-3_0', ApplicationMode: 'INTERACTIVE' }],
    refused: [
      { RuntimeEnvironment: 'ZEPPELIN-FLINK-3_0' },
      { RuntimeEnvironment: 'FLINK-1_20', ApplicationMode: 'INTERACTIVE' },
    ],
  },
  {
    ...creates,
    taken: [
      flink({ CheckpointConfiguration: { ConfigurationType: 'DEFAULT' } }),
      flink({ ParallelismConfiguration: { ConfigurationType: 'CUSTOM', Parallelism: 2 } }),
    ],
    refused: [
      flink({ ParallelismConfiguration: { ConfigurationType: 'DEFAULT', Parallelism: 2 } }),
      flink({ MonitoringConfiguration: { ConfigurationType: 'DEFAULT', LogLevel: 'INFO' } }),
    ],
  },
  {
    ...creates,
    taken: [code('ZIPFILE', onS3), code('PLAINTEXT', { TextContent: 'SELECT 1' })],
    refused: [
      code('ZIPFILE', {}),
      code('ZIPFILE', { TextContent: 'x' }),
      code('PLAINTEXT', { TextContent: 'x', ...onS3 }),
    ],
  },
  {
    ...creates,
    taken: [
      artifact({ ArtifactType: 'DEPENDENCY_JAR', ...maven }),
      artifact({ ArtifactType: 'UDF', ...onS3 }),
    ],
    refused: [
      artifact({ ArtifactType: 'DEPENDENCY_JAR' }),
      artifact({ ArtifactType: 'DEPENDENCY_JAR', ...maven, ...onS3 }),
      artifact({ ArtifactType: 'UDF', ...maven }),
    ],
  },
];
