import type { CampaignRule } from './campaign-rule.ts';
import { createFirstRuns, type FirstRunsState } from './first-runs.ts';
import type { OpenCampaigns } from './open-campaigns.ts';
import type { LockstepRingParameters } from './parameters.ts';
import { hashOf } from './product-views.ts';

/** Products of a run. People who browse do not have five in the same order, unless somebody gave it to them. */
const length = 5;

/** Actors with equal gaps in a run. */
interface Lockstep {
  readonly gaps: readonly number[];
  readonly members: string[];
  readonly begin: number;
}

/** A run of products that several actors had. */
interface SharedRun {
  actors: number;
  last: number;
  readonly locksteps: Lockstep[];
}

export interface LockstepRingState {
  readonly first: FirstRunsState;
  readonly shared: readonly (readonly [run: number, SharedRun])[];
}

/** Runs that several actors had, which are remembered. */
const mostShared = 2000;
/** Different gaps of one run that are remembered. Of more, the oldest that one actor alone had are forgotten. */
const mostLocksteps = 64;
/** Members of a lockstep that are remembered. */
const mostMembers = 200;
/** The chance that a gap of one person equals that of another, within the tolerance. Half of all gaps of people are below half a minute. */
const sameGap = 0.1;

/**
 * Actors that one script moves: the same run of products in the same order, and equal gaps. One shared order alone is a posted list or a
 * newsletter, which everybody follows at a pace of their own; and a class that is shown a list has nearly one pace, and few equal gaps.
 */
export function createLockstepRing(
  parameters: LockstepRingParameters,
  runs: number,
  campaigns: OpenCampaigns,
  state?: LockstepRingState,
): CampaignRule {
  const first = createFirstRuns(runs, length - 1, state?.first);
  const shared = new Map<number, SharedRun>(structuredClone(state?.shared ?? []));
  const gaps: number[] = new Array<number>(length - 1).fill(0);

  const isEqual = (one: readonly number[], tolerance = parameters.tolerance): boolean => {
    for (let place = 0; place < gaps.length; place++)
      if (Math.abs((one[place] ?? 0) - (gaps[place] ?? 0)) > tolerance) return false;
    return true;
  };

  /** The actors whose gaps are nearly these. */
  const together = ({ locksteps }: SharedRun): number =>
    locksteps.reduce(
      (sum, one) => sum + (isEqual(one.gaps, parameters.together) ? one.members.length : 0),
      0,
    );

  /** The actors with this run. */
  const sharedRun = (run: number, name: string, time: number): SharedRun | undefined => {
    const known = shared.get(run);
    if (known !== undefined && time - known.last <= parameters.spread) return known;
    const other = first.other(run, name, gaps, time, parameters.spread);
    if (other === undefined) return undefined;
    const lockstep = { gaps: other.gaps, members: [other.name], begin: other.time };
    const created = { actors: 1, last: time, locksteps: [lockstep] };
    const oldest = shared.size >= mostShared ? shared.keys().next().value : undefined;
    if (oldest !== undefined) shared.delete(oldest);
    shared.delete(run);
    shared.set(run, created);
    return created;
  };

  /** The actors in lockstep with an actor, the actor included; undefined if it was known already. */
  const join = (run: SharedRun, name: string, begin: number): Lockstep | undefined => {
    const equal = run.locksteps.find((one) => isEqual(one.gaps));
    if (equal === undefined) {
      run.actors += 1;
      if (run.locksteps.length >= mostLocksteps)
        run.locksteps.splice(
          Math.max(
            0,
            run.locksteps.findIndex(({ members }) => members.length === 1),
          ),
          1,
        );
      run.locksteps.push({ gaps: [...gaps], members: [name], begin });
      return undefined;
    }
    if (equal.members.includes(name) || equal.members.length >= mostMembers) return undefined;
    run.actors += 1;
    equal.members.push(name);
    return equal;
  };

  return {
    observe({ item, row }, { trail, name }, time, report) {
      if (item === undefined) return;
      const hash = hashOf(item);
      if (trail.at(-2) === hash) return;
      if (trail.length === 2 * length) {
        trail.copyWithin(0, 2);
        trail.length -= 2;
      }
      trail.push(hash, time);
      const begin = trail[1] ?? time;
      if (trail.length < 2 * length || time - begin < parameters.lasting || !areDifferent(trail)) return;
      let key = 0;
      for (let place = 0; place < length; place++) {
        key = Math.imul(key ^ (trail[2 * place] ?? 0), 0x0100_0193);
        if (place > 0)
          gaps[place - 1] = Math.min(65_535, (trail[2 * place + 1] ?? 0) - (trail[2 * place - 1] ?? 0));
      }
      const run = sharedRun(key, name, time);
      if (run === undefined) return;
      run.last = time;
      const lockstep = join(run, name, begin);
      if (lockstep === undefined) return;
      const expected = 1 + run.actors * sameGap ** (length - 1);
      const { members } = lockstep;
      if (members.length < Math.max(parameters.members, parameters.times * (expected - 1))) return;
      if (members.length < parameters.share * together(run)) return;
      campaigns.grow(
        {
          kind: 'lockstep-ring',
          subject: campaigns.ofMember('lockstep-ring', members) ?? `lockstep-ring:${members[0] ?? name}`,
          members,
          begin: lockstep.begin,
          time,
          expected,
          limit: parameters.members,
          row,
        },
        report,
      );
    },
    reach(time) {
      for (const [run, { last }] of shared) if (time - last > parameters.spread) shared.delete(run);
    },
    snapshot: (share) => ({
      first: first.snapshot(share),
      shared: structuredClone([...shared]),
    }),
  };
}

function areDifferent(trail: readonly number[]): boolean {
  for (let one = 2; one < trail.length; one += 2)
    for (let other = 0; other < one; other += 2) if (trail[one] === trail[other]) return false;
  return true;
}
