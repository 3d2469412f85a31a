import type { Severity } from '../../alerts/threshold.ts';
import type { ActorRow } from './actor-row.ts';
import { type Cursor, type FieldSizes, type Fields, fieldsAt } from './memory/words.ts';
import type { ActorKindName, ActorParameters } from './parameters.ts';

/** What makes an actor suspicious. */
export interface Sign {
  /** What was counted, in the unit that the kind documents. */
  readonly seen: number;
  /** The limit that it is compared with. */
  readonly expected: number;
  /** When it began, in milliseconds since 1970. */
  readonly start: number;
}

/** What a kind's figures mean, for documents and the live view. */
export interface KindWords {
  readonly seen: string;
  readonly expected: string;
  /** Why that is no shopper. */
  readonly why: string;
}

/** A kind that watches the actor at a cursor. */
export interface KindWatch {
  /**
   * Takes a row into account.
   * @returns how far the actor is on the way to the limit: 1 is the limit
   */
  observe(row: ActorRow): number;
  /** What is seen of the actor after `observe`. */
  sign(row: ActorRow): Sign;
}

/** A kind of suspicious actor. */
export interface ActorKind {
  readonly kind: ActorKindName;
  readonly severity: Severity;
  readonly words: KindWords;
  /** Whether a purchase soon after clears the actor: who buys what is in the cart is a customer. */
  readonly awaitsPurchase?: boolean;
  /** What it remembers of each actor. */
  readonly sizes: FieldSizes;
  /** @param offset where its fields begin among the words of an actor */
  watch(cursor: Cursor, offset: number, parameters: ActorParameters): KindWatch;
}

/** How a kind is written: its fields, and two functions of them. */
interface KindRules<Kind extends ActorKindName, Sizes extends FieldSizes> {
  readonly severity: Severity;
  readonly words: KindWords;
  readonly awaitsPurchase?: boolean;
  readonly sizes: Sizes;
  observe(fields: Fields<Sizes>, row: ActorRow, parameters: ActorParameters[Kind]): number;
  sign(fields: Fields<Sizes>, row: ActorRow, parameters: ActorParameters[Kind]): Sign;
}

/** Makes a kind from its rules. */
export function defineActorKind<Kind extends ActorKindName, const Sizes extends FieldSizes>(
  kind: Kind,
  { observe, sign, ...kindOf }: KindRules<Kind, Sizes>,
): ActorKind {
  return {
    kind,
    ...kindOf,
    watch(cursor, offset, { [kind]: parameters }) {
      const fields = fieldsAt(cursor, kindOf.sizes, offset);
      return {
        observe: (row) => observe(fields, row, parameters),
        sign: (row) => sign(fields, row, parameters),
      };
    },
  };
}
