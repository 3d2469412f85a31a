import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';

/** A document of IAM, as a caller has it. */
export type PolicyDocument = object;

/** One request to AWS, as IAM sees it. */
export interface AccessRequest {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** Keys of conditions, such as `s3:prefix`. Keys that an action does not have are ignored, as by IAM. */
  readonly context?: Readonly<Record<string, string | readonly string[]>> | undefined;
}

/** The policies that decide about a request. */
export interface AccessPolicies {
  /** The policies of the caller. */
  readonly identity: readonly PolicyDocument[];
  /** The policy of the resource, such as that of a bucket. */
  readonly resource?: PolicyDocument | undefined;
  /** The ARN of the caller. Defaults to a role of the account 123456789012. */
  readonly principal?: string | undefined;
}

/** The decisions of IAM, in the words of `SimulatePrincipalPolicy`. */
export type AccessDecision = 'allowed' | 'explicitDeny' | 'implicitDeny';

const decisions: Readonly<Record<string, AccessDecision>> = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'explicitDeny',
  ImplicitlyDenied: 'implicitDeny',
};

/**
 * The policy of a key where none is given: it leaves the decision to the policies of callers, as that of a new key does
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html). A key without one refuses everybody.
 */
const keyPolicy = (account: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

const anyone = 'arn:aws:iam::123456789012:role/caller';

/** How a simulation takes what is asked. */
export interface SimulateOptions {
  /**
   * Whether a resource that the action does not have is compared with the policies all the same, as `SimulatePrincipalPolicy` does. Defaults to
   * false: such a question is an error.
   */
  readonly takesAnyResource?: boolean | undefined;
}

/**
 * Decides a request by policies, as IAM does (https://github.com/cloud-copilot/iam-simulate). For tests and the stand-in alone: the simulator is
 * under the AGPL, and no published package depends on it.
 *
 * @throws Error for an action that does not exist, a resource that the action does not have, or a document that is no policy: an answer to
 *   such a question would say nothing
 * @example await simulateAccess({ identity: [policy] }, { action: 's3:GetObject', resource: 'arn:aws:s3:::shop-lake/events/x' }) // 'implicitDeny'
 */
export async function simulateAccess(
  { identity, resource: given, principal = anyone }: AccessPolicies,
  { action, resource, context = {} }: AccessRequest,
  { takesAnyResource = false }: SimulateOptions = {},
): Promise<AccessDecision> {
  const accountId = principal.split(':')[4] ?? '';
  const resourcePolicy = given ?? (action.startsWith('kms:') ? keyPolicy(accountId) : undefined);
  const simulation: Simulation = {
    request: {
      principal,
      action,
      resource: { resource, accountId },
      contextVariables: Object.fromEntries(
        Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
      ),
    },
    identityPolicies: identity.map((policy, index) => ({ name: `policy${index}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
  };
  const result = takesAnyResource ? runUnsafeSimulation(simulation, {}) : await checkedResult(simulation);
  const decision = decisions[result];
  if (decision === undefined) throw new Error(`${action} on ${resource}: the simulator answers ${result}`);
  return decision;
}

async function checkedResult(simulation: Simulation): Promise<string> {
  const answer = await runSimulation(simulation, {});
  if (answer.resultType !== 'error') return answer.overallResult;
  const { action, resource } = simulation.request;
  throw new Error(
    `${action} on ${resource.resource}: ${answer.errors.message} ${JSON.stringify(answer.errors)}`,
  );
}
