import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';

/** The clients by which a deployment looks at an account. */
export interface DeployClients extends AsyncDisposable {
  readonly cloudFormation: CloudFormationClient;
  readonly dynamoDb: DynamoDBClient;
  readonly glue: GlueClient;
  readonly kinesis: KinesisClient;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

/** Makes the clients. Credentials and endpoint are those of the AWS SDK: profile, variables, role. */
export async function createDeployClients(region: string): Promise<DeployClients> {
  const [
    { CloudFormationClient },
    { DynamoDBClient },
    { GlueClient },
    { KinesisClient },
    { S3Client },
    { SSMClient },
    { STSClient },
    { NodeHttpHandler },
  ] = await Promise.all([
    import('@aws-sdk/client-cloudformation'),
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/client-glue'),
    import('@aws-sdk/client-kinesis'),
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-ssm'),
    import('@aws-sdk/client-sts'),
    import('@smithy/node-http-handler'),
  ]);
  const clients = {
    cloudFormation: new CloudFormationClient({ region }),
    dynamoDb: new DynamoDBClient({ region }),
    glue: new GlueClient({ region }),
    // Its own handler speaks HTTP/2, which proxies and local stand-ins often do not.
    kinesis: new KinesisClient({ region, requestHandler: new NodeHttpHandler() }),
    s3: new S3Client({ region, followRegionRedirects: true }),
    ssm: new SSMClient({ region }),
    sts: new STSClient({ region }),
  };
  return {
    ...clients,
    async [Symbol.asyncDispose]() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** The names of errors by which services say that there is no such resource. */
const notThere = [
  'EntityNotFoundException',
  'NoSuchBucket',
  'NotFound',
  'ParameterNotFound',
  'ResourceNotFoundException',
];

/** The answer of a call; undefined where there is no such resource. */
export async function unlessMissing<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && notThere.includes(error.name)) return undefined;
    throw error;
  }
}
