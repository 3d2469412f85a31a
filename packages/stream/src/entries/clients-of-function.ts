import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Notifier } from '../notify/notifier.ts';
import { createSnsNotifier } from '../sns/sns-notifier.ts';
import { requiredVariable } from './entry-environment.ts';

/**
 * The table of a function's stores, and its client. Lambda delivers again what a busy table does not take, so a request ends soon, and the
 * store alone repeats it: repeats of repeats would use up the time of the invocation.
 */
export const storeTableOfFunction = (): { readonly client: DynamoDBClient; readonly table: string } => ({
  client: new DynamoDBClient({
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: 5000 }),
  }),
  table: requiredVariable('HEADWATER_SESSIONS_TABLE'),
});

/** The topic of a function. */
export const notifierOfFunction = (): Notifier =>
  createSnsNotifier({ client: new SNSClient(), topicArn: requiredVariable('HEADWATER_TOPIC_ARN') });
