import type { ActorKind, KindWords } from './actor-kind.ts';
import { cartBombing } from './kinds/cart-bombing.ts';
import { catalogueWalk } from './kinds/catalogue-walk.ts';
import { hoarding } from './kinds/hoarding.ts';
import { priceMonitor } from './kinds/price-monitor.ts';
import { replay } from './kinds/replay.ts';
import { scraper } from './kinds/scraper.ts';
import { sniping } from './kinds/sniping.ts';
import type { ActorKindName } from './parameters.ts';

/** The kinds of suspicious actors. A further one is a file and an entry here. */
export const actorKinds: readonly ActorKind[] = [
  scraper,
  catalogueWalk,
  priceMonitor,
  replay,
  cartBombing,
  hoarding,
  sniping,
];

/** What the figures of each kind mean: `seen` counts, `expected` is the limit, and why that is no shopper. */
export const actorKindWords = Object.fromEntries(
  actorKinds.map(({ kind, words }) => [kind, words]),
) as Readonly<Record<ActorKindName, KindWords>>;
