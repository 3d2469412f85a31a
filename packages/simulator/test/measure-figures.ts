import type { CalibrationFigure } from '../src/calibration/calibration-targets.ts';
import type { Simulation } from '../src/simulation.ts';

interface SessionTally {
  first: number;
  last: number;
  carts: number;
  purchases: number;
}

/** Counts a run of 31 days the way the published reports count the October file. */
export function measureFigures(simulation: Simulation): Record<CalibrationFigure, number> {
  const { catalogue, slots } = simulation;
  const types = [0, 0, 0, 0];
  const hours = { events9: 0, events16: 0, purchases9: 0, purchases16: 0 };
  let withoutCode = 0;
  let withoutBrand = 0;
  let free = 0;
  let revenue = 0;
  const revenueBy = new Map<string, number>();
  const sessions = new Map<number, SessionTally>();
  const users = new Set<number>();
  const buyers = new Set<number>();
  const usersOn = new Map<number, Set<number>>();
  const eventsOn = new Map<number, number>();
  while (simulation.advance()) {
    const { type, product, slot, second } = simulation;
    const day = Math.floor(second / 86_400);
    const hour = Math.floor(second / 3600) % 24;
    const user = slots.user[slot] ?? 0;
    const category = catalogue.categories[catalogue.categoryOf[product] ?? 0];
    const cents = simulation.prices.cents[product] ?? 0;
    types[type] = (types[type] ?? 0) + 1;
    if (!category?.code) withoutCode++;
    if (!catalogue.brands[product]) withoutBrand++;
    if (cents === 0) free++;
    if (hour === 9) hours.events9++;
    if (hour === 16) hours.events16++;
    users.add(user);
    const today = usersOn.get(day) ?? new Set();
    usersOn.set(day, today.add(user));
    eventsOn.set(day, (eventsOn.get(day) ?? 0) + 1);
    if (type === 3) {
      revenue += cents;
      revenueBy.set(category?.group ?? '', (revenueBy.get(category?.group ?? '') ?? 0) + cents);
      buyers.add(user);
      if (hour === 9) hours.purchases9++;
      if (hour === 16) hours.purchases16++;
    }
    const high = (slots.uuid[slot * 4] ?? 0) >>> 0;
    const low = (slots.uuid[slot * 4 + 1] ?? 0) >>> 12;
    if (high === 0 && low === 0) continue;
    const key = high * 2 ** 20 + low;
    const session = sessions.get(key) ?? { first: second, last: second, carts: 0, purchases: 0 };
    sessions.set(key, session);
    session.last = second;
    if (type === 1) session.carts++;
    if (type === 3) session.purchases++;
  }
  const [views = 0, carts = 0, removals = 0, purchases = 0] = types;
  const rows = simulation.rows;
  let cartSessions = 0;
  let abandoned = 0;
  let purchaseSessions = 0;
  let direct = 0;
  let midnight = 0;
  for (const session of sessions.values()) {
    if (session.carts > 0) cartSessions++;
    if (session.carts > 0 && session.purchases === 0) abandoned++;
    if (session.purchases > 0) purchaseSessions++;
    if (session.purchases > 0 && session.carts === 0) direct++;
    if (Math.floor(session.first / 86_400) !== Math.floor(session.last / 86_400)) midnight++;
  }
  const firstDay = Math.min(...usersOn.keys());
  const cohort = usersOn.get(firstDay + 15) ?? new Set<number>();
  const returned = (after: number): number =>
    [...(usersOn.get(firstDay + 15 + after) ?? [])].filter((user) => cohort.has(user)).length / cohort.size;
  const revenueOf = (group: string): number => (revenueBy.get(group) ?? 0) / revenue;
  return {
    viewShare: views / (rows - removals),
    cartShare: carts / (rows - removals),
    purchaseShare: purchases / (rows - removals),
    removalsPerCart: removals / carts,
    eventsPerSession: rows / sessions.size,
    sessionsPerUser: sessions.size / users.size,
    purchaseSessionShare: purchaseSessions / sessions.size,
    buyerShare: buyers.size / users.size,
    purchasesPerPurchaseSession: purchases / purchaseSessions,
    purchaseSessionsWithoutCart: direct / purchaseSessions,
    cartSessionShare: cartSessions / sessions.size,
    abandonedCartSessionShare: abandoned / cartSessions,
    cartsPerCartSession: carts / cartSessions,
    sessionsAcrossMidnight: midnight / sessions.size,
    eventsAt09: hours.events9 / rows,
    eventsAt16: hours.events16 / rows,
    purchasesAt09: hours.purchases9 / purchases,
    purchasesAt16: hours.purchases16 / purchases,
    rowsWithoutCategoryCode: withoutCode / rows,
    rowsWithoutBrand: withoutBrand / rows,
    rowsAtPriceZero: free / rows,
    duplicateRows: simulation.duplicates / rows,
    meanPurchase: revenue / 100 / purchases,
    revenueFromSmartphones: revenueOf('smartphone'),
    revenueWithoutCategory: revenueOf('none'),
    revenueFromNotebooks: revenueOf('notebook'),
    revenueFromTelevisions: revenueOf('tv'),
    returnedAfter1Day: returned(1),
    returnedAfter3Days: returned(3),
    returnedAfter7Days: returned(7),
    eventsPerDailyVisitor: (eventsOn.get(firstDay) ?? 0) / (usersOn.get(firstDay)?.size ?? 0),
  };
}
