import type { PolicyDocument } from '../../iam/simulate-access.ts';
import { AwsError } from '../aws-error.ts';
import { elementTexts } from '../query-protocol/xml-text.ts';

/** The policies of a role or a user as the emulator has them: those in it, and those that are attached. */
export async function principalPolicies(moto: string, arn: string): Promise<PolicyDocument[]> {
  const [, kind = '', name = ''] = /^arn:[^:]+:iam::\d{12}:(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === '')
    throw new AwsError(
      'InvalidInput',
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    );
  const word = kind === 'role' ? 'Role' : 'User';
  const which = { [`${word}Name`]: name };
  const ask = (action: string, more: Readonly<Record<string, string>> = {}): Promise<string> =>
    iamCall(moto, { Action: action, ...which, ...more });
  const names = elementTexts(await ask(`List${word}Policies`), 'member');
  const inline = names.map(async (PolicyName) => {
    const [document = ''] = elementTexts(await ask(`Get${word}Policy`, { PolicyName }), 'PolicyDocument');
    return JSON.parse(decodeURIComponent(document));
  });
  const attached = elementTexts(await ask(`ListAttached${word}Policies`), 'PolicyArn').map(
    async (PolicyArn) => {
      const [VersionId = ''] = elementTexts(
        await iamCall(moto, { Action: 'GetPolicy', PolicyArn }),
        'DefaultVersionId',
      );
      const version = await iamCall(moto, { Action: 'GetPolicyVersion', PolicyArn, VersionId });
      const [document = ''] = elementTexts(version, 'Document');
      return JSON.parse(decodeURIComponent(document));
    },
  );
  return Promise.all([...inline, ...attached]);
}

async function iamCall(moto: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(moto, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none',
    },
    body: new URLSearchParams({ Version: '2010-05-08', ...parameters }),
  });
  const text = await answer.text();
  if (answer.ok) return text;
  const [code = 'ServiceFailure'] = elementTexts(text, 'Code');
  const [message = text] = elementTexts(text, 'Message');
  throw new AwsError(code, message, {}, answer.status);
}
