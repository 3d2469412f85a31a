import type { Members } from '../../../rules/aws-rule.ts';
import { AwsError } from '../../aws-error.ts';

/** Resources of Glue of one kind, by name, with their tags. */
export class NamedResources {
  /** As their ARNs name it. */
  readonly kind: string;
  readonly #held = new Map<string, Members>();
  readonly #tags = new Map<string, Members>();

  constructor(kind: string) {
    this.kind = kind;
  }

  /** @throws AwsError AlreadyExistsException */
  create({ Tags = {}, ...given }: Members): void {
    const name = String(given['Name']);
    if (this.#held.has(name))
      throw new AwsError('AlreadyExistsException', `The ${this.kind} ${name} already exists.`);
    this.#held.set(name, { ...given, CreatedOn: new Date(), CreationTime: new Date() });
    this.#tags.set(name, Object(Tags));
  }

  /** Changes the given members; the others stay. */
  update(given: Members): void {
    const name = String(given['Name']);
    this.#held.set(name, {
      ...this.get(name),
      ...given,
      LastUpdated: new Date(),
      LastModifiedOn: new Date(),
    });
  }

  /** @throws AwsError EntityNotFoundException */
  get(name: string): Members {
    const found = this.#held.get(name);
    if (!found) throw new AwsError('EntityNotFoundException', `The ${this.kind} ${name} was not found.`);
    return found;
  }

  list(): readonly Members[] {
    return [...this.#held.values()];
  }

  delete(name: string): void {
    this.get(name);
    this.#held.delete(name);
    this.#tags.delete(name);
  }

  tags(name: string): Members {
    this.get(name);
    return this.#tags.get(name) ?? {};
  }

  tag(name: string, tags: Members): void {
    this.#tags.set(name, { ...this.tags(name), ...tags });
  }
}
