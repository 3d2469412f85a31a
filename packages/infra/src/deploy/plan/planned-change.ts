/** What a deployment does to a resource. `may-replace`: CloudFormation decides. `keep`: it leaves the stack, and stays. */
export type ChangeAction = 'create' | 'update' | 'replace' | 'may-replace' | 'delete' | 'keep';

/** A property that changes. Both are JSON texts; null where there is none. */
export interface PropertyChange {
  readonly property: string;
  readonly was: string | null;
  readonly becomes: string | null;
}

/** What becomes of the data in a resource: `lost`, or `left-behind` in a resource that is in no stack any more. */
export type DataFate = 'lost' | 'left-behind';

/** What a deployment does to one resource. */
export interface PlannedChange {
  /** The logical id in the template. */
  readonly id: string;
  readonly type: string;
  /** What it is, with its name: `bucket shop-lake`. */
  readonly what: string;
  /** What resources of its type are called: `bucket`. */
  readonly kind: string;
  /** The part of the platform that it belongs to. */
  readonly part: string;
  /** The path of its construct. */
  readonly path: string;
  readonly action: ChangeAction;
  readonly properties: readonly PropertyChange[];
  /** Null where no data is concerned. */
  readonly data: { readonly fate: DataFate; readonly words: string } | null;
  /** What has to be allowed before a deployment does it. Null where nothing has to be. */
  readonly needs: string | null;
  /** Why CloudFormation cannot do it, and what to do instead. Null where it can. */
  readonly blocked: { readonly problem: string; readonly fix: string } | null;
}

/** A permission that a deployment grants or takes back. */
export interface PermissionChange {
  readonly change: 'granted' | 'revoked';
  readonly effect: string;
  readonly who: string;
  readonly actions: string;
  readonly resources: string;
  /** Empty without a condition. */
  readonly condition: string;
}

/** What a deployment would change. */
export interface StackPlan {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  /** Whether there is no such stack yet. */
  readonly isNew: boolean;
  /** Whether there is nothing to do. */
  readonly isDone: boolean;
  readonly changes: readonly PlannedChange[];
  readonly permissions: readonly PermissionChange[];
  /** Whether somebody may do more afterwards. */
  readonly isBroader: boolean;
  /** The names of outputs that come, change or go. */
  readonly outputs: readonly string[];
  /** Ids that have to be allowed: data would be lost. */
  readonly needs: readonly string[];
}
