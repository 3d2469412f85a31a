import type { AthenaClient } from '@aws-sdk/client-athena';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';

/** Clients of the services that are asked about an account. */
export interface ServiceClients extends Disposable {
  readonly region: string;
  readonly athena: AthenaClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly glue: GlueClient;
  readonly iam: IAMClient;
  readonly kinesis: KinesisClient;
  readonly quotas: ServiceQuotasClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

/** Three attempts, and seconds for each: a question that AWS does not answer is a finding, and the other questions are asked. */
const patience = { maxAttempts: 3, requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 } };

/**
 * Loads the AWS SDK and makes the clients, for one region. Credentials and addresses are those of the environment.
 * @example using clients = await openServiceClients('eu-central-1');
 */
export async function openServiceClients(region: string): Promise<ServiceClients> {
  const [athena, formation, watch, glue, iam, kinesis, quotas, s3, sqs, ssm, sts] = await Promise.all([
    import('@aws-sdk/client-athena'),
    import('@aws-sdk/client-cloudformation'),
    import('@aws-sdk/client-cloudwatch'),
    import('@aws-sdk/client-glue'),
    import('@aws-sdk/client-iam'),
    import('@aws-sdk/client-kinesis'),
    import('@aws-sdk/client-service-quotas'),
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-sqs'),
    import('@aws-sdk/client-ssm'),
    import('@aws-sdk/client-sts'),
  ]);
  const { NodeHttpHandler } = await import('@smithy/node-http-handler');
  const settings = { region, ...patience };
  const clients = {
    athena: new athena.AthenaClient(settings),
    cloudFormation: new formation.CloudFormationClient(settings),
    cloudWatch: new watch.CloudWatchClient(settings),
    glue: new glue.GlueClient(settings),
    iam: new iam.IAMClient(settings),
    // Its own handler speaks HTTP/2, which addresses on this machine do not.
    kinesis: new kinesis.KinesisClient({
      ...settings,
      requestHandler: new NodeHttpHandler(patience.requestHandler),
    }),
    quotas: new quotas.ServiceQuotasClient(settings),
    s3: new s3.S3Client(settings),
    sqs: new sqs.SQSClient(settings),
    ssm: new ssm.SSMClient(settings),
    sts: new sts.STSClient(settings),
  };
  return {
    region,
    ...clients,
    [Symbol.dispose]() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
