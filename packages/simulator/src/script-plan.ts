import { caseKinds } from './case-kinds.ts';
import { catalogueSizeFor, deriveCatalogue } from './catalogue/catalogue.ts';
import { createRandom, mix32, type Random } from './random/random.ts';
import type { CaseKind } from './script/case-kind.ts';
import type { AttackLevel } from './script/level.ts';
import type { CaseKindName } from './script/level-table.ts';
import type { Outage, Script, ScriptCase, Span } from './script/script.ts';
import { ScriptRows } from './script/script-rows.ts';
import { ShopView } from './script/shop-view.ts';
import { type ScriptDraft, Stage } from './script/stage.ts';

/** What a run is asked to contain beside ordinary shoppers. */
export interface AttackPlanInput {
  readonly level: AttackLevel;
  /** The kinds that occur. */
  readonly kinds: readonly CaseKindName[];
  /** Attackers as a share of the actors of a run. Look-alikes have the same share once more. */
  readonly share: number;
}

interface RunInput {
  readonly seed: number;
  readonly events: number;
  readonly days: number;
  readonly startSecond: number;
  readonly saleDays: readonly string[] | undefined;
}

/** Actors per row of ordinary shoppers, which decrease with the days, because people come back. Fitted to runs of 2 to 31 days. */
const actorsPerRow = (days: number): number => 0.05 + 0.95 / (days + 8.8);
/** The part of a run, in percent, in which nothing happens to the whole shop: a detector has to see it first. */
const quietStart = 40;
const secondsOfWeek = 7 * 86_400;

/** Times for the cases of the whole shop, in a random order: the later part of the run in equal parts. */
function slotsOf(count: number, seconds: number, random: Random): Span[] {
  const begin = Math.floor((seconds * quietStart) / 100);
  // The last minutes of a run are not ordinary, because open sessions hurry.
  const length = Math.floor((seconds - begin - 3600) / Math.max(1, count));
  const slots = Array.from({ length: count }, (_, place) => ({
    from: begin + place * length,
    // What fades out, and people who are in the shop, need a pause before the next slot.
    to: begin + place * length + Math.floor((length * 4) / 5),
  }));
  for (let place = count - 1; place > 0; place--) {
    const other = random.below(place + 1);
    const [one, two] = [slots[place], slots[other]];
    if (one && two) [slots[place], slots[other]] = [two, one];
  }
  return slots;
}

/** The number of cases of a kind. */
function casesOf(kind: CaseKind, level: AttackLevel, actors: number, seconds: number): number {
  if (kind.part === 'once') return 1;
  if (kind.part === 'site') return Math.max(1, Math.floor(seconds / secondsOfWeek));
  return Math.max(1, Math.round((actors * kind.part) / 1000 / kind.membersAt(level)));
}

/**
 * Plans the attackers and look-alikes of a run. Pure: the same input gives the same script.
 *
 * Each case has random numbers of its own, so that another kind more or less does not change it.
 */
export function deriveScript(run: RunInput, input: AttackPlanInput): Script {
  const { seed, events, days, startSecond, saleDays } = run;
  const catalogue = deriveCatalogue(seed, catalogueSizeFor(events));
  const shop = new ShopView(catalogue, events, startSecond, days, saleDays);
  const { seconds } = shop;
  const attackers = Math.round(shop.ordinaryRows * actorsPerRow(days) * input.share);
  const wanted = caseKinds.map((kind) =>
    input.kinds.includes(kind.kind) ? casesOf(kind, input.level, attackers, seconds) : 0,
  );
  // Kinds that are left out keep their slots.
  const ofSite = caseKinds.filter((kind) => kind.part === 'site');
  const perSiteKind = Math.max(1, Math.floor(seconds / secondsOfWeek));
  const slots = slotsOf(ofSite.length * perSiteKind, seconds, createRandom(seed, 21));
  const draft: ScriptDraft = {
    rows: new ScriptRows(),
    sessionUsers: [],
    outages: [],
    customers: [],
    users: 0,
  };
  const cases: ScriptCase[] = [];
  for (const [index, kind] of caseKinds.entries())
    for (let number = 1; number <= (wanted[index] ?? 0); number++) {
      const slot = kind.part === 'site' && slots[ofSite.indexOf(kind) * perSiteKind + number - 1];
      const random = createRandom(seed, mix32(index, number, 22) | 0);
      const stage = new Stage(draft, shop, random, slot || { from: 0, to: seconds });
      const firstSession = draft.sessionUsers.length;
      kind.play(stage, input.level);
      const lastSession = draft.sessionUsers.length;
      const { product, span } = stage;
      if (lastSession > firstSession || span)
        cases.push({ kind, level: input.level, number, firstSession, lastSession, product, span });
    }
  const sessionUsers = Int32Array.from(draft.sessionUsers);
  const sessionCases = new Int32Array(sessionUsers.length);
  for (const [place, one] of cases.entries()) sessionCases.fill(place, one.firstSession, one.lastSession);
  const { rows, outages, customers, users } = draft;
  const order = rows.inOrder((row) => !isLost(outages, rows.second[row] ?? 0, mix32(seed | 0, row, 23)));
  return { seed, catalogue, cases, rows, order, sessionUsers, sessionCases, customers, users, outages };
}

const isLost = (outages: readonly Outage[], second: number, draw: number): boolean =>
  outages.some((outage) => second >= outage.from && second <= outage.to && draw % 100 < outage.lost);
