import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { createFacade } from '../../src/facade/facade.ts';

it('refuses to simulate for what is no principal, and answers the next request', async () => {
  // Nothing is asked of the emulator: the ARN is refused before.
  const facade = createFacade({
    moto: 'http://127.0.0.1:1',
    trino: 'http://127.0.0.1:1',
    results: tmpdir(),
  });
  facade.listen(0, '127.0.0.1');
  await once(facade, 'listening');
  onTestFinished(() => void facade.close());
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${Object(facade.address()).port}`, {
      method: 'POST',
      headers: {
        connection: 'close',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none',
      },
      body: new URLSearchParams({
        Action: 'SimulatePrincipalPolicy',
        PolicySourceArn: 'arn:aws:s3:::shop-lake',
        'ActionNames.member.1': 's3:GetObject',
      }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const refused = {
    status: 400,
    text: expect.stringMatching(
      /<Code>InvalidInput<\/Code><Message>Invalid Entity Arn: arn:aws:s3:::shop-lake /,
    ),
  };
  expect(await ask()).toEqual(refused);
  expect(await ask()).toEqual(refused);
});
