import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll } from 'vitest';
import { createStream } from './create-stream.ts';
import { type KinesisServer, startKinesis } from './start-kinesis.ts';

/** The settings of a client of Kinesis for a server of this machine. */
export interface LocalClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: NodeHttpHandler;
}

/** The Kinesis of the tests of one file. Use it in tests and hooks; it does not run before them. */
export interface TestKinesis {
  readonly url: string;
  /** For `new KinesisClient(kinesis.clientConfig)`. Its handler speaks HTTP/1, as the server does: a Kinesis client's own speaks HTTP/2. */
  readonly clientConfig: LocalClientConfig;
  /** Creates a stream, active at once. @returns its name */
  createStream(shards?: number): Promise<string>;
}

/**
 * Starts kinesis-local before the tests of the calling file or `describe`, and stops it afterwards. It does what the stand-in's emulator
 * does wrong: shards split and merge, sequence numbers have 56 digits, and a request can fail in part. It puts some hundred records a
 * second, and holds 1 GB of memory after 20,000 of them, so keep tests on it small.
 *
 * @example
 * const kinesis = useKinesisLocal();
 * test('puts', async () => {
 *   const client = new KinesisClient(kinesis.clientConfig);
 *   const StreamName = await kinesis.createStream(2);
 * });
 */
export function useKinesisLocal(): TestKinesis {
  let server: KinesisServer | undefined;
  const requestHandler = new NodeHttpHandler();
  beforeAll(async () => {
    server = await startKinesis();
  });
  afterAll(async () => {
    requestHandler.destroy();
    await server?.stop();
  });
  const url = () => {
    if (!server) throw new Error('Kinesis runs inside of tests and hooks only');
    return server.url;
  };
  return {
    get url() {
      return url();
    },
    get clientConfig() {
      const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
      return { endpoint: url(), region: 'us-east-1', credentials, requestHandler };
    },
    createStream: (shards) => createStream(url(), shards),
  };
}
