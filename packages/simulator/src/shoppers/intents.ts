/** States of a session. Views with an empty cart and views with a filled cart are separate states with different transitions. */
export const stateNames = ['view', 'viewWithCart', 'cart', 'remove', 'purchase', 'end'] as const;

/** Transition probabilities from a state, in parts per thousand, in the order of {@link stateNames}. */
export type Transitions = readonly [number, number, number, number, number, number];

/** One reason for a visit, as a Markov chain of states up to `end`. */
export interface Intent {
  readonly name: string;
  /** Parts per ten thousand of the sessions of its stream. */
  readonly share: number;
  /** Parts per thousand of sessions that begin with a cart event, for a product seen earlier. */
  readonly startsInCart: number;
  readonly view: Transitions;
  readonly viewWithCart: Transitions;
  readonly cart: Transitions;
  readonly remove: Transitions;
  readonly purchase: Transitions;
}

const never: Transitions = [0, 0, 0, 0, 0, 1000];
const viewsOnly = { startsInCart: 0, viewWithCart: never, cart: never, remove: never, purchase: never };

/** Sessions without a purchase: shorter or longer browsing, or an abandoned cart. */
export const visitorIntents: readonly Intent[] = [
  { name: 'bounce', share: 3900, ...viewsOnly, view: [180, 0, 0, 0, 0, 820] },
  { name: 'browse', share: 5560, ...viewsOnly, view: [832, 0, 0, 0, 0, 168] },
  { name: 'explore', share: 212, ...viewsOnly, view: [940, 0, 0, 0, 0, 60] },
  { name: 'marathon', share: 2, ...viewsOnly, view: [990, 0, 0, 0, 0, 10] },
  {
    name: 'abandon',
    share: 326,
    startsInCart: 70,
    view: [700, 0, 300, 0, 0, 0],
    viewWithCart: [0, 680, 130, 0, 0, 190],
    cart: [0, 360, 70, 440, 0, 130],
    remove: [0, 300, 120, 0, 0, 580],
    purchase: never,
  },
];

/** Sessions with a purchase. More than half of them have no cart event, as in the public data. */
export const buyerIntents: readonly Intent[] = [
  {
    name: 'buyDirectly',
    share: 5364,
    startsInCart: 0,
    view: [790, 0, 0, 0, 210, 0],
    viewWithCart: never,
    cart: never,
    remove: never,
    purchase: [95, 0, 0, 0, 60, 845],
  },
  {
    name: 'buyFromCart',
    share: 4636,
    startsInCart: 40,
    view: [640, 0, 360, 0, 0, 0],
    viewWithCart: [0, 550, 130, 0, 320, 0],
    cart: [0, 230, 50, 255, 465, 0],
    remove: [400, 0, 600, 0, 0, 0],
    purchase: [80, 0, 0, 0, 75, 845],
  },
];
