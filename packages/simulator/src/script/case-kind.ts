import type { AttackLevel } from './level.ts';
import { type CaseKindName, type CaseParameters, parametersOf } from './level-table.ts';
import type { Stage } from './stage.ts';

/** What a case is about: the grain at which a detector can report it. */
export type CaseSubject = 'actor' | 'campaign' | 'product' | 'site';

/** One kind of attacker or look-alike. */
export interface CaseKind {
  readonly kind: CaseKindName;
  readonly subject: CaseSubject;
  /** Whether a detector must report it. False for look-alikes. */
  readonly isAttack: boolean;
  /**
   * Parts per thousand of the planned actors of its side (attackers or look-alikes), or `site` for kinds that happen to the
   * whole shop: one a week, each in a time of its own. `once` is one case a run.
   */
  readonly part: number | 'site' | 'once';
  /** The shortest run in which the kind can last as long as it has to. */
  readonly leastDays: number;
  /** The number of actors of a case. 1 unless a campaign has more. */
  membersAt(level: AttackLevel): number;
  /** Writes the rows of one case. */
  play(stage: Stage, level: AttackLevel): void;
}

/** Defines a kind, whose parameters come from the table of levels. */
export function defineCase<Kind extends CaseKindName>(
  kind: Kind,
  definition: Pick<CaseKind, 'subject' | 'isAttack' | 'part'> & {
    readonly leastDays?: number;
    readonly members?: (parameters: CaseParameters<Kind>) => number;
    readonly play: (stage: Stage, parameters: CaseParameters<Kind>) => void;
  },
): CaseKind {
  const { subject, isAttack, part, leastDays = 1, members, play } = definition;
  return {
    kind,
    subject,
    isAttack,
    part,
    leastDays,
    membersAt: (level) => members?.(parametersOf(kind, level)) ?? 1,
    play: (stage, level) => play(stage, parametersOf(kind, level)),
  };
}
