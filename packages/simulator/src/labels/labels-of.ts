import type { Script, ScriptCase, Span } from '../script/script.ts';
import { type AttackLabel, attackLabelVersion } from './attack-label.ts';

/** The texts of a run that labels name. */
export interface LabelNames {
  readonly startSecond: number;
  /** The id of a session's user. */
  userId(session: number): string;
  sessionId(session: number): string;
  productId(product: number): string;
}

/** What the rows of a session, a user or a case are, together. */
interface Extent {
  from: number;
  to: number;
  rows: number;
}

function extended(extents: Map<string, Extent>, key: string, more: Extent): void {
  const extent = extents.get(key);
  if (!extent) extents.set(key, { ...more });
  else {
    extent.from = Math.min(extent.from, more.from);
    extent.to = Math.max(extent.to, more.to);
    extent.rows += more.rows;
  }
}

/** The extent of each session that has rows. Others have `rows` 0. */
function sessionExtents(script: Script): Extent[] {
  const extents = Array.from(script.sessionUsers, () => ({ from: 0, to: 0, rows: 0 }));
  for (const row of script.order) {
    const extent = extents[script.rows.session[row] ?? 0];
    if (!extent) continue;
    const second = script.rows.second[row] ?? 0;
    if (extent.rows++ === 0) extent.from = second;
    extent.to = second;
  }
  return extents;
}

/** The labels of a script: for each case its own label, then one for each of its actors and sessions. */
export function* labelsOf(script: Script, names: LabelNames): Generator<AttackLabel, void, undefined> {
  const extents = sessionExtents(script);
  for (const one of script.cases) yield* labelsOfCase(one, extents, names);
}

function* labelsOfCase(
  one: ScriptCase,
  extents: readonly Extent[],
  names: LabelNames,
): Generator<AttackLabel, void, undefined> {
  const actors = new Map<string, Extent>();
  const sessions = new Map<string, Extent>();
  const whole = new Map<string, Extent>();
  for (let session = one.firstSession; session < one.lastSession; session++) {
    const extent = extents[session];
    if (!extent || extent.rows === 0) continue;
    extended(actors, names.userId(session), extent);
    extended(sessions, names.sessionId(session), extent);
    extended(whole, 'case', extent);
  }
  const { kind, isAttack, subject: subjectType } = one.kind;
  const span: Span | undefined = one.span ?? whole.get('case');
  if (!span) return;
  const name = `${kind}-${one.number}`;
  const members = [...actors.keys()];
  const timeOf = (second: number): string =>
    `${new Date((names.startSecond + second) * 1000).toISOString().slice(0, 19)}Z`;
  const label = (
    role: AttackLabel['role'],
    subject_type: AttackLabel['subject_type'],
    subject: string,
    extent: Span & { readonly rows: number },
  ): AttackLabel => ({
    version: attackLabelVersion,
    kind,
    case: name,
    role,
    subject_type,
    subject,
    from: timeOf(extent.from),
    to: timeOf(extent.to),
    rows: extent.rows,
    members: role === 'case' ? members : [],
    level: one.level,
    isAttack,
  });
  const subjects = {
    actor: members[0] ?? '',
    campaign: name,
    product: names.productId(one.product),
    site: 'site',
  };
  yield label('case', subjectType, subjects[subjectType], { ...span, rows: whole.get('case')?.rows ?? 0 });
  if (subjectType !== 'actor')
    for (const [actor, extent] of actors) yield label('member', 'actor', actor, extent);
  for (const [session, extent] of sessions) yield label('member', 'session', session, extent);
}
