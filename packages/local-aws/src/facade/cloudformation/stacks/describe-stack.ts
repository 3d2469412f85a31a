import type { Stack, StackResource } from './stack.ts';

/** A stack as DescribeStacks answers. */
export function describeStack(stack: Stack): object {
  const { id, name, description, created, updated, deleted, status, statusReason, outputs, isProtected } =
    stack;
  return {
    StackId: id,
    StackName: name,
    Description: description?.template.Description,
    Parameters: Object.entries(description?.rawParameters ?? {}).map(([ParameterKey, ParameterValue]) => {
      const resolved = description?.parameters[ParameterKey];
      return {
        ParameterKey,
        ParameterValue,
        ...(resolved === ParameterValue ? {} : { ResolvedValue: resolved }),
      };
    }),
    CreationTime: created,
    LastUpdatedTime: updated,
    DeletionTime: deleted,
    StackStatus: status,
    StackStatusReason: statusReason,
    DisableRollback: false,
    NotificationARNs: [],
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    Outputs: outputs,
    Tags: description?.tags ?? [],
    EnableTerminationProtection: isProtected,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** A resource as ListStackResources answers. */
export const summarizeResource = ({ logicalId, type, made, status, updated }: StackResource): object => ({
  LogicalResourceId: logicalId,
  PhysicalResourceId: made?.id,
  ResourceType: type,
  LastUpdatedTimestamp: updated,
  ResourceStatus: status,
  DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
});

/** What the stand-in did not make of a stack's template. */
export interface StackGaps {
  /** Resources of types that it does not make. */
  readonly skipped: readonly { readonly logicalId: string; readonly type: string }[];
  /** Properties that it does not apply, each with its reason where there is one. */
  readonly unapplied: readonly {
    readonly logicalId: string;
    readonly type: string;
    readonly property: string;
  }[];
}

/** Lists what the stand-in did not make of a stack's template. */
export function stackGaps({ resources }: Stack): StackGaps {
  const all = [...resources.values()];
  return {
    skipped: all.filter(({ made }) => made === undefined).map(({ logicalId, type }) => ({ logicalId, type })),
    unapplied: all.flatMap(({ logicalId, type, made }) =>
      (made?.unapplied ?? []).map((property) => ({ logicalId, type, property })),
    ),
  };
}
