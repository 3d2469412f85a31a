import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The clients of a stream on AWS. */
export interface StreamClients {
  readonly kinesis: KinesisClient;
  readonly dynamodb: DynamoDBClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  destroy(): void;
}

/**
 * Opens the clients. Each speaks HTTP/1.1: that of Kinesis would speak HTTP/2, which no local Kinesis does.
 *
 * @param endpoint the address of all services
 */
export function openStreamClients(endpoint: string, region: string): StreamClients {
  const config = { endpoint, region, requestHandler: new NodeHttpHandler({ requestTimeout: 60_000 }) };
  const clients = {
    kinesis: new KinesisClient(config),
    dynamodb: new DynamoDBClient(config),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
