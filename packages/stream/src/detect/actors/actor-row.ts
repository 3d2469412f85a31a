import type { ShopAction } from '../shop-event.ts';

/** A row of an actor, and what it follows: what all kinds read. */
export interface ActorRow {
  /** In milliseconds since 1970. */
  time: number;
  /** Milliseconds since the actor's row before; infinity for its first. */
  gap: number;
  action: ShopAction | undefined;
  /** A number that stands for the product: a hash, and 0 where the row has none. */
  item: number;
  /** The id of the product, and an empty text where the row has none. */
  itemId: string;
  /** The product of the actor's row before. */
  itemBefore: number;
  /** Whether the row has another session than the actor's row before. */
  isNewSession: boolean;
  /** The action of the actor's row before. */
  actionBefore: ShopAction | undefined;
}

/** Hashes a text to 32 bits that are not 0: FNV-1a, mixed at the end so that every bit is usable. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0 || 1;
}
