import { HeadwaterError } from '../../errors/headwater-error.ts';

/** One permission of a policy document (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html). */
export interface IamStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: { readonly StringLike: Record<string, string[]> };
}

/** A policy document as IAM takes it. */
export interface IamPolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: IamStatement[];
}

/** A statement with what JSON has no place for: why it is there. */
export interface ReasonedStatement extends IamStatement {
  readonly reason: string;
}

/** A policy, and why each of its statements is there. */
export interface DerivedPolicy {
  readonly policy: IamPolicyDocument;
  /** By the statements' Sid. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** Characters of a managed policy, white space not counted (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const maxCharacters = 6144;

/**
 * Puts statements together.
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for more than a managed policy holds
 */
export function policyOf(statements: readonly ReasonedStatement[]): DerivedPolicy {
  const policy: IamPolicyDocument = {
    Version: '2012-10-17',
    Statement: statements.map(({ reason: _, ...statement }) => statement),
  };
  const size = JSON.stringify(policy).replace(/\s/g, '').length;
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
