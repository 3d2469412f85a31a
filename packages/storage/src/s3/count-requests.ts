import type * as Sdk from '@aws-sdk/client-s3';
import type { OnRequest } from './on-request.ts';

/** A client that sends through `client`, which stays as it is, and reports each request. */
export function countRequests(client: Sdk.S3Client, onRequest: OnRequest): Sdk.S3Client {
  type Command = Parameters<Sdk.S3Client['send']>[0];
  const counting: Sdk.S3Client = Object.assign(Object.create(client), {
    send(command: Command, ...rest: []) {
      // The SDK repeats a failed request in this step, before what has a low priority.
      command.middlewareStack.add(
        (next, { commandName = '' }) =>
          (args) => {
            onRequest(commandName.replace(/Command$/, ''));
            return next(args);
          },
        { step: 'finalizeRequest', priority: 'low', name: 'headwaterCountRequests', override: true },
      );
      return client.send(command, ...rest);
    },
  });
  return counting;
}
