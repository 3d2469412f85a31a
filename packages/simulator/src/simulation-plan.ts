import { type BotKind, botKinds } from './bots/bot-kinds.ts';
import { botHourWeights, botSessionRows } from './bots/bot-schedule.ts';
import { chooseCustomers } from './choose-customers.ts';
import { invalid } from './option-checks.ts';
import { type PlannedVisits, planVisits } from './planned-visits.ts';
import { mix32 } from './random/random.ts';
import { type Arrivals, createArrivals, hourWeights } from './schedule/arrivals.ts';
import { clockChangesOf } from './schedule/clock-change.ts';
import { buyerProfile, visitorProfile } from './schedule/hour-profile.ts';
import type { Script } from './script/script.ts';
import { type AttackPlanInput, deriveScript } from './script-plan.ts';
import { buyerIntents, visitorIntents } from './shoppers/intents.ts';
import { SessionChain } from './shoppers/session-chain.ts';

/** Sessions in ten thousand that buy something: 629,560 of 9,244,421 in the public October file. */
const buyersIn10000 = 681;

/** The plan of a run: the numbers of sessions, and their times. It is made before the first row. */
export interface SimulationPlan {
  readonly seed: number;
  readonly events: number;
  readonly days: number;
  readonly startSecond: number;
  readonly saleDays: readonly string[] | undefined;
  readonly visitors: PlannedStream;
  readonly buyers: PlannedStream;
  /** The last session of people, and the number of its rows, so that the rows of people and bots are exactly `events`. */
  readonly lastSession: { readonly buys: boolean; readonly index: number; readonly rows: number };
  readonly bots: readonly (PlannedStream & { readonly kind: BotKind; readonly rows: number })[];
  /** Attackers and look-alikes. Undefined when the run has none. */
  readonly script: Script | undefined;
  /** Who visits the shop when. Planned for runs with a script alone, some of whose users are among them. */
  readonly visits: PlannedVisits | undefined;
}

export interface PlannedStream {
  readonly sessions: number;
  readonly arrivals: Arrivals;
}

export interface PlanInput {
  readonly seed: number;
  readonly events: number;
  readonly days: number;
  readonly startSecond: number;
  readonly saleDays: readonly string[] | undefined;
  /** Share of the rows of bots, 0 to 0.9. */
  readonly botShare: number;
  /** Undefined for a run without attackers and look-alikes. */
  readonly attacks: AttackPlanInput | undefined;
}

/** The key of session `index` of the visitors or of the buyers. */
export const sessionKey = (seed: number, index: number, buys: boolean): number =>
  mix32(mix32(seed | 0, Math.floor(seed / 0x1_0000_0000)), index, buys ? 11 : 12);

/** Sessions between two pauses of {@link planSteps}, which take a few hundredths of a second. */
const sessionsPerStep = 1 << 15;

/** Counts sessions until they have `rows` rows, and returns the number of rows of the last one. */
function* countSessions(
  seed: number,
  rows: number,
): Generator<void, { visitors: number; buyers: number; last: SimulationPlan['lastSession'] }, undefined> {
  const visitorChain = new SessionChain(visitorIntents);
  const buyerChain = new SessionChain(buyerIntents);
  let visitors = 0;
  let buyers = 0;
  let last = { buys: false, index: -1, rows: 0 };
  for (let written = 0; written < rows; ) {
    const buys = Math.floor(((visitors + buyers + 1) * buyersIn10000) / 10_000) > buyers;
    const index = buys ? buyers++ : visitors++;
    const own = (buys ? buyerChain : visitorChain).countRows(sessionKey(seed, index, buys));
    if (written + own >= rows) last = { buys, index, rows: rows - written };
    written += own;
    if ((visitors + buyers) % sessionsPerStep === 0) yield;
  }
  return { visitors, buyers, last };
}

/** Derives the plan of a run. Pure: the same input gives the same plan. */
export function derivePlan(input: PlanInput): SimulationPlan {
  const steps = planSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The largest share of a script's rows. With more, the shop's own traffic would not be recognisable. */
const mostScripted = 0.7;

/** @throws HeadwaterError SIMULATION_INVALID when a script leaves too few rows for shoppers */
function assertRoom(events: number, scripted: number): void {
  if (scripted <= events * mostScripted) return;
  const expected = `at least ${Math.ceil(scripted / mostScripted / 1000) * 1000} for these attacks, or fewer kinds`;
  throw invalid('events', events, expected);
}

/** Like {@link derivePlan}, with pauses. The plan of a billion rows takes a minute and can be stopped. */
export function* planSteps(input: PlanInput): Generator<void, SimulationPlan, undefined> {
  const { seed, days, startSecond, saleDays } = input;
  const script = input.attacks && deriveScript(input, input.attacks);
  const bots = botKinds.map((kind: BotKind, stream) => {
    const rows = Math.floor((input.events * input.botShare * kind.part) / 100);
    let sessions = 0;
    for (let planned = 0; planned < rows; sessions++)
      planned += botSessionRows(kind, seed | 0, stream, sessions);
    const weights = botHourWeights(kind, seed | 0, stream, days * 24);
    return { kind, rows, sessions, arrivals: createArrivals(sessions, weights) };
  });
  const botRows = bots.reduce((sum, bot) => sum + bot.rows, 0);
  assertRoom(input.events, script?.order.length ?? 0);
  const people = yield* countSessions(seed, input.events - botRows - (script?.order.length ?? 0));
  const changes = input.attacks?.kinds.includes('clock_change')
    ? clockChangesOf(startSecond, days * 86_400)
    : [];
  const stream = (sessions: number, profile: typeof visitorProfile): PlannedStream => ({
    sessions,
    arrivals: createArrivals(sessions, hourWeights(profile, startSecond, days, saleDays, changes)),
  });
  const visitors = stream(people.visitors, visitorProfile);
  const buyers = stream(people.buyers, buyerProfile);
  const visits = script && planVisits(seed, days, visitors, buyers);
  return {
    seed,
    events: input.events,
    days,
    startSecond,
    saleDays,
    visitors,
    buyers,
    lastSession: people.last,
    bots,
    script: script && visits && chooseCustomers(script, visits),
    visits,
  };
}
