import type { Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';

/** A kind of asset, as ARNs name it. */
export type AssetKind = 'datasource' | 'dataset' | 'theme' | 'analysis' | 'dashboard';

/** What is wrong with an asset, as its description has it. */
export interface AssetError {
  readonly Type: string;
  readonly Message: string;
  readonly ViolatedEntities?: readonly { readonly Path: string }[];
}

/** One version of an asset. Kinds without versions have one, which each update replaces. */
export interface AssetVersion {
  readonly number: number;
  readonly members: Members;
  readonly errors: readonly AssetError[];
  readonly created: Date;
  /** `CREATION` or `UPDATE`. */
  readonly action: string;
  /** Whether the service is still at it. The first read that says so ends it. */
  isPending: boolean;
}

/** An asset: its versions, and what is kept beside them. */
export interface Asset {
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  versions: AssetVersion[];
  /** The version that readers see. */
  published: number;
  permissions: Map<string, ReadonlySet<string>>;
}

/** The assets of one kind, by id. */
export class Assets {
  readonly kind: AssetKind;
  readonly #held = new Map<string, Asset>();

  constructor(kind: AssetKind) {
    this.kind = kind;
  }

  /** @throws AwsError ResourceExistsException for an id that is taken */
  create(id: string, arn: string, members: Members, errors: readonly AssetError[]): Asset {
    if (this.#held.has(id))
      throw new AwsError('ResourceExistsException', `The ${this.kind} ${id} already exists`, {}, 409);
    const now = new Date();
    const version = { number: 1, members, errors, created: now, action: 'CREATION', isPending: true };
    const asset = { id, arn, created: now, versions: [version], published: 1, permissions: new Map() };
    this.#held.set(id, asset);
    return asset;
  }

  /**
   * Adds a version, which is the published one only for kinds whose updates are.
   * @throws AwsError ConflictException while the service is at the version before
   */
  update(
    id: string,
    members: Members,
    errors: readonly AssetError[],
    isPublished: boolean,
  ): { readonly asset: Asset; readonly version: AssetVersion } {
    const asset = this.get(id);
    const before = asset.versions.at(-1);
    if (before?.isPending)
      throw new AwsError('ConflictException', `The ${this.kind} ${id} is being written`, {}, 409);
    const number = (before?.number ?? 0) + 1;
    const action = isPublished ? 'UPDATE' : 'CREATION';
    const version = { number, members, errors, created: new Date(), action, isPending: true };
    // An update that fails leaves what was there: it is kept beside it.
    asset.versions.push(version);
    if (isPublished) asset.published = number;
    return { asset, version };
  }

  /** @throws AwsError ResourceNotFoundException */
  get(id: string): Asset {
    const found = this.#held.get(id);
    if (!found)
      throw new AwsError('ResourceNotFoundException', `The ${this.kind} ${id} does not exist`, {}, 404);
    return found;
  }

  has(id: string): boolean {
    return this.#held.has(id);
  }

  list(): readonly Asset[] {
    return [...this.#held.values()];
  }

  delete(id: string): Asset {
    const asset = this.get(id);
    this.#held.delete(id);
    return asset;
  }
}

/**
 * A version, by its number; the published one by default.
 * @throws AwsError ResourceNotFoundException for a number that there is not
 */
export function versionOf(asset: Asset, number = asset.published): AssetVersion {
  const found = asset.versions.find((version) => version.number === number);
  if (!found)
    throw new AwsError('ResourceNotFoundException', `${asset.arn} has no version ${number}`, {}, 404);
  return found;
}

/** The state of a version, by the words of the service. The first read finds it in progress. */
export function statusOf(version: AssetVersion): string {
  const { action, errors, isPending } = version;
  if (isPending) {
    version.isPending = false;
    return `${action}_IN_PROGRESS`;
  }
  return errors.length > 0 ? `${action}_FAILED` : `${action}_SUCCESSFUL`;
}
