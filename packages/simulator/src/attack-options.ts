import { caseKinds } from './case-kinds.ts';
import { assertOneOf, assertShare, assertWhole, invalid } from './option-checks.ts';
import { type AttackLevel, attackLevels } from './script/level.ts';
import { type CaseKindName, caseKindNames } from './script/level-table.ts';
import type { AttackPlanInput } from './script-plan.ts';

/** What the seeds of runs with attacks are for. */
export const attackPurposes = ['tune', 'report'] as const;

/** One of {@link attackPurposes}. */
export type AttackPurpose = (typeof attackPurposes)[number];

/** Attackers and look-alikes of a run. */
export interface AttackOptions {
  /** How near the attackers are to shoppers. */
  readonly level: AttackLevel;
  /**
   * `tune` for the runs that thresholds are chosen on, `report` for those that results are measured on. The same seed gives
   * unrelated runs for the two, and no seed of one gives a run of the other. Defaults to `tune`.
   */
  readonly purpose?: AttackPurpose;
  /** The kinds that occur. Default to all. */
  readonly kinds?: readonly CaseKindName[];
  /** Attackers as a share of all actors, 0 to 0.2, without the members of floods. Defaults to 0.01. */
  readonly share?: number;
}

/** The options of a run that attackers depend on. */
interface RunOptions {
  readonly events: number;
  readonly days: number;
  readonly seed: number;
  readonly bots?: number | boolean;
  readonly attacks?: AttackLevel | AttackOptions;
}

/** The most rows of a run with attacks. Their rows, a fifth to a third, are planned in memory: 20 bytes each. */
const mostWithAttacks = 20_000_000;

/** Even seeds are for tuning and odd ones for reporting, so that the two have no run in common. */
const seedFor = (seed: number, purpose: AttackPurpose): number => seed * 2 + attackPurposes.indexOf(purpose);

/**
 * Checks the attackers that are asked for, and adds what defaults.
 *
 * @returns what to plan, and the seed that the whole run uses. Undefined for a run without attackers
 * @throws HeadwaterError SIMULATION_INVALID, naming the option
 */
export function attacksOf(options: RunOptions): (AttackPlanInput & { readonly seed: number }) | undefined {
  if (options.attacks === undefined) return undefined;
  const asked = typeof options.attacks === 'string' ? { level: options.attacks } : options.attacks;
  const { level, purpose = 'tune', kinds = caseKindNames, share = 0.01 } = asked;
  assertOneOf('attacks', level, attackLevels);
  assertOneOf('attacks.purpose', purpose, attackPurposes);
  for (const kind of kinds) assertOneOf('attacks.kinds', kind, caseKindNames);
  assertShare('attacks.share', share, 0.2);
  // Half of the safe integers: the other half is for the other purpose.
  const most = Math.floor(Number.MAX_SAFE_INTEGER / 2) - 1;
  assertWhole('seed', options.seed, -most, most);
  if (options.events > mostWithAttacks)
    throw invalid(
      'events',
      options.events,
      `at most ${mostWithAttacks} with attacks, which are planned in memory`,
    );
  for (const { kind, leastDays } of caseKinds)
    if (kinds.includes(kind) && options.days < leastDays)
      throw invalid('days', options.days, `at least ${leastDays} with attacks of the kind ${kind}`);
  if (options.bots) throw invalid('bots', options.bots, 'none with attacks, whose labels do not name bots');
  return { level, kinds, share, seed: seedFor(options.seed, purpose) };
}
