import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { deleteData } from '../../src/deploy/destroy/delete-data.ts';
import type { SynthesizedStack } from '../../src/deploy/stack/synthesized-stack.ts';

const bucket = {
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName: 'shop-lake' },
  DeletionPolicy: 'RetainExceptOnCreate',
};
const stack: SynthesizedStack = {
  ...{ folder: '', stack: 'shop', account: '123456789012', region: 'us-east-1' },
  template: { Resources: { Lake: bucket } },
  ...{ templateFile: '', templateBytes: 0, paths: new Map(), assets: [], bootstrapVersion: undefined },
};

/** Answers of an account whose stack is gone, and whose bucket has one object and the tag of the platform. */
const answers: readonly (readonly [request: RegExp, status: number, body: string])[] = [
  [
    /GetCallerIdentity/,
    200,
    '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  ],
  [
    /DescribeStacks/,
    400,
    '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id shop does not exist</Message></Error></ErrorResponse>',
  ],
  [
    /[?&]tagging/,
    200,
    '<Tagging><TagSet><Tag><Key>headwater:database</Key><Value>shop</Value></Tag></TagSet></Tagging>',
  ],
  [
    /[?&]versions/,
    200,
    '<ListVersionsResult><IsTruncated>false</IsTruncated><Version><Key>1.parquet</Key><VersionId>1</VersionId><Size>4</Size></Version></ListVersionsResult>',
  ],
];

/** Serves the answers to the AWS SDK, and lists the requests that it has no answer for. */
async function account(): Promise<readonly string[]> {
  const others: string[] = [];
  const server = createServer((request, response) => {
    let text = `${request.method} ${request.url} `;
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      const [, status, body] = answers.find(([pattern]) => pattern.test(text)) ?? [];
      if (status === undefined) others.push(text);
      response.writeHead(status ?? 400, { 'content-type': 'text/xml' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = Object(server.address());
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'b');
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.close();
  });
  return others;
}

test('what is stopped at the last resource is interrupted, and not deleted', async () => {
  const others = await account();
  const { plan } = await deleteData(stack, 'shop');
  expect(plan.deletes.map(({ what }) => what)).toEqual(['bucket shop-lake']);
  const stop = new AbortController();
  const stopped = deleteData(stack, 'shop', {
    token: plan.token,
    onStep: () => stop.abort(),
    signal: stop.signal,
  });
  await expect(stopped).rejects.toMatchObject({
    code: 'INTERRUPTED',
    message: expect.stringContaining('0 of 1 are deleted'),
  });
  expect(others).toEqual([]);
});
