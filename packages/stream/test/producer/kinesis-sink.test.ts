import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { createProducer, kinesisSink, type UnsentEvent } from '../../src/producer/index.ts';
import { shop } from './shop.ts';

type Answer = (response: ServerResponse) => void;
interface SeenRequest {
  readonly version: string;
  readonly target: unknown;
  readonly body: unknown;
}

const servers: (() => void)[] = [];
afterEach(() => {
  for (const stop of servers.splice(0)) stop();
});

/** A Kinesis that answers each request as a test says; the last answer stays. */
async function serve(...answers: Answer[]) {
  const seen: SeenRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body: unknown = await json(request);
    seen.push({ version: request.httpVersion, target: request.headers['x-amz-target'], body });
    answers[Math.min(seen.length, answers.length) - 1]?.(response);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = Object(server.address());
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const clientConfig = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials };
  return { seen, clientConfig };
}

const say =
  (status: number, body: object): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
const put = (number: number) => ({ SequenceNumber: String(number), ShardId: 'shardId-000000000000' });
const breakOff: Answer = (response) => response.destroy();
const hang: Answer = () => undefined;
const entry = (text: string) => ({ partitionKey: text, data: Buffer.from(text) });
const event = { at: new Date(0), kind: 'view', visitor: 'v1', product: 1n } as const;
const quick = { lingerMilliseconds: 0, backoff: { baseMilliseconds: 1, maximumMilliseconds: 2 } };

it('puts records by HTTP/1.1, and gives a result for each', async () => {
  const throttled = { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Rate exceeded' };
  const { seen, clientConfig } = await serve(
    say(200, { FailedRecordCount: 1, Records: [put(1), throttled] }),
  );
  const sink = kinesisSink({ streamName: 'clicks', clientConfig });
  const entries = [{ ...entry('a'), explicitHashKey: '7' }, entry('b')];
  expect(await sink.putRecords(entries)).toEqual([
    { sequenceNumber: '1', shardId: 'shardId-000000000000' },
    { errorCode: 'ProvisionedThroughputExceededException', errorMessage: 'Rate exceeded' },
  ]);
  await sink.close();
  expect(seen).toEqual([
    {
      version: '1.1',
      target: 'Kinesis_20131202.PutRecords',
      body: {
        StreamName: 'clicks',
        Records: [
          { PartitionKey: 'a', Data: 'YQ==', ExplicitHashKey: '7' },
          { PartitionKey: 'b', Data: 'Yg==' },
        ],
      },
    },
  ]);
});

it('names a stream by its ARN', async () => {
  const { seen, clientConfig } = await serve(say(200, { Records: [put(1)] }));
  const streamName = 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks';
  const sink = kinesisSink({ streamName, clientConfig });
  await sink.putRecords([entry('a')]);
  await sink.close();
  expect(Object(seen[0]?.body)).toMatchObject({ StreamARN: streamName });
});

it('sends again after errors that pass, by itself and not by the client', async () => {
  const { seen, clientConfig } = await serve(
    say(400, { __type: 'ProvisionedThroughputExceededException', message: 'Rate exceeded' }),
    say(500, { __type: 'InternalFailure' }),
    breakOff,
    say(503, {}),
    say(200, { Records: [put(1)] }),
  );
  await using producer = createProducer(shop, { streamName: 'clicks', clientConfig, ...quick });
  await producer.send(event);
  await producer.flush();
  expect(producer.counts).toMatchObject({ sent: 1, requests: 5, retried: 4 });
  expect(seen).toHaveLength(5);
});

it.each([
  [say(400, { __type: 'ResourceNotFoundException', message: 'no stream' }), 'ResourceNotFoundException'],
  [say(400, { __type: 'AccessDeniedException', message: 'no' }), 'AccessDeniedException'],
])('gives up at once what the service will not take', async (answer, code) => {
  const { clientConfig } = await serve(answer);
  const unsent: UnsentEvent<object>[] = [];
  const onUnsent = (one: UnsentEvent<object>) => void unsent.push(one);
  const producer = createProducer(shop, { streamName: 'clicks', clientConfig, ...quick, onUnsent });
  await producer.send(event);
  await producer.close();
  expect(unsent).toMatchObject([{ reason: 'refused', code, attempts: 1, mayBeStored: false }]);
});

it('does not wait for an answer longer than closing may take', async () => {
  const { seen, clientConfig } = await serve(hang);
  const unsent: UnsentEvent<object>[] = [];
  const onUnsent = (one: UnsentEvent<object>) => void unsent.push(one);
  const producer = createProducer(shop, { streamName: 'clicks', clientConfig, ...quick, onUnsent });
  await producer.send(event);
  await expect.poll(() => seen.length).toBe(1);
  expect(await producer.close({ timeoutSeconds: 0.1 })).toMatchObject({ accepted: 1, unsent: 1 });
  expect(unsent).toMatchObject([{ event, reason: 'closed', attempts: 1, mayBeStored: true }]);
});
