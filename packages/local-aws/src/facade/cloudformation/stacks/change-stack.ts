import { AwsError } from '../../aws-error.ts';
import type {
  MadeResource,
  Properties,
  ResourceHandler,
  ResourcePlace,
} from '../resources/resource-handler.ts';
import { resourceTypes } from '../resources/resource-types.ts';
import { dependencyOrder } from '../template/dependency-order.ts';
import type { Scope } from '../template/evaluate.ts';
import type { TemplateResource } from '../template/template.ts';
import type { ChangeOptions } from './change-options.ts';
import { givenProperties, resourceChange, wantedResources } from './plan-changes.ts';
import { keeps, placeOf, removeResource } from './remove-resource.ts';
import type { Stack, StackDescription, StackResource } from './stack.ts';
import { logEvent, setStatus } from './stack-log.ts';
import { stackOutputs } from './stack-outputs.ts';

const skippedReason = 'Skipped: the stand-in does not make resources of this type';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Makes a stack what a description says, as CloudFormation does: resources in the order of their dependencies, then what is no longer
 * wanted deleted. When one fails, what was done is undone. The result is the state of the stack and its events.
 */
export async function changeStack(
  stack: Stack,
  next: StackDescription,
  kind: 'CREATE' | 'UPDATE',
  options: ChangeOptions,
): Promise<void> {
  const { token } = options;
  setStatus(stack, `${kind}_IN_PROGRESS`, undefined, token);
  const change = new Change(stack, next, options);
  try {
    await change.run();
  } catch (error) {
    const rolling = kind === 'CREATE' ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
    setStatus(stack, `${rolling}_IN_PROGRESS`, reasonOf(error), token);
    const isUndone = await change.undo();
    if (kind === 'CREATE') stack.description ??= next;
    setStatus(stack, isUndone ? `${rolling}_COMPLETE` : `${rolling}_FAILED`, undefined, token);
    return;
  }
  if (kind === 'UPDATE') {
    setStatus(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', undefined, token);
    await change.cleanUp();
    stack.updated = new Date();
  }
  stack.description = next;
  setStatus(stack, `${kind}_COMPLETE`, undefined, token);
}

class Change {
  readonly #stack: Stack;
  readonly #next: StackDescription;
  readonly #options: ChangeOptions;
  readonly #scope: Scope;
  readonly #wanted: Readonly<Record<string, TemplateResource>>;
  /** What takes each step back, the last step first. */
  readonly #undo: (() => Promise<void>)[] = [];
  /** What was replaced, to be deleted at the end. */
  readonly #replaced: StackResource[] = [];

  constructor(stack: Stack, next: StackDescription, options: ChangeOptions) {
    this.#stack = stack;
    this.#next = next;
    this.#options = options;
    this.#scope = options.scopeOf(next, stack.resources);
    this.#wanted = wantedResources(next.template, this.#scope);
  }

  async run(): Promise<void> {
    const { resources } = this.#stack;
    for (const id of dependencyOrder(this.#wanted)) {
      const resource = this.#wanted[id];
      if (resource === undefined) continue;
      const given = givenProperties(resource, this.#scope);
      const before = resources.get(id);
      if (before !== undefined && before.type !== resource.Type)
        throw this.#failed(id, resource.Type, 'UPDATE', 'Update of resource type is not permitted.');
      if (before === undefined) await this.#create(id, resource, given);
      else await this.#update(id, resource, before, given);
    }
    const outputs = stackOutputs(this.#next, this.#scope);
    const before = this.#stack.outputs;
    this.#undo.push(async () => {
      this.#stack.outputs = before;
    });
    this.#stack.outputs = outputs;
  }

  async undo(): Promise<boolean> {
    let isWhole = true;
    for (const step of this.#undo.toReversed()) {
      try {
        await step();
      } catch (error) {
        isWhole = false;
        console.error(error);
      }
    }
    return isWhole;
  }

  /** Deletes what was replaced, and what the template no longer has. */
  async cleanUp(): Promise<void> {
    for (const old of this.#replaced.toReversed()) {
      const policy = this.#wanted[old.logicalId]?.UpdateReplacePolicy;
      await this.#remove(old, policy !== undefined && policy !== 'Delete').catch(() => undefined);
    }
    const before = this.#stack.description?.template.Resources ?? {};
    const gone = [...this.#stack.resources.keys()].filter((id) => !Object.hasOwn(this.#wanted, id));
    const known = Object.fromEntries(
      Object.entries(before).filter(([id]) => this.#stack.resources.has(id) || gone.includes(id)),
    );
    for (const id of dependencyOrder(known).toReversed()) {
      const resource = this.#stack.resources.get(id);
      if (resource === undefined || !gone.includes(id)) continue;
      await this.#remove(resource, keeps(before[id])).catch(() => undefined);
      this.#stack.resources.delete(id);
    }
  }

  async #create(id: string, resource: TemplateResource, given: Properties): Promise<void> {
    const { resources } = this.#stack;
    this.#log(id, resource.Type, 'CREATE_IN_PROGRESS');
    const handler = resourceTypes.get(resource.Type);
    if (handler === undefined) {
      this.#set(
        id,
        { type: resource.Type, given, made: undefined, status: 'CREATE_COMPLETE' },
        skippedReason,
      );
      this.#undo.push(async () => void resources.delete(id));
      return;
    }
    const { made, isAdopted } = await this.#make(handler, id, resource, given);
    this.#set(id, {
      type: resource.Type,
      given,
      made,
      status: isAdopted ? 'IMPORT_COMPLETE' : 'CREATE_COMPLETE',
    });
    this.#undo.push(async () => {
      const isKept = isAdopted || resource.DeletionPolicy === 'Retain';
      const created = resources.get(id);
      resources.delete(id);
      if (created !== undefined) await this.#remove(created, isKept);
    });
  }

  async #make(
    handler: ResourceHandler,
    id: string,
    { Type }: TemplateResource,
    given: Properties,
  ): Promise<{ readonly made: MadeResource; readonly isAdopted: boolean }> {
    const place = this.#place(id);
    try {
      const found = this.#options.isImporting ? await handler.adopt(place, given) : undefined;
      if (found !== undefined && !this.#options.isOwned(Type, found.id))
        return { made: found, isAdopted: true };
      return { made: await handler.create(place, given), isAdopted: false };
    } catch (error) {
      throw this.#failed(id, Type, 'CREATE', reasonOf(error));
    }
  }

  async #update(
    id: string,
    resource: TemplateResource,
    before: StackResource,
    given: Properties,
  ): Promise<void> {
    const { Type } = resource;
    const change = resourceChange(id, Type, before, given);
    if (change === undefined) return;
    const handler = resourceTypes.get(Type);
    const { made } = before;
    if (handler === undefined || made === undefined) {
      this.#set(id, { type: Type, given, made: undefined, status: 'UPDATE_COMPLETE' }, skippedReason);
      this.#undo.push(async () => void this.#stack.resources.set(id, before));
      return;
    }
    this.#log(id, Type, 'UPDATE_IN_PROGRESS', made.id);
    if (change.replacing.length > 0) return this.#replace(handler, id, resource, before, given);
    try {
      const place = this.#place(id);
      const changed = await handler.update(place, made, given);
      this.#set(id, { type: Type, given, made: changed, status: 'UPDATE_COMPLETE' });
      this.#undo.push(async () => {
        await handler.update(place, changed, made.properties);
        this.#stack.resources.set(id, before);
        this.#log(id, Type, 'UPDATE_COMPLETE', made.id);
      });
    } catch (error) {
      // Some of its calls may have been made.
      this.#undo.push(async () => void (await handler.update(this.#place(id), made, made.properties)));
      throw this.#failed(id, Type, 'UPDATE', reasonOf(error), made.id);
    }
  }

  async #replace(
    handler: ResourceHandler,
    id: string,
    resource: TemplateResource,
    before: StackResource,
    given: Properties,
  ): Promise<void> {
    const { name } = handler;
    if (name !== undefined && given[name] !== undefined && given[name] === before.given[name])
      throw this.#failed(
        id,
        resource.Type,
        'UPDATE',
        `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${String(given[name])} and update the stack again.`,
        before.made?.id,
      );
    const { made } = await this.#make(handler, id, resource, given);
    this.#set(id, { type: resource.Type, given, made, status: 'UPDATE_COMPLETE' }, 'Replaced');
    this.#replaced.push(before);
    this.#undo.push(async () => {
      this.#replaced.splice(this.#replaced.indexOf(before), 1);
      this.#stack.resources.set(id, before);
      await handler.delete(this.#place(id), made);
    });
  }

  #remove(resource: StackResource, isKept: boolean): Promise<void> {
    return removeResource(this.#stack, resource, isKept, this.#options);
  }

  #place(id: string): ResourcePlace {
    return placeOf(this.#stack, id, this.#options);
  }

  #set(id: string, resource: Omit<StackResource, 'logicalId' | 'updated'>, reason?: string): void {
    this.#stack.resources.set(id, { ...resource, logicalId: id, updated: new Date() });
    this.#log(id, resource.type, resource.status, resource.made?.id, reason);
  }

  #log(id: string, type: string, status: string, physicalId?: string, reason?: string): void {
    logEvent(this.#stack, { id, type, physicalId, status, reason, token: this.#options.token });
  }

  /** Writes that a resource failed. @returns the error that fails the change */
  #failed(
    id: string,
    type: string,
    kind: 'CREATE' | 'UPDATE',
    reason: string,
    physicalId?: string,
  ): AwsError {
    this.#log(id, type, `${kind}_FAILED`, physicalId, reason);
    return new AwsError(
      'ResourceFailed',
      `The following resource(s) failed to ${kind.toLowerCase()}: [${id}].`,
    );
  }
}
