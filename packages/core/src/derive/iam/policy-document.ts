import { HeadwaterError } from '../../errors/headwater-error.ts';

/** One permission of a policy document (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html). */
export interface IamStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: {
    readonly StringLike?: Record<string, string[]>;
    readonly StringEquals?: Record<string, string[]>;
    readonly 'ForAnyValue:StringEquals'?: Record<string, string[]>;
  };
}

/** A policy document of IAM. */
export interface IamPolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: IamStatement[];
}

/** A statement with its reason, for which a policy document has no place. */
export interface ReasonedStatement extends IamStatement {
  readonly reason: string;
}

/** A policy with the reason for each of its statements. */
export interface DerivedPolicy {
  readonly policy: IamPolicyDocument;
  /** Reasons by the Sid of the statement. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** The maximum size of a managed policy in characters, without white space (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const maxCharacters = 6144;

/** The size of a policy as IAM counts it: in characters, without white space. */
export const policySize = (policy: IamPolicyDocument): number =>
  JSON.stringify(policy).replace(/\s/g, '').length;

/**
 * Combines statements to a policy.
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for a policy above the maximum size
 */
export function policyOf(statements: readonly ReasonedStatement[]): DerivedPolicy {
  const policy: IamPolicyDocument = {
    Version: '2012-10-17',
    Statement: statements.map(({ reason: _, ...statement }) => statement),
  };
  const size = policySize(policy);
  if (size > maxCharacters) {
    throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
      what: 'The policy',
      size,
      limit: maxCharacters,
      unit: 'characters',
      fix: 'Derive one policy for each table, and attach them all',
    });
  }
  return { policy, reasons: Object.fromEntries(statements.map(({ Sid, reason }) => [Sid, reason])) };
}
