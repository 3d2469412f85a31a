import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';

/** The clients by which a deployment looks at an account. */
export interface DeployClients extends AsyncDisposable {
  readonly cloudFormation: CloudFormationClient;
  readonly glue: GlueClient;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

/** Makes the clients. Credentials and endpoint are those of the AWS SDK: profile, variables, role. */
export async function createDeployClients(region: string): Promise<DeployClients> {
  const [{ CloudFormationClient }, { GlueClient }, { S3Client }, { SSMClient }, { STSClient }] =
    await Promise.all([
      import('@aws-sdk/client-cloudformation'),
      import('@aws-sdk/client-glue'),
      import('@aws-sdk/client-s3'),
      import('@aws-sdk/client-ssm'),
      import('@aws-sdk/client-sts'),
    ]);
  const clients = {
    cloudFormation: new CloudFormationClient({ region }),
    glue: new GlueClient({ region }),
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
