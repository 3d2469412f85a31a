import type { EventType } from '../event-types.ts';
import { quantileAt } from '../random/quantile.ts';
import { shopperPace } from '../schedule/pace.ts';
import { buyerIntents, visitorIntents } from '../shoppers/intents.ts';
import { endState, SessionChain } from '../shoppers/session-chain.ts';
import type { Stage } from './stage.ts';

/** One row of a person's session. */
export interface PersonRow {
  /** Seconds since the session's first row. */
  readonly after: number;
  readonly type: EventType;
  readonly product: number;
}

export interface PersonChoices {
  /** Whether the session buys something. Defaults to false. */
  readonly buys?: boolean;
  /** The only products that the person looks at. Defaults to the shop's. */
  readonly products?: readonly number[];
  /** The first product. */
  readonly landing?: number;
}

const visitorChain = new SessionChain(visitorIntents);
const buyerChain = new SessionChain(buyerIntents);
const typeOfState: readonly EventType[] = ['view', 'view', 'cart', 'remove_from_cart', 'purchase'];
/** A limit of a session's rows, which few people reach. */
const mostRows = 80;

/** Seconds between two rows of a person. */
export const personPause = (stage: Stage): number => quantileAt(shopperPace, stage.random.next());

/** A session as a shopper's: the same chains, the same pace. */
export function personRows(stage: Stage, choices: PersonChoices = {}): PersonRow[] {
  const { random, shop } = stage;
  const { products, landing, buys = false } = choices;
  const chain = buys ? buyerChain : visitorChain;
  const draw = (): number =>
    products ? (products[random.below(products.length)] ?? 0) : shop.drawProductOf(category, random);
  let category = shop.drawCategory(random);
  let shown = landing ?? draw();
  let carted = -1;
  let after = 0;
  const rows: PersonRow[] = [];
  for (chain.begin(random.next()); chain.state !== endState && rows.length < mostRows; chain.step()) {
    const type = typeOfState[chain.state] ?? 'view';
    if (type === 'view' && rows.length > 0 && random.below(10) >= 3) {
      if (random.below(4) === 0) category = shop.drawCategory(random);
      shown = draw();
    }
    const product = type === 'view' || type === 'cart' || carted < 0 ? shown : carted;
    if (type === 'cart') carted = shown;
    if (type === 'purchase') carted = -1;
    rows.push({ after, type, product });
    after += personPause(stage);
  }
  return rows;
}

/** Plays a person's session, and returns the second of its last row. */
export function playPerson(stage: Stage, user: number, start: number, choices: PersonChoices = {}): number {
  const session = stage.newSession(user);
  let last = start;
  for (const { after, type, product } of personRows(stage, choices)) {
    last = start + after;
    stage.add(session, last, type, product);
  }
  return last;
}
