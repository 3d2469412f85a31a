import type { MadeResource, Properties } from '../resources/resource-handler.ts';
import type { Template } from '../template/template.ts';

/** A state of a stack, as DescribeStacks names it. */
export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | `${'CREATE' | 'UPDATE' | 'ROLLBACK' | 'DELETE' | 'UPDATE_ROLLBACK'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';

/** A state of a resource. */
export type ResourceStatus =
  | `${'CREATE' | 'UPDATE' | 'DELETE' | 'IMPORT'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
  | 'DELETE_SKIPPED';

/** A resource of a stack. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** Its properties as the template gives them, evaluated. */
  readonly given: Properties;
  /** Absent for a type that the stand-in skips. */
  readonly made?: MadeResource | undefined;
  readonly status: ResourceStatus;
  readonly updated: Date;
}

/** An event of a stack, as DescribeStackEvents names its members. */
export interface StackEvent {
  readonly EventId: string;
  readonly StackId: string;
  readonly StackName: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
  readonly ResourceType: string;
  readonly Timestamp: Date;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string | undefined;
  readonly ClientRequestToken?: string | undefined;
}

/** An output of a stack. */
export interface StackOutput {
  readonly OutputKey: string;
  readonly OutputValue: string;
  readonly Description?: string | undefined;
  readonly ExportName?: string | undefined;
}

/** What a stack is to be. */
export interface StackDescription {
  /** The template as it was sent. */
  readonly templateBody: string;
  readonly template: Template;
  /** Values of parameters; those of the Parameter Store read. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Values of parameters as they were given. */
  readonly rawParameters: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** A stack. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly created: Date;
  status: StackStatus;
  statusReason?: string | undefined;
  /** Absent until the first change set is executed. */
  description?: StackDescription | undefined;
  updated?: Date | undefined;
  deleted?: Date | undefined;
  isProtected: boolean;
  readonly resources: Map<string, StackResource>;
  outputs: readonly StackOutput[];
  /** The oldest first. */
  readonly events: StackEvent[];
}
