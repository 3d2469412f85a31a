import { type AwsRule, at, has, type Members } from './aws-rule.ts';

const page = (name: string): string =>
  `https://docs.aws.amazon.com/managed-flink/latest/apiv2/API_${name}.html`;

const created = { service: 'kinesisanalyticsv2', operations: ['CreateApplication'] } as const;

const flink = (input: Members, ...path: readonly string[]): unknown =>
  at(input, 'ApplicationConfiguration', 'FlinkApplicationConfiguration', ...path);

const groups = ['CheckpointConfiguration', 'MonitoringConfiguration', 'ParallelismConfiguration'] as const;

const countOf = (value: unknown, names: readonly string[]): number =>
  names.filter((name) => has(value, name)).length;

/** Rules about applications of Managed Service for Apache Flink. */
export const flinkRules: readonly AwsRule[] = [
  {
    ...created,
    rule: 'a runtime of Zeppelin is a notebook, of the mode INTERACTIVE, and any other one has the mode STREAMING',
    source: page('CreateApplication'),
    isBroken: (input) =>
      String(at(input, 'RuntimeEnvironment')).startsWith('ZEPPELIN-') !==
      (at(input, 'ApplicationMode') === 'INTERACTIVE'),
  },
  {
    ...created,
    rule: 'checkpoints, monitoring and parallelism are set with ConfigurationType CUSTOM; with DEFAULT the service takes its own values',
    source: page('CheckpointConfiguration'),
    isBroken: (input) =>
      groups.some(
        (group) =>
          flink(input, group, 'ConfigurationType') === 'DEFAULT' &&
          Object.keys(Object(flink(input, group))).length > 1,
      ),
  },
  {
    ...created,
    rule: 'code is either a text, or a zip, or an object of S3, and a text is no zip',
    source: page('CodeContent'),
    isBroken(input) {
      const code = at(input, 'ApplicationConfiguration', 'ApplicationCodeConfiguration');
      if (code === undefined) return false;
      const content = at(code, 'CodeContent');
      const isText = has(content, 'TextContent');
      return (
        countOf(content, ['TextContent', 'ZipFileContent', 'S3ContentLocation']) !== 1 ||
        (isText && at(code, 'CodeContentType') === 'ZIPFILE')
      );
    },
  },
  {
    ...created,
    rule: 'an artifact of a notebook is either of Maven or of S3, and functions are of S3',
    source: page('CustomArtifactConfiguration'),
    isBroken: (input) =>
      [
        at(
          input,
          'ApplicationConfiguration',
          'ZeppelinApplicationConfiguration',
          'CustomArtifactsConfiguration',
        ) ?? [],
      ]
        .flat()
        .some(
          (artifact) =>
            countOf(artifact, ['MavenReference', 'S3ContentLocation']) !== 1 ||
            (at(artifact, 'ArtifactType') === 'UDF' && has(artifact, 'MavenReference')),
        ),
  },
];
