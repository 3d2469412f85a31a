import type { BatchGetItemCommandOutput, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Makes a client lose answers: the request is made, and its caller sees a broken connection. */
export function loseAnswers(client: DynamoDBClient, operation: string, count: number): void {
  let left = count;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (commandName !== operation || left === 0) return answer;
        left -= 1;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      },
    { step: 'initialize', name: 'loseAnswers' },
  );
}

/** Makes the answers of BatchGetItem leave keys undone, as DynamoDB does when they are too large or the table is throttled. */
export function leaveKeys(client: DynamoDBClient, table: string, count: number): void {
  let left = count;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (commandName !== 'BatchGetItemCommand' || left === 0) return answer;
        left -= 1;
        const output = answer.output as BatchGetItemCommandOutput;
        const { Keys = [] } =
          (args.input as { RequestItems: Record<string, { Keys?: [] }> }).RequestItems[table] ?? {};
        const undone = Keys.slice(0, Math.ceil(Keys.length / 2));
        const names = new Set(undone.map((key: { PK: { S: string } }) => key.PK.S));
        const Responses = {
          [table]: (output.Responses?.[table] ?? []).filter((item) => !names.has(item['PK']?.S ?? '')),
        };
        return {
          ...answer,
          output: {
            ...output,
            Responses,
            UnprocessedKeys: { [table]: { Keys: undone, ConsistentRead: true } },
          },
        };
      },
    { step: 'initialize', name: 'leaveKeys' },
  );
}

/** Refuses requests as a throttled table does, after the retries of the client. */
export function throttle(client: DynamoDBClient, operation: string, count: number): void {
  let left = count;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== operation || left === 0) return next(args);
        left -= 1;
        const name = 'ThrottlingException';
        throw Object.assign(new Error('Rate exceeded'), { name, $metadata: { httpStatusCode: 400 } });
      },
    { step: 'initialize', name: 'throttle' },
  );
}
