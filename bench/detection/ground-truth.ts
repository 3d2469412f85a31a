import type { AttackLabel } from '@headwater/simulator';

/** A case of the ground truth, with its actors and sessions. */
export interface TrueCase {
  readonly label: AttackLabel;
  /** Milliseconds since 1970, both ends included. */
  readonly from: number;
  readonly to: number;
  readonly actors: ReadonlySet<string>;
  readonly sessions: ReadonlySet<string>;
}

/** What a run contains beside ordinary shoppers, looked up by the names that an incident may have. */
export interface GroundTruth {
  readonly attacks: readonly TrueCase[];
  readonly lookAlikes: readonly TrueCase[];
  /** The attack of an actor or session. Nobody is in two. */
  readonly attackOfActor: ReadonlyMap<string, TrueCase>;
  readonly attackOfSession: ReadonlyMap<string, TrueCase>;
  /** The look-alikes that an actor is in. A customer may be in several. */
  readonly lookAlikesOfActor: ReadonlyMap<string, readonly TrueCase[]>;
}

/** Whether a case happens to the site or to a product, and not to an actor or a campaign. */
export const isOfShop = ({ label }: TrueCase): boolean =>
  label.subject_type === 'site' || label.subject_type === 'product';

/** Reads the labels of one run. */
export function groundTruth(labels: Iterable<AttackLabel>): GroundTruth {
  const sessions = new Map<string, Set<string>>();
  const heads: AttackLabel[] = [];
  for (const label of labels) {
    if (label.role === 'case') heads.push(label);
    else if (label.subject_type === 'session') {
      const own = sessions.get(label.case) ?? new Set();
      sessions.set(label.case, own.add(label.subject));
    }
  }
  const cases = heads.map(
    (label): TrueCase => ({
      label,
      from: Date.parse(label.from),
      to: Date.parse(label.to),
      actors: new Set(label.members),
      sessions: sessions.get(label.case) ?? new Set(),
    }),
  );
  const attacks = cases.filter(({ label }) => label.isAttack);
  const lookAlikes = cases.filter(({ label }) => !label.isAttack);
  const lookAlikesOfActor = new Map<string, TrueCase[]>();
  for (const one of lookAlikes)
    for (const actor of one.actors)
      lookAlikesOfActor.set(actor, [...(lookAlikesOfActor.get(actor) ?? []), one]);
  return {
    attacks,
    lookAlikes,
    attackOfActor: new Map(attacks.flatMap((one) => [...one.actors].map((actor) => [actor, one]))),
    attackOfSession: new Map(attacks.flatMap((one) => [...one.sessions].map((session) => [session, one]))),
    lookAlikesOfActor,
  };
}

/** The actors that a shop would put on its allow-list: its own monitor. */
export const ownActors = ({ lookAlikes }: GroundTruth): string[] =>
  lookAlikes.filter(({ label }) => label.kind === 'own_monitor').flatMap(({ actors }) => [...actors]);
