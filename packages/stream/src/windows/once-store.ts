/** Who claims, and when. */
export interface Claimant {
  /** The same when the delivery is repeated. */
  readonly owner: string;
  /** The wall clock. */
  readonly now: Date;
}

/** What is to be published once, such as the reminder of one cart. */
export interface OnceStore {
  /**
   * Claims it. A claim that was not marked as published can be had by its owner again at once, and by others after a minute. So what is
   * claimed is published at least once, and twice only if a crash comes between publishing and marking.
   *
   * @returns whether it is to be published now
   */
  claim(id: string, by: Claimant): Promise<boolean>;
  markPublished(id: string, now: Date): Promise<void>;
}

/** What a store keeps of a claim. */
export type Claim =
  | { readonly state: 'published' }
  | { readonly state: 'claimed'; readonly owner: string; readonly until: number };

/** How long what is to be published is left to its owner: longer than a Lambda needs to publish. */
export const leaseMilliseconds = 60_000;

/** What follows from another claim. */
export function nextClaim(
  claim: Claim | undefined,
  { owner, now }: Claimant,
): { readonly claim: Claim; readonly isClaimed: boolean } {
  const at = now.getTime();
  const isTaken =
    claim?.state === 'published' || (claim !== undefined && claim.owner !== owner && claim.until > at);
  return isTaken
    ? { claim, isClaimed: false }
    : { claim: { state: 'claimed', owner, until: at + leaseMilliseconds }, isClaimed: true };
}
