import { at, type Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';

const account = '123456789012';

/** The members of a configuration that its description has under another name. */
const described: Readonly<Record<string, string>> = {
  ApplicationCodeConfiguration: 'ApplicationCodeConfigurationDescription',
  ApplicationSnapshotConfiguration: 'ApplicationSnapshotConfigurationDescription',
  ApplicationSystemRollbackConfiguration: 'ApplicationSystemRollbackConfigurationDescription',
  CatalogConfiguration: 'CatalogConfigurationDescription',
  CheckpointConfiguration: 'CheckpointConfigurationDescription',
  CodeContent: 'CodeContentDescription',
  CustomArtifactsConfiguration: 'CustomArtifactsConfigurationDescription',
  DeployAsApplicationConfiguration: 'DeployAsApplicationConfigurationDescription',
  EnvironmentProperties: 'EnvironmentPropertyDescriptions',
  FlinkApplicationConfiguration: 'FlinkApplicationConfigurationDescription',
  GlueDataCatalogConfiguration: 'GlueDataCatalogConfigurationDescription',
  MavenReference: 'MavenReferenceDescription',
  MonitoringConfiguration: 'MonitoringConfigurationDescription',
  ParallelismConfiguration: 'ParallelismConfigurationDescription',
  PropertyGroups: 'PropertyGroupDescriptions',
  S3ContentLocation: 'S3ApplicationCodeLocationDescription',
  ZeppelinApplicationConfiguration: 'ZeppelinApplicationConfigurationDescription',
};

/** A configuration as DescribeApplication has it. */
function descriptionOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(descriptionOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [described[name] ?? name, descriptionOf(item)]),
  );
}

interface LoggingOption {
  readonly CloudWatchLoggingOptionId: string;
  readonly LogStreamARN: unknown;
}

interface Application {
  readonly input: Members;
  readonly made: Date;
  readonly logging: LoggingOption[];
  readonly tags: Map<string, unknown>;
  version: number;
}

/**
 * Applications of Managed Flink: kept, described, logged and deleted. None is started. moto makes and describes them, and cannot delete them.
 *
 * @see https://docs.aws.amazon.com/managed-flink/latest/apiv2/Welcome.html
 */
export class FlinkApplications {
  readonly #held = new Map<string, Application>();

  /** The answer to an operation; undefined for one that the stand-in does not have. */
  answer(region: string, operation: string, input: Members): Members | undefined {
    const name = String(input['ApplicationName']);
    const key = `${region}/${name}`;
    switch (operation) {
      case 'CreateApplication':
        return this.#create(region, key, input);
      case 'DescribeApplication':
        return { ApplicationDetail: this.#detail(region, this.#get(key)) };
      case 'ListApplications':
        return {
          ApplicationSummaries: [...this.#held]
            .filter(([held]) => held.startsWith(`${region}/`))
            .map(([, application]) => summaryOf(region, application)),
        };
      case 'DeleteApplication':
        this.#get(key);
        this.#held.delete(key);
        return {};
      case 'AddApplicationCloudWatchLoggingOption': {
        const application = this.#get(key);
        application.version += 1;
        application.logging.push({
          CloudWatchLoggingOptionId: `${application.version}.1`,
          LogStreamARN: at(input, 'CloudWatchLoggingOption', 'LogStreamARN'),
        });
        return this.#logging(region, application);
      }
      case 'DeleteApplicationCloudWatchLoggingOption': {
        const application = this.#get(key);
        const index = application.logging.findIndex(
          ({ CloudWatchLoggingOptionId }) => CloudWatchLoggingOptionId === input['CloudWatchLoggingOptionId'],
        );
        if (index < 0) throw missing(`logging option ${String(input['CloudWatchLoggingOptionId'])}`);
        application.logging.splice(index, 1);
        application.version += 1;
        return this.#logging(region, application);
      }
      case 'ListTagsForResource':
        return { Tags: [...this.#ofArn(input).tags].map(([Key, Value]) => ({ Key, Value })) };
      case 'TagResource':
        tag(this.#ofArn(input).tags, input['Tags']);
        return {};
      default:
        return undefined;
    }
  }

  #create(region: string, key: string, input: Members): Members {
    if (this.#held.has(key))
      throw new AwsError('ResourceInUseException', `The application ${key.split('/')[1]} already exists.`);
    const application: Application = { input, made: new Date(), logging: [], tags: new Map(), version: 1 };
    tag(application.tags, input['Tags']);
    for (const option of Object.values(Object(input['CloudWatchLoggingOptions'])))
      application.logging.push({
        CloudWatchLoggingOptionId: '1.1',
        LogStreamARN: at(option, 'LogStreamARN'),
      });
    this.#held.set(key, application);
    return { ApplicationDetail: this.#detail(region, application) };
  }

  #detail(region: string, application: Application): Members {
    const { input, made, logging, version } = application;
    const { ApplicationConfiguration, CloudWatchLoggingOptions: _options, Tags: _tags, ...others } = input;
    return {
      ...others,
      ApplicationARN: arnOf(region, input),
      ApplicationStatus: 'READY',
      ApplicationVersionId: version,
      CreateTimestamp: made,
      LastUpdateTimestamp: made,
      ...(ApplicationConfiguration === undefined
        ? {}
        : { ApplicationConfigurationDescription: descriptionOf(ApplicationConfiguration) }),
      CloudWatchLoggingOptionDescriptions: logging,
    };
  }

  #logging(region: string, { input, logging, version }: Application): Members {
    return {
      ApplicationARN: arnOf(region, input),
      ApplicationVersionId: version,
      CloudWatchLoggingOptionDescriptions: logging,
    };
  }

  #ofArn({ ResourceARN }: Members): Application {
    const [, , , region = '', , path = ''] = String(ResourceARN).split(':');
    return this.#get(`${region}/${path.replace('application/', '')}`);
  }

  #get(key: string): Application {
    const found = this.#held.get(key);
    if (found === undefined) throw missing(`application ${key.split('/')[1]}`);
    return found;
  }
}

const missing = (what: string): AwsError => new AwsError('ResourceNotFoundException', `There is no ${what}.`);

const arnOf = (region: string, input: Members): string =>
  `arn:aws:kinesisanalytics:${region}:${account}:application/${String(input['ApplicationName'])}`;

const summaryOf = (region: string, { input, version }: Application): Members => ({
  ApplicationName: input['ApplicationName'],
  ApplicationARN: arnOf(region, input),
  ApplicationStatus: 'READY',
  ApplicationVersionId: version,
  RuntimeEnvironment: input['RuntimeEnvironment'],
  ...(input['ApplicationMode'] === undefined ? {} : { ApplicationMode: input['ApplicationMode'] }),
});

function tag(tags: Map<string, unknown>, given: unknown): void {
  if (Array.isArray(given)) for (const one of given) tags.set(String(at(one, 'Key')), at(one, 'Value'));
}
