import type { TableSchema } from '../table/table-schema.ts';
import { columnRules } from './column-rules.ts';
import { diffSchemas } from './diff-schemas.ts';
import {
  type ChangeCase,
  type ChangeTarget,
  changeTargets,
  type SchemaChange,
  type Verdict,
  type VerdictName,
} from './schema-change.ts';
import { largestPart, nextVersion, type VersionPart } from './semantic-version.ts';
import { tableRules } from './table-rules.ts';
import type { VerdictRow } from './verdict.ts';

const rules: Readonly<Record<ChangeCase, VerdictRow>> = { ...columnRules, ...tableRules };

/**
 * What the Schema Registry holds new versions to (https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html):
 * `BACKWARD`, that the new schema takes the events of the earlier one; `FORWARD`, that the earlier takes those of the
 * new; `FULL`, both; `NONE`, neither.
 */
export type CompatibilityMode = 'NONE' | 'BACKWARD' | 'FORWARD' | 'FULL';

/** All of {@link CompatibilityMode}. */
export const compatibilityModes: readonly CompatibilityMode[] = ['NONE', 'BACKWARD', 'FORWARD', 'FULL'];

/** A change with everything that is to be known before it is published. */
export interface AssessedChange extends SchemaChange {
  readonly verdicts: Readonly<Record<ChangeTarget, Verdict>>;
  /** Whether publishing the earlier version again would not bring back what is lost, or given away. */
  readonly destructive: boolean;
  /** Whether it is published only when its id is allowed: it breaks something, or is destructive. */
  readonly needsAllow: boolean;
  readonly part: VersionPart;
}

/** Two versions of a table's definition, compared. */
export interface SchemaDiff {
  readonly table: string;
  /** The version compared with; null when there is none. */
  readonly from: string | null;
  /** The version that the new definition is: `from` itself when nothing differs. */
  readonly version: string;
  readonly changes: readonly AssessedChange[];
  /** The worst of all verdicts: `incompatible`, then `unknown`, then `compatible`. */
  readonly verdict: Exclude<VerdictName, 'compatible-with-view'>;
  readonly destructive: boolean;
  /** Which modes of the Schema Registry would take the new version. */
  readonly registry: Readonly<Record<CompatibilityMode, boolean>>;
}

/**
 * Compares two definitions of a table and judges every change for every target.
 *
 * @param before the published version; undefined before the first, which is 1.0.0
 * @param mode what the Schema Registry is held to: a direction that it does not ask for breaks nothing, it says who
 *   takes the new version first
 * @example assessSchemas({ version: '1.0.0', schema: old }, now).changes[0]?.verdicts.spark.verdict // 'incompatible'
 */
export function assessSchemas(
  before: { readonly version: string; readonly schema: TableSchema } | undefined,
  now: TableSchema,
  mode: CompatibilityMode = 'BACKWARD',
): SchemaDiff {
  const changes = before ? diffSchemas(before.schema, now) : [];
  const asked = changes.map((change) => rules[change.case].verdicts);
  const backward = asked.every(({ producers }) => producers.verdict !== 'incompatible');
  const forward = asked.every(({ consumers }) => consumers.verdict !== 'incompatible');
  return concludeDiff({
    table: now.name,
    from: before?.version ?? null,
    changes: changes.map((change) => assess(change, mode)),
    registry: { NONE: true, BACKWARD: backward, FORWARD: forward, FULL: backward && forward },
  });
}

/** A diff with what follows from its changes: version, verdict, `destructive`. Call it again when a verdict was settled. */
export function concludeDiff(diff: Pick<SchemaDiff, 'table' | 'from' | 'changes' | 'registry'>): SchemaDiff {
  const { from } = diff;
  const changes = diff.changes.map(concludeChange);
  const part = largestPart(changes.map((change) => change.part));
  const found = new Set(
    changes.flatMap(({ verdicts }) => changeTargets.map((target) => verdicts[target].verdict)),
  );
  return {
    ...diff,
    changes,
    version: from === null ? '1.0.0' : part ? nextVersion(from, part) : from,
    verdict: found.has('incompatible') ? 'incompatible' : found.has('unknown') ? 'unknown' : 'compatible',
    destructive: changes.some(({ destructive }) => destructive),
  };
}

function assess(change: SchemaChange, mode: CompatibilityMode): AssessedChange {
  const { verdicts, part, destructive } = rules[change.case];
  const asked = {
    ...verdicts,
    producers: waived(verdicts.producers, mode === 'BACKWARD' || mode === 'FULL', mode, 'Producers'),
    consumers: waived(verdicts.consumers, mode === 'FORWARD' || mode === 'FULL', mode, 'Consumers'),
  };
  return concludeChange({ ...change, verdicts: asked, destructive, needsAllow: destructive, part });
}

function concludeChange(change: AssessedChange): AssessedChange {
  const isBreaking = changeTargets.some((target) => change.verdicts[target].verdict === 'incompatible');
  const { part } = rules[change.case];
  return { ...change, needsAllow: change.destructive || isBreaking, part: isBreaking ? 'major' : part };
}

/** A direction that the mode does not hold new versions to is a matter of order, not of breaking. A change of meaning is not. */
function waived(verdict: Verdict, isAsked: boolean, mode: CompatibilityMode, who: string): Verdict {
  if (isAsked || verdict.verdict !== 'incompatible' || verdict.basis !== 'documented') return verdict;
  return {
    ...verdict,
    verdict: 'compatible',
    reason: `${verdict.reason} Under ${mode} ${who.toLowerCase()} take the new version first.`,
  };
}
