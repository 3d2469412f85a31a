import type { AttackLabel } from '@headwater/simulator';
import { type CaseFinding, findingOf, overlaps } from './case-finding.ts';
import { type GroundTruth, groundTruth, isOfShop, type TrueCase } from './ground-truth.ts';
import { accusesActors, type IncidentLine, type ToldIncident, toldIncidents } from './told-incident.ts';

/** What became of one attack. */
export interface CaseScore {
  readonly label: AttackLabel;
  /** Undefined if no incident found it. */
  readonly finding: CaseFinding | undefined;
}

/** An actor who was accused and attacks nobody. */
export interface FalseActor {
  readonly actor: string;
  /** The kinds of the incidents that name it. */
  readonly incidents: readonly string[];
  /** The kinds of look-alikes that it is; none for an ordinary shopper. */
  readonly is: readonly string[];
}

/** An incident of the site or of a product at a time without an attack on them. */
export interface FalseSite {
  readonly incident: ToldIncident;
  /** The kinds of look-alikes that happened then. */
  readonly is: readonly string[];
}

/** Whether look-alikes of one kind were left alone. */
export interface LookAlikeScore {
  readonly kind: string;
  readonly cases: number;
  readonly flagged: number;
}

/** The incidents of one kind. */
export interface IncidentKindScore {
  readonly kind: string;
  readonly opened: number;
  /** Those that are about an attack. */
  readonly right: number;
}

/** The score of one run, or of several together. */
export interface DetectionScore {
  readonly events: number;
  readonly cases: readonly CaseScore[];
  readonly falseActors: readonly FalseActor[];
  readonly falseSites: readonly FalseSite[];
  readonly lookAlikes: readonly LookAlikeScore[];
  readonly incidentKinds: readonly IncidentKindScore[];
}

/**
 * Scores what a detector told of a run against its ground truth.
 *
 * @param events the rows of the run
 */
export function scoreDetection(
  labels: Iterable<AttackLabel>,
  lines: Iterable<IncidentLine>,
  events: number,
): DetectionScore {
  const truth = groundTruth(labels);
  const incidents = toldIncidents(lines).toSorted((one, other) => one.opened - other.opened);
  const falseActors = falseActorsOf(incidents, truth);
  const accused = new Set(falseActors.map(({ actor }) => actor));
  const falseSites = incidents
    .filter((one) => !accusesActors(one) && !isRight(one, truth))
    .map((incident) => ({
      incident,
      is: truth.lookAlikes
        .filter((one) => isOfShop(one) && overlaps(incident, one))
        .map((one) => one.label.kind),
    }));
  const shopIncidents = falseSites.map(({ incident }) => incident);
  const isFlagged = (one: TrueCase): boolean =>
    isOfShop(one)
      ? shopIncidents.some((incident) => overlaps(incident, one))
      : [...one.actors].some((actor) => accused.has(actor));
  return {
    events,
    cases: truth.attacks.map((one) => ({
      label: one.label,
      finding: findingOf(one, candidates(one, incidents, truth)),
    })),
    falseActors,
    falseSites,
    lookAlikes: [...Map.groupBy(truth.lookAlikes, (one) => one.label.kind)].map(([kind, cases]) => ({
      kind,
      cases: cases.length,
      flagged: cases.filter(isFlagged).length,
    })),
    incidentKinds: [...Map.groupBy(incidents, (one) => one.kind)].map(([kind, opened]) => ({
      kind,
      opened: opened.length,
      right: opened.filter((one) => isRight(one, truth)).length,
    })),
  };
}

/** The score of several runs, as if they were one. */
export function sumScores(scores: readonly DetectionScore[]): DetectionScore {
  const sumBy = <One extends { readonly kind: string }>(
    all: readonly One[],
    sum: (same: readonly One[]) => One,
  ): One[] => [...Map.groupBy(all, (one) => one.kind).values()].map(sum);
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  return {
    events: total(scores.map((one) => one.events)),
    cases: scores.flatMap((one) => one.cases),
    falseActors: scores.flatMap((one) => one.falseActors),
    falseSites: scores.flatMap((one) => one.falseSites),
    lookAlikes: sumBy(
      scores.flatMap((one) => one.lookAlikes),
      (same) => ({
        kind: same[0]?.kind ?? '',
        cases: total(same.map((one) => one.cases)),
        flagged: total(same.map((one) => one.flagged)),
      }),
    ),
    incidentKinds: sumBy(
      scores.flatMap((one) => one.incidentKinds),
      (same) => ({
        kind: same[0]?.kind ?? '',
        opened: total(same.map((one) => one.opened)),
        right: total(same.map((one) => one.right)),
      }),
    ),
  };
}

/** Whether an incident belongs to an attack: it names an attacker, mostly attackers, or a time in which the shop is attacked. */
function isRight(one: ToldIncident, truth: GroundTruth): boolean {
  if (!accusesActors(one)) return truth.attacks.some((attack) => isOfShop(attack) && overlaps(one, attack));
  if (one.subjectType === 'session' && truth.attackOfSession.has(one.subject)) return true;
  const own = [...one.actors.keys()].filter((actor) => truth.attackOfActor.has(actor)).length;
  return own > 0 && own * 2 >= one.actors.size;
}

/** The incidents that may find a case: those of its actors and sessions, or those of the shop. */
function candidates(one: TrueCase, incidents: readonly ToldIncident[], truth: GroundTruth): ToldIncident[] {
  return incidents.filter(
    (incident) =>
      (isOfShop(one) && !accusesActors(incident)) ||
      truth.attackOfSession.get(incident.subject) === one ||
      [...incident.actors.keys()].some((actor) => truth.attackOfActor.get(actor) === one),
  );
}

function falseActorsOf(incidents: readonly ToldIncident[], truth: GroundTruth): FalseActor[] {
  const kinds = new Map<string, Set<string>>();
  for (const one of incidents.filter(accusesActors)) {
    // A session without an actor counts as one.
    const named = one.actors.size > 0 ? [...one.actors.keys()] : [one.subject];
    if (one.actors.size === 0 && truth.attackOfSession.has(one.subject)) continue;
    for (const actor of named) {
      if (truth.attackOfActor.has(actor)) continue;
      kinds.set(actor, (kinds.get(actor) ?? new Set()).add(one.kind));
    }
  }
  return [...kinds].map(([actor, own]) => ({
    actor,
    incidents: [...own],
    is: [...new Set(truth.lookAlikesOfActor.get(actor)?.map((one) => one.label.kind))],
  }));
}
