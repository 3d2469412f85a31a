import type { AttackLevel } from '../script/level.ts';
import type { CaseKindName } from '../script/level-table.ts';

/** The version of the form of labels. It changes when a field changes its meaning. */
export const attackLabelVersion = 1;

/** Ground truth about an attacker or a look-alike: one line of a label file. */
export interface AttackLabel {
  readonly version: typeof attackLabelVersion;
  readonly kind: CaseKindName;
  /** The case, such as `carding-2`. All labels of a case have the same name. */
  readonly case: string;
  /** `case` for the case itself, one each; `member` for one of its actors or sessions. Count cases, look members up. */
  readonly role: 'case' | 'member';
  readonly subject_type: 'actor' | 'session' | 'campaign' | 'product' | 'site';
  /** The user id, session id or product id; the name of the case for a campaign; `site` for the shop. */
  readonly subject: string;
  /**
   * The first and the last second of its rows, as `YYYY-MM-DDTHH:MM:SSZ`. For a case of a product or the site its planned time:
   * people who came in it may stay longer.
   */
  readonly from: string;
  readonly to: string;
  /** The rows that belong to the case. 0 for an outage and for a change of the clocks. */
  readonly rows: number;
  /** The user ids of the case. Only in the label of the case. */
  readonly members: readonly string[];
  readonly level: AttackLevel;
  /** Whether a detector must report it. False for look-alikes. True for an outage, which nobody attacks with. */
  readonly isAttack: boolean;
}
