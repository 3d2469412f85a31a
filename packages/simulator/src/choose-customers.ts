import { type PlannedVisits, visitsBefore } from './planned-visits.ts';
import { createRandom } from './random/random.ts';
import type { Script } from './script/script.ts';

/** Visits that are drawn for a customer who is not in the case yet. Afterwards a new user comes. */
const mostDraws = 40;

/**
 * Makes the customers of a script shoppers who have visited the shop before. Whoever comes often is chosen more often, and nobody twice for
 * a case.
 */
export function chooseCustomers(script: Script, visits: PlannedVisits): Script {
  const random = createRandom(script.seed, 26);
  const sessionUsers = script.sessionUsers.slice();
  const chosen = new Map<number, number>();
  let users = script.users;
  let taken = new Set<number>();
  let place = -1;

  function choose(customer: number): number {
    const before = visitsBefore(visits, script.customers[customer] ?? 0);
    for (let draws = 0; draws < mostDraws && before > 0; draws++) {
      const user = visits.users[random.below(before)] ?? 0;
      if (taken.has(user)) continue;
      taken.add(user);
      return user;
    }
    return -1 - users++;
  }

  for (const [session, user] of script.sessionUsers.entries()) {
    if (user < 0) continue;
    if (script.sessionCases[session] !== place) {
      place = script.sessionCases[session] ?? 0;
      taken = new Set();
    }
    const known = chosen.get(user) ?? choose(user);
    chosen.set(user, known);
    sessionUsers[session] = known;
  }
  return { ...script, sessionUsers, users };
}
