import type { DerivedPolicy } from '@headwater/core';
import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges the wildcards of a derived policy, each by the reason of its statement: cdk-nag reports every action and every resource
 * with a `*`. What is not in the policy stays a finding.
 *
 * @param construct the role or the managed policy that has the document
 * @see https://github.com/cdklabs/cdk-nag/blob/main/RULES.md AwsSolutions-IAM5
 */
export function acknowledgePolicy(construct: IConstruct, { policy, reasons }: DerivedPolicy): void {
  const found = new Map<string, string>();
  for (const { Sid, Action, Resource } of policy.Statement) {
    const wild = (kind: string, texts: readonly string[]): string[] =>
      texts.filter((text) => text.includes('*')).map((text) => `AwsSolutions-IAM5[${kind}::${text}]`);
    for (const id of [...wild('Action', Action), ...wild('Resource', Resource)]) {
      const before = found.get(id);
      found.set(id, `${before === undefined ? '' : `${before}; `}${Sid}: ${reasons[Sid]}`);
    }
  }
  Validations.of(construct).acknowledge(...[...found].map(([id, reason]) => ({ id, reason })));
}
