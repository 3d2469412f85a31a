import type { ResourcePermission } from '@aws-sdk/client-quicksight';
import type { Members } from './asset-content.ts';

/** A kind of asset, in words. */
export type AssetKind = 'data source' | 'data set' | 'theme' | 'analysis' | 'dashboard';

/** The state of an asset by the service, such as `UPDATE_FAILED`, with what is wrong with it in words. */
export interface AssetState {
  readonly status: string;
  readonly errors: readonly string[];
}

/** An asset as it is live. */
export interface LiveAsset {
  readonly arn: string;
  readonly members: Members;
  readonly state: AssetState;
  /** The record of the version that is described, where versions have a description. */
  readonly description?: string | undefined;
}

/** What a request that writes an asset leaves to wait for. */
export interface WrittenAsset {
  readonly arn: string;
  /** Of a kind with versions. */
  readonly version?: number | undefined;
  /** The run that fills a data set in SPICE. */
  readonly ingestion?: string | undefined;
}

/** An asset as it should be, and the calls that keep it. */
export interface PublishedAsset {
  readonly kind: AssetKind;
  readonly id: string;
  /** What is compared, by the names of the API. */
  readonly members: Members;
  /** Members that no update changes. */
  readonly fixed: readonly string[];
  /** Who may do what. */
  readonly permissions: readonly ResourcePermission[];
  read(): Promise<LiveAsset | undefined>;
  /** @param tags those to create it with @param description that of the first version */
  create(tags: Tags, description: string): Promise<WrittenAsset>;
  update(description: string): Promise<WrittenAsset>;
  /** The state of what was written. */
  state(written: WrittenAsset): Promise<AssetState>;
  /** Shows a written version to readers. Absent for kinds whose updates are shown at once. */
  show?(version: number): Promise<void>;
  /** The newest version, if it is not the one that readers see: what a run that stopped has left. */
  unseen?(): Promise<{ readonly version: number; readonly description: string | undefined } | undefined>;
  readPermissions(): Promise<readonly ResourcePermission[]>;
  changePermissions(changes: PermissionChanges): Promise<void>;
}

/** Tags of an asset. */
export type Tags = Readonly<Record<string, string>>;

/** Actions to grant and to revoke. */
export interface PermissionChanges {
  readonly grants: readonly ResourcePermission[];
  readonly revokes: readonly ResourcePermission[];
}

/** An asset in words: `dashboard headwater-shop`. */
export const assetWords = ({ kind, id }: Pick<PublishedAsset, 'kind' | 'id'>): string => `${kind} ${id}`;
