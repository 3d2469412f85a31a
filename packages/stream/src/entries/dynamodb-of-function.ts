import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * The client of a function. Lambda delivers again what a busy table does not take, so a request ends soon, and the store alone repeats
 * it: repeats of repeats would use up the time of the invocation.
 */
export const dynamodbOfFunction = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: 5000 }),
  });
