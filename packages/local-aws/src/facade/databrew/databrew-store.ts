import type { Members } from '../../rules/aws-rule.ts';
import { JobRuns } from './job-runs.ts';
import { Recipes } from './recipes.ts';
import { type ResourceKind, Resources } from './resources.ts';

/** Every kind of resource that has an ARN. */
export type TaggedKind = ResourceKind | 'recipe';

/** What an account has in DataBrew in one region. */
export class DataBrewStore {
  readonly recipes = new Recipes();
  readonly resources: Readonly<Record<ResourceKind, Resources>> = {
    dataset: new Resources('dataset'),
    job: new Resources('job'),
    project: new Resources('project'),
    ruleset: new Resources('ruleset'),
    schedule: new Resources('schedule'),
  };
  readonly runs = new JobRuns();
  /** By ARN. */
  readonly tags = new Map<string, Readonly<Record<string, string>>>();
  readonly #region: string;

  constructor(region: string) {
    this.#region = region;
  }

  /** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsgluedatabrew.html */
  arn(kind: TaggedKind, name: string): string {
    return `arn:aws:databrew:${this.#region}:123456789012:${kind}/${name}`;
  }

  /** Whether a resource with this ARN exists. */
  has(arn: string): boolean {
    const [kind = '', ...rest] = arn.split(':').slice(5).join(':').split('/');
    const name = rest.join('/');
    if (kind === 'recipe') return this.recipes.has(name) && arn === this.arn('recipe', name);
    const known = (Object.keys(this.resources) as ResourceKind[]).find((one) => one === kind);
    return known !== undefined && arn === this.arn(known, name) && this.resources[known].has(name);
  }

  /** A description with what every Describe operation adds. */
  described(kind: TaggedKind, members: Members): Members {
    const ResourceArn = this.arn(kind, String(members['Name']));
    return { ...members, ResourceArn, Tags: this.tags.get(ResourceArn) ?? {} };
  }

  tag(arn: string, tags: Readonly<Record<string, string>>): void {
    this.tags.set(arn, { ...this.tags.get(arn), ...tags });
  }
}
