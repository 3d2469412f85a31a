import type { Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';

/** A kind of resource without versions. */
export type ResourceKind = 'dataset' | 'job' | 'project' | 'ruleset' | 'schedule';

/** Members that no update changes, by kind: those of the requests to create that the requests to update lack. */
const fixed: Readonly<Record<ResourceKind, readonly string[]>> = {
  dataset: [],
  job: ['Type', 'DatasetName', 'RecipeReference', 'ProjectName'],
  project: ['DatasetName', 'RecipeName'],
  ruleset: ['TargetArn'],
  schedule: [],
};

/** What the service fills in (https://docs.aws.amazon.com/databrew/latest/dg/jobs.recipe.html). */
const defaults: Readonly<Partial<Record<ResourceKind, Members>>> = {
  job: { MaxCapacity: 5, MaxRetries: 0, Timeout: 2880, LogSubscription: 'ENABLE' },
};

/** The resources of one kind, by name. */
export class Resources {
  readonly #kind: ResourceKind;
  readonly #held = new Map<string, Members>();

  constructor(kind: ResourceKind) {
    this.#kind = kind;
  }

  /** @throws AwsError ConflictException for a name that is taken */
  create(members: Members): void {
    const name = String(members['Name']);
    if (this.#held.has(name))
      throw new AwsError('ConflictException', `The ${this.#kind} ${name} already exists.`, {}, 409);
    const { Tags: _, ...given } = members;
    this.#held.set(name, { ...defaults[this.#kind], ...given, CreateDate: new Date() });
  }

  /** Replaces what can be updated. What an update omits gets its default. */
  update(members: Members): void {
    const name = String(members['Name']);
    const before = this.get(name);
    const kept = ['CreateDate', ...fixed[this.#kind]].flatMap((key) =>
      key in before ? [[key, before[key]]] : [],
    );
    const now = { ...defaults[this.#kind], ...members, ...Object.fromEntries(kept) };
    this.#held.set(name, { ...now, LastModifiedDate: new Date() });
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: string): Members {
    const found = this.#held.get(name);
    if (!found)
      throw new AwsError('ResourceNotFoundException', `The ${this.#kind} ${name} wasn't found.`, {}, 404);
    return found;
  }

  has(name: string): boolean {
    return this.#held.has(name);
  }

  list(): readonly Members[] {
    return [...this.#held.values()];
  }

  delete(name: string): void {
    this.get(name);
    this.#held.delete(name);
  }
}
