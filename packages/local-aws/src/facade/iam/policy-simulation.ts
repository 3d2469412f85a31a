import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../aws-error.ts';
import { signatureScope } from '../signature-scope.ts';
import { principalPolicies } from './principal-policies.ts';
import { membersOf, xmlText } from './query-protocol.ts';

const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';

/** AWS's own maximum of one answer is higher; pages are shorter here, so that callers meet more than one. */
const pageSize = 50;

/**
 * `SimulatePrincipalPolicy` over the policies that the emulator stores
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html), by the simulator of {@link simulateAccess}. The emulator
 * has no such operation. Boundaries, policies of organizations and of groups are left out.
 */
export const policySimulation = {
  /** Whether a request is to IAM: its operation is in the body. */
  covers: (request: IncomingMessage): boolean =>
    request.method === 'POST' && signatureScope(request).service === 'iam',

  /** @returns false for another operation of IAM */
  async answer(moto: string, body: Buffer, response: ServerResponse): Promise<boolean> {
    const input = new URLSearchParams(body.toString('utf8'));
    if (input.get('Action') !== 'SimulatePrincipalPolicy') return false;
    try {
      response.writeHead(200, { 'content-type': 'text/xml' }).end(await simulate(moto, input));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      response
        .writeHead(error.status, { 'content-type': 'text/xml' })
        .end(
          `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${error.type}</Code>` +
            `<Message>${xmlText(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
        );
    }
    return true;
  },
};

async function simulate(moto: string, input: URLSearchParams): Promise<string> {
  // The simulator and its data are loaded by who asks for them.
  const { simulateAccess } = await import('../../iam/simulate-access.ts');
  const principal = input.get('PolicySourceArn') ?? '';
  const identity = await principalPolicies(moto, principal);
  const actions = membersOf(input, 'ActionNames');
  const given = membersOf(input, 'ResourceArns');
  const context = contextOf(input);
  const asked = actions.flatMap((action) =>
    (given.length > 0 ? given : ['*']).map((resource) => ({ action, resource, context })),
  );
  const first = Number(input.get('Marker') ?? 0);
  const page = asked.slice(first, first + pageSize);
  const results = await Promise.all(
    page.map(async (request) => {
      // AWS compares texts, also where an action has no such resource.
      const decision = await simulateAccess({ identity, principal }, request, { takesAnyResource: true });
      return (
        `<member><EvalActionName>${xmlText(request.action)}</EvalActionName>` +
        `<EvalResourceName>${xmlText(request.resource)}</EvalResourceName><EvalDecision>${decision}</EvalDecision>` +
        '<MatchedStatements/><MissingContextValues/></member>'
      );
    }),
  );
  const next = first + pageSize;
  const more = next < asked.length;
  return (
    `<SimulatePrincipalPolicyResponse xmlns="${namespace}"><SimulatePrincipalPolicyResult>` +
    `<IsTruncated>${more}</IsTruncated>${more ? `<Marker>${next}</Marker>` : ''}` +
    `<EvaluationResults>${results.join('')}</EvaluationResults></SimulatePrincipalPolicyResult>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></SimulatePrincipalPolicyResponse>`
  );
}

function contextOf(input: URLSearchParams): Record<string, string | string[]> {
  const context: Record<string, string | string[]> = {};
  for (let index = 1; ; index += 1) {
    const entry = `ContextEntries.member.${index}`;
    const key = input.get(`${entry}.ContextKeyName`);
    if (key === null) return context;
    const values = membersOf(input, `${entry}.ContextKeyValues`);
    const isList = (input.get(`${entry}.ContextKeyType`) ?? '').endsWith('List');
    context[key] = isList ? values : (values[0] ?? '');
  }
}
