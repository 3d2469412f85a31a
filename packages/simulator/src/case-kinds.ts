import { carding } from './attackers/carding.ts';
import { cartBomber } from './attackers/cart-bomber.ts';
import { catalogueWalker } from './attackers/catalogue-walker.ts';
import { clickFlood } from './attackers/click-flood.ts';
import { credentialChurn } from './attackers/credential-churn.ts';
import { distributedFlood } from './attackers/distributed-flood.ts';
import { fastScraper } from './attackers/fast-scraper.ts';
import { hoarder } from './attackers/hoarder.ts';
import { lockstepRing } from './attackers/lockstep-ring.ts';
import { outage } from './attackers/outage.ts';
import { priceMonitor } from './attackers/price-monitor.ts';
import { replayedSession } from './attackers/replayed-session.ts';
import { rotatingIdentities } from './attackers/rotating-identities.ts';
import { slowRamp } from './attackers/slow-ramp.ts';
import { slowScraper } from './attackers/slow-scraper.ts';
import { sniper } from './attackers/sniper.ts';
import { advertisingSpike } from './look-alikes/advertising-spike.ts';
import { businessBuyer } from './look-alikes/business-buyer.ts';
import { clientRetries } from './look-alikes/client-retries.ts';
import { clockChange } from './look-alikes/clock-change.ts';
import { flashSale } from './look-alikes/flash-sale.ts';
import { manyTabs } from './look-alikes/many-tabs.ts';
import { newsletter } from './look-alikes/newsletter.ts';
import { ownMonitor } from './look-alikes/own-monitor.ts';
import { powerUser } from './look-alikes/power-user.ts';
import { priceComparer } from './look-alikes/price-comparer.ts';
import { sharedAccount } from './look-alikes/shared-account.ts';
import { tabReload } from './look-alikes/tab-reload.ts';
import { viralProduct } from './look-alikes/viral-product.ts';
import { wishList } from './look-alikes/wish-list.ts';
import type { CaseKind } from './script/case-kind.ts';

/** The kinds of attackers and look-alikes. A new kind is a file, an entry here and its parameters in the table of levels. */
export const caseKinds: readonly CaseKind[] = [
  fastScraper,
  slowScraper,
  catalogueWalker,
  priceMonitor,
  replayedSession,
  cartBomber,
  hoarder,
  sniper,
  rotatingIdentities,
  carding,
  credentialChurn,
  lockstepRing,
  clickFlood,
  distributedFlood,
  slowRamp,
  outage,
  flashSale,
  advertisingSpike,
  newsletter,
  viralProduct,
  powerUser,
  sharedAccount,
  priceComparer,
  wishList,
  businessBuyer,
  manyTabs,
  tabReload,
  clientRetries,
  ownMonitor,
  clockChange,
];
