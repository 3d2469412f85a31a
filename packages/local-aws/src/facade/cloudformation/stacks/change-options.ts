import type { ResourcePlace } from '../resources/resource-handler.ts';
import type { Scope } from '../template/evaluate.ts';
import type { StackDescription, StackResource } from './stack.ts';

/** What a change of a stack needs. */
export interface ChangeOptions {
  readonly place: Omit<ResourcePlace, 'generatedName'>;
  /** The scope of a description, in which the given resources exist. */
  scopeOf(description: StackDescription, resources: ReadonlyMap<string, StackResource>): Scope;
  /** Whether resources that exist are taken into the stack. */
  readonly isImporting: boolean;
  /** Whether a stack has a resource. */
  isOwned(type: string, id: string): boolean;
  readonly token?: string | undefined;
}
