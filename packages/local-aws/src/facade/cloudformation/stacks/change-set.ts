import type { ResourceChange } from './plan-changes.ts';
import type { Stack, StackDescription } from './stack.ts';

/** A change that was planned, and can be executed. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stack: Stack;
  readonly created: Date;
  readonly description?: string | undefined;
  readonly next: StackDescription;
  readonly changes: readonly ResourceChange[];
  /** Why it cannot be executed: it changes nothing. */
  readonly reason?: string | undefined;
  readonly isImporting: boolean;
  isExecuted: boolean;
}

/** A change set as DescribeChangeSet answers. */
export function describeChangeSet(changeSet: ChangeSet): object {
  const { id, name, stack, created, description, next, changes, reason, isExecuted } = changeSet;
  return {
    ChangeSetName: name,
    ChangeSetId: id,
    StackId: stack.id,
    StackName: stack.name,
    Description: description,
    Parameters: Object.entries(next.rawParameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    CreationTime: created,
    ExecutionStatus: reason === undefined ? (isExecuted ? 'EXECUTE_COMPLETE' : 'AVAILABLE') : 'UNAVAILABLE',
    Status: reason === undefined ? 'CREATE_COMPLETE' : 'FAILED',
    StatusReason: reason,
    Tags: next.tags,
    Changes: changes.map(describeChange),
  };
}

function describeChange({ action, logicalId, type, before, properties, replacing }: ResourceChange): object {
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      ...(before?.made === undefined ? {} : { PhysicalResourceId: before.made.id }),
      ResourceType: type,
      ...(action === 'Modify' ? { Replacement: replacing.length > 0 ? 'True' : 'False' } : {}),
      Scope: properties.length > 0 ? ['Properties'] : [],
      Details: properties.map((name) => ({
        Target: {
          Attribute: 'Properties',
          Name: name,
          RequiresRecreation: replacing.includes(name) ? 'Always' : 'Never',
        },
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      })),
    },
  };
}
