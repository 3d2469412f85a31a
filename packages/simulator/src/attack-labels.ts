import type { AttackLabel } from './labels/attack-label.ts';
import { Simulation } from './simulation.ts';
import { planInputOf, type SimulationOptions } from './simulation-options.ts';
import { derivePlan } from './simulation-plan.ts';

/**
 * The ground truth about the attackers and look-alikes of a run, without its rows. None when the options ask for none.
 *
 * @throws HeadwaterError SIMULATION_INVALID when an option is out of range
 *
 * @example
 * ```ts
 * const options = { events: 400_000, days: 7, start: '2019-10-01', seed: 1, attacks: 'medium' } as const;
 * for (const label of attackLabels(options)) if (label.role === 'case' && label.isAttack) console.log(label.kind, label.subject);
 * ```
 */
export function* attackLabels(options: SimulationOptions): Generator<AttackLabel, void, undefined> {
  yield* new Simulation(derivePlan(planInputOf(options))).attackLabels();
}
