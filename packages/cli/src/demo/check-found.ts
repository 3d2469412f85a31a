import type { AttackLabel } from '@headwater/simulator';
import type { SummarizedIncident } from '../stream/run/run-summary.ts';

/** An attacker of the demo, and what a run found of it. */
export interface CheckedAttack {
  /** `fast scraper`, and its id where it is one actor. */
  readonly who: string;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  readonly actors: number;
  /** The first incident that names it; null when none does. */
  readonly incident: SummarizedIncident | null;
  /** Minutes of event time from its first row to the incident. */
  readonly minutes: number | null;
}

/** People, or an event of the shop, that look like an attack. */
export interface CheckedLookAlike {
  readonly what: string;
  readonly cases: number;
  readonly rows: number;
  /** How many of them an incident is about. */
  readonly flagged: number;
}

/** What a run found beside what was simulated. */
export interface CheckedRun {
  readonly attacks: readonly CheckedAttack[];
  readonly lookAlikes: readonly CheckedLookAlike[];
  /** Actors that an incident accuses, and who attack nobody. */
  readonly falseActors: number;
}

/** An incident after the end of an attack on the shop may still be about it. */
const afterwards = 3_600_000;
/** A part of the members names a campaign. */
const leastMembers = 0.5;

/**
 * Compares the incidents of a run with who was simulated. The detectors have not seen the labels.
 *
 * @param found incidents in the order in which they were opened
 */
export function checkFound(labels: readonly AttackLabel[], found: readonly SummarizedIncident[]): CheckedRun {
  const cases = labels.filter(({ role }) => role === 'case');
  const attacks = cases.filter(({ isAttack }) => isAttack);
  const attackers = new Set(attacks.flatMap(actorsOf));
  const accused = new Set(found.filter(accuses).flatMap(({ actors }) => actors));
  // An incident of the shop that is about an attack says nothing of a sale that goes on meanwhile.
  const unexplained = found.filter((one) => !accuses(one) && !attacks.some((attack) => isAbout(one, attack)));
  const isFlagged = (label: AttackLabel): boolean =>
    isOfShop(label)
      ? unexplained.some((one) => isAbout(one, label))
      : actorsOf(label).some((actor) => accused.has(actor));
  const groups = Map.groupBy(
    cases.filter(({ isAttack }) => !isAttack),
    ({ kind }) => kind,
  );
  return {
    attacks: attacks
      .toSorted((one, other) => (one.from < other.from ? -1 : 1))
      .map((label) => {
        const incident = found.find((one) => isAbout(one, label)) ?? null;
        const { from, to, rows, members } = label;
        const minutes = incident && Math.max(0, (Date.parse(incident.opened) - Date.parse(from)) / 60_000);
        const who =
          label.subject_type === 'actor' ? `${words(label.kind)} ${label.subject}` : words(label.kind);
        return { who, from, to, rows, actors: members.length, incident, minutes };
      }),
    lookAlikes: [...groups].map(([kind, some]) => ({
      what: words(kind),
      cases: some.length,
      rows: some.reduce((sum, { rows }) => sum + rows, 0),
      flagged: some.filter(isFlagged).length,
    })),
    falseActors: [...accused].filter((actor) => !attackers.has(actor)).length,
  };
}

const words = (kind: string): string => kind.replaceAll('_', ' ');
const actorsOf = ({ subject_type, subject, members }: AttackLabel): readonly string[] =>
  subject_type === 'actor' ? [subject] : members;
const isOfShop = ({ subject_type }: AttackLabel): boolean =>
  subject_type === 'site' || subject_type === 'product';
/** Whether an incident says of its actors that they are the attackers. Those of a flood are some of the crowd. */
const accuses = ({ subject_type }: SummarizedIncident): boolean =>
  subject_type !== 'site' && subject_type !== 'product';

function isAbout(incident: SummarizedIncident, label: AttackLabel): boolean {
  const opened = Date.parse(incident.opened);
  if (isOfShop(label))
    return (
      !accuses(incident) && opened >= Date.parse(label.from) && opened <= Date.parse(label.to) + afterwards
    );
  const actors = new Set(actorsOf(label));
  const named = incident.actors.filter((actor) => actors.has(actor));
  return accuses(incident) && named.length >= leastMembers * incident.actors.length && named.length > 0;
}
