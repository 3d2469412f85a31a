import type { IConstruct } from 'constructs';

/** Has CloudFormation make a construct after others. What the platform does not have is left out. */
export const dependOn = (construct: IConstruct, ...others: readonly (IConstruct | undefined)[]): void =>
  construct.node.addDependency(...others.filter((other) => other !== undefined));
