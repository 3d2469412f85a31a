import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { queryInput } from '../query-protocol/query-input.ts';
import { answerXml, answerXmlError } from '../query-protocol/xml-answer.ts';
import { signatureScope } from '../signature-scope.ts';
import { principalPolicies } from './principal-policies.ts';

const operation = 'SimulatePrincipalPolicy';

/** A list of the query protocol, which writes an empty one as an empty text. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .or(z.literal('').transform((): z.output<Item>[] => []))
    .default([]);

const simulation = z.object({
  PolicySourceArn: z.string().default(''),
  ActionNames: listOf(z.string()),
  ResourceArns: listOf(z.string()),
  ContextEntries: listOf(
    z.object({
      ContextKeyName: z.string(),
      ContextKeyValues: listOf(z.string()),
      ContextKeyType: z.string().default(''),
    }),
  ),
  Marker: z.coerce.number().default(0),
});

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
    const form = body.toString('utf8');
    if (new URLSearchParams(form).get('Action') !== operation) return false;
    try {
      answerXml(response, 'iam', operation, await simulate(moto, simulation.parse(queryInput(form))));
    } catch (error) {
      answerXmlError(response, 'iam', error);
    }
    return true;
  },
};

async function simulate(
  moto: string,
  { PolicySourceArn, ActionNames, ResourceArns, ContextEntries, Marker }: z.output<typeof simulation>,
): Promise<object> {
  // The simulator and its data are loaded by who asks for them.
  const { simulateAccess } = await import('../../iam/simulate-access.ts');
  const identity = await principalPolicies(moto, PolicySourceArn);
  const policies = { identity, principal: PolicySourceArn };
  const context = Object.fromEntries(
    ContextEntries.map(({ ContextKeyName, ContextKeyValues, ContextKeyType }) => [
      ContextKeyName,
      ContextKeyType.endsWith('List') ? ContextKeyValues : (ContextKeyValues[0] ?? ''),
    ]),
  );
  const asked = ActionNames.flatMap((action) =>
    (ResourceArns.length > 0 ? ResourceArns : ['*']).map((resource) => ({ action, resource, context })),
  );
  const next = Marker + pageSize;
  const IsTruncated = next < asked.length;
  return {
    IsTruncated,
    ...(IsTruncated ? { Marker: next } : {}),
    EvaluationResults: await Promise.all(
      asked.slice(Marker, next).map(async (request) => ({
        EvalActionName: request.action,
        EvalResourceName: request.resource,
        // AWS compares texts, also where an action has no such resource.
        EvalDecision: await simulateAccess(policies, request, { takesAnyResource: true }),
        MatchedStatements: [],
        MissingContextValues: [],
      })),
    ),
  };
}
