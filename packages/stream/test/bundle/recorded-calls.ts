import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of AWS, as a policy sees it. */
export interface RecordedCall {
  readonly action: string;
  readonly resource: string;
}

/** A server between clients and the emulator, which passes everything on and keeps what was called. */
export interface CallRecorder extends AsyncDisposable {
  readonly url: string;
  /** What was called since it was asked last. */
  take(): readonly RecordedCall[];
}

/** Starts a recorder in front of an address, such as `http://127.0.0.1:5000`. */
export async function startRecorder(behind: string, account: string, region: string): Promise<CallRecorder> {
  let calls: RecordedCall[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { method = 'GET', url = '/', headers } = incoming;
    calls.push(
      ...callsOf(method, url, String(headers['x-amz-target'] ?? ''), body.toString(), account, region),
    );
    request(new URL(url, behind), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    }).end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = calls;
      calls = [];
      return taken;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type Item = Readonly<Record<string, { readonly TableName: string }>>;

/** A request as the actions that it needs: a transaction needs those of its writes. */
function callsOf(
  method: string,
  url: string,
  called: string,
  body: string,
  account: string,
  region: string,
): RecordedCall[] {
  const [, operation = ''] = called.split('.');
  if (called.startsWith('DynamoDB_')) {
    const input = JSON.parse(body);
    const table = (name: string, index?: string): string =>
      `arn:aws:dynamodb:${region}:${account}:table/${name}${index === undefined ? '' : `/index/${index}`}`;
    if (operation === 'TransactWriteItems')
      return (input.TransactItems as Item[]).flatMap((item) =>
        Object.entries(item).map(([write, { TableName }]) => ({
          action: `dynamodb:${write}Item`,
          resource: table(TableName),
        })),
      );
    const names: string[] =
      operation === 'BatchGetItem' ? Object.keys(input.RequestItems) : [String(input.TableName)];
    return names.map((name) => ({ action: `dynamodb:${operation}`, resource: table(name, input.IndexName) }));
  }
  const form = new URLSearchParams(body.startsWith('Action=') ? body : '');
  if (form.has('TopicArn')) return [{ action: 'sns:Publish', resource: form.get('TopicArn') ?? '' }];
  if (method === 'PUT')
    return [{ action: 's3:PutObject', resource: `arn:aws:s3:::${url.slice(1).split('?')[0]}` }];
  return [{ action: `${method} ${called}`, resource: url }];
}
