import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { ChangeSet } from './change-set.ts';
import type { Stack } from './stack.ts';

/** The account of the stand-in. */
export const account = '123456789012';

/** The stacks of a region, and their change sets. */
export class StackStore {
  readonly region: string;
  readonly #stacks: Stack[] = [];
  readonly #changeSets: ChangeSet[] = [];

  constructor(region: string) {
    this.region = region;
  }

  /** Adds a stack that has no resources yet. @throws AwsError AlreadyExistsException when there is one of this name */
  add(name: string): Stack {
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name))
      throw new AwsError('ValidationError', `The stack name ${name} is not valid`);
    if (this.find(name) !== undefined)
      throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
    const stack: Stack = {
      id: `arn:aws:cloudformation:${this.region}:${account}:stack/${name}/${randomUUID()}`,
      name,
      region: this.region,
      created: new Date(),
      status: 'REVIEW_IN_PROGRESS',
      isProtected: false,
      resources: new Map(),
      outputs: [],
      events: [],
    };
    this.#stacks.push(stack);
    return stack;
  }

  /** A stack by its name, unless it is deleted, or by its id. */
  find(nameOrId: string): Stack | undefined {
    return this.#stacks.findLast(
      ({ id, name, deleted }) => id === nameOrId || (name === nameOrId && deleted === undefined),
    );
  }

  /** @throws AwsError ValidationError when there is none */
  get(nameOrId: string): Stack {
    const stack = this.find(nameOrId);
    if (stack === undefined)
      throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
    return stack;
  }

  /** Those that are not deleted. */
  all(): Stack[] {
    return this.#stacks.filter(({ deleted }) => deleted === undefined);
  }

  /** Those that are deleted, too. */
  everything(): readonly Stack[] {
    return this.#stacks;
  }

  /** Whether a stack has a resource. */
  owns(type: string, id: string): boolean {
    return this.all().some(({ resources }) =>
      [...resources.values()].some((resource) => resource.type === type && resource.made?.id === id),
    );
  }

  /** What stacks export, by name. */
  exports(): Map<string, string> {
    return new Map(
      this.all().flatMap(({ outputs }) =>
        outputs.flatMap(({ ExportName, OutputValue }): [string, string][] =>
          ExportName === undefined ? [] : [[ExportName, OutputValue]],
        ),
      ),
    );
  }

  addChangeSet(changeSet: ChangeSet): void {
    const { name, stack } = changeSet;
    if (this.#changeSets.some((other) => other.name === name && other.stack === stack))
      throw new AwsError('AlreadyExistsException', `ChangeSet ${name} already exists`);
    this.#changeSets.push(changeSet);
  }

  changeSetsOf(stack: Stack): ChangeSet[] {
    return this.#changeSets.filter((changeSet) => changeSet.stack === stack);
  }

  /** @throws AwsError ChangeSetNotFound */
  changeSet(nameOrId: string, stackName: string | undefined): ChangeSet {
    const found = this.#changeSets.find(
      ({ id, name, stack }) =>
        id === nameOrId || (name === nameOrId && (stack.name === stackName || stack.id === stackName)),
    );
    if (found === undefined)
      throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, {}, 404);
    return found;
  }

  removeChangeSets(isGone: (changeSet: ChangeSet) => boolean): void {
    for (let index = this.#changeSets.length - 1; index >= 0; index -= 1) {
      const changeSet = this.#changeSets[index];
      if (changeSet !== undefined && isGone(changeSet)) this.#changeSets.splice(index, 1);
    }
  }
}
