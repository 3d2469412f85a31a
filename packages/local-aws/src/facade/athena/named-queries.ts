import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { invalidRequest } from '../aws-error.ts';

const namedQuery = z.object({
  Name: z.string().min(1).max(128),
  Database: z.string().min(1).max(255),
  QueryString: z.string().min(1).max(262_144),
  Description: z.string().min(1).max(1024).optional(),
  WorkGroup: z.string().default('primary'),
});

/** A query that a workgroup keeps under a name. */
export interface NamedQuery extends z.output<typeof namedQuery> {
  readonly NamedQueryId: string;
}

/** The named queries of all workgroups. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_NamedQuery.html */
export class NamedQueries {
  readonly #held = new Map<string, NamedQuery>();

  create(input: unknown): string {
    const id = randomUUID();
    this.#held.set(id, { ...namedQuery.parse(input), NamedQueryId: id });
    return id;
  }

  find(id: string): NamedQuery | undefined {
    return this.#held.get(id);
  }

  /** @throws AwsError when there is none */
  get(id: string): NamedQuery {
    const found = this.#held.get(id);
    if (found === undefined) throw invalidRequest(`NamedQuery ${id} was not found`);
    return found;
  }

  update(id: string, changes: Partial<NamedQuery>): void {
    this.#held.set(id, { ...this.get(id), ...changes, NamedQueryId: id });
  }

  delete(id: string): void {
    this.get(id);
    this.#held.delete(id);
  }

  /** The ids of a workgroup's queries. */
  of(workGroup: string): string[] {
    return [...this.#held.values()]
      .filter(({ WorkGroup }) => WorkGroup === workGroup)
      .map(({ NamedQueryId }) => NamedQueryId);
  }
}
