import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GlueClient } from '@aws-sdk/client-glue';
import { expect, onTestFinished, test } from 'vitest';
import type { DeployClients } from '../../src/deploy/aws/deploy-clients.ts';
import { schemaRegistry } from '../../src/deploy/destroy/glue-data.ts';

/** Clients of a Glue that answers ListSchemas, which the stand-in of AWS does not have. */
async function listing(answer: (token: string | undefined) => { status: number; body: object }) {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      const { status, body } = answer(JSON.parse(text).NextToken);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = Object(server.address());
  const glue = new GlueClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  onTestFinished(() => {
    glue.destroy();
    server.close();
  });
  const clients: Pick<DeployClients, 'glue'> = { glue };
  return (ours: readonly string[]) => schemaRegistry.staysBecause?.(Object(clients), 'shop', new Set(ours));
}

test("a registry goes only if all its schemas are the stack's, on every page", async () => {
  const pages = [
    { Schemas: [{ SchemaName: 'clicks' }], NextToken: '1' },
    { Schemas: [{ SchemaName: 'orders' }] },
  ];
  const reason = await listing((token) => ({ status: 200, body: pages[Number(token ?? 0)] ?? {} }));
  expect(await reason(['shop/clicks', 'shop/orders'])).toBeUndefined();
  expect(await reason(['shop/clicks', 'other/orders'])).toBe('has other schemas, such as orders');
});

test('a registry whose schemas cannot be listed stays', async () => {
  const body = { __type: 'AccessDeniedException', message: 'not authorized' };
  const reason = await listing(() => ({ status: 400, body }));
  expect(await reason(['shop/clicks'])).toBe('has schemas that cannot be listed: not authorized');
});
