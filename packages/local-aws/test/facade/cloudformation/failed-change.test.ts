import { once } from 'node:events';
import { tmpdir } from 'node:os';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFacade } from '../../../src/facade/facade.ts';

it('fails the stack, and not the stand-in, when a change meets what it did not expect', async () => {
  const errors = vi.spyOn(console, 'error').mockReturnValue();
  // The emulator is not asked: the stand-in skips what the template has.
  const facade = createFacade({
    moto: 'http://127.0.0.1:1',
    trino: 'http://127.0.0.1:1',
    results: tmpdir(),
  });
  facade.listen(0, '127.0.0.1');
  await once(facade, 'listening');
  const client = new CloudFormationClient({
    endpoint: `http://127.0.0.1:${Object(facade.address()).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  onTestFinished(() => {
    errors.mockRestore();
    client.destroy();
    facade.close();
  });
  const settled = async (StackName: string | undefined) =>
    vi.waitFor(
      async () => {
        const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
        expect(stack?.StackStatus).not.toMatch(/_IN_PROGRESS$/);
        return stack;
      },
      { timeout: 60_000, interval: 20 },
    );
  // No creation looks at what depends on nothing under a condition that does not hold.
  const Type = 'AWS::CloudTrail::Trail';
  const TemplateBody = JSON.stringify({
    Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
    Resources: { Trail: { Type }, Never: { Type, Condition: 'No', DependsOn: 'Nothing' } },
  });
  const { StackId } = await client.send(new CreateStackCommand({ StackName: 'odd', TemplateBody }));
  expect(await settled(StackId)).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  await client.send(new DeleteStackCommand({ StackName: 'odd' }));
  expect(await settled(StackId)).toMatchObject({
    StackStatus: 'DELETE_FAILED',
    StackStatusReason: expect.stringContaining('[Nothing]'),
  });
  expect(errors).toHaveBeenCalledOnce();
});
