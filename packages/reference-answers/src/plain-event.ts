/** An event as its shop meant it: what each role says, without a file, a type or an engine. */
export interface PlainEvent {
  readonly time: Date;
  /** What happened, by the name of its action: `view`, `cart`, `removeFromCart`, `purchase`, or one of the shop's own; null for none. */
  readonly action: string | null;
  readonly actor: string | null;
  /** The id of the session. */
  readonly session: string | null;
  readonly order: string | null;
  readonly item: string | null;
  readonly category: string | null;
  readonly brand: string | null;
  /** What the event is worth, its quantity included, in units of 10^-scale; see `PlainShop.scale`. */
  readonly amount: bigint | null;
}

/** The events of a shop, and what its definition says of them. */
export interface PlainShop {
  readonly events: readonly PlainEvent[];
  /** The IANA zone of its days and hours. */
  readonly zone: string;
  /** Digits behind the point of its amounts. */
  readonly scale: number;
  /** Whether its purchases have order ids; else an order is what one session bought. */
  readonly hasOrders: boolean;
  /** Whether its purchases have amounts; else rankings are by purchases unless a measure is asked for. */
  readonly hasAmounts: boolean;
  /** Whether a purchase without a product is of what is in the cart of its session. */
  readonly takesCart?: boolean;
  /** Derives sessions: those of an actor without an event for longer than this are two. */
  readonly inactivitySeconds?: number;
}

/** An event without any value but its time, to spread under the values of one. */
export const blankEvent: Omit<PlainEvent, 'time'> = {
  action: null,
  actor: null,
  session: null,
  order: null,
  item: null,
  category: null,
  brand: null,
  amount: null,
};
