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
 * The compatibility mode of the Schema Registry (https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html). With `BACKWARD`,
 * the new schema must accept events of the earlier one; with `FORWARD`, the earlier schema must accept events of the new one;
 * with `FULL`, both; with `NONE`, neither.
 */
export type CompatibilityMode = 'NONE' | 'BACKWARD' | 'FORWARD' | 'FULL';

/** Every {@link CompatibilityMode}. */
export const compatibilityModes: readonly CompatibilityMode[] = ['NONE', 'BACKWARD', 'FORWARD', 'FULL'];

/** A change with its verdicts. */
export interface AssessedChange extends SchemaChange {
  readonly verdicts: Readonly<Record<ChangeTarget, Verdict>>;
  /** Whether the change is irreversible: a rollback would not restore lost data, or withdraw data that was exposed. */
  readonly destructive: boolean;
  /** Whether the change is breaking or irreversible, and so must be allowed by its id. */
  readonly needsAllow: boolean;
  readonly part: VersionPart;
}

/** The comparison of two versions of a table's definition. */
export interface SchemaDiff {
  readonly table: string;
  /** The earlier version. Null when there is none. */
  readonly from: string | null;
  /** The version of the new definition. Equal to `from` when nothing differs. */
  readonly version: string;
  readonly changes: readonly AssessedChange[];
  /** The worst of all verdicts: `incompatible`, then `unknown`, then `compatible`. */
  readonly verdict: Exclude<VerdictName, 'compatible-with-view'>;
  readonly destructive: boolean;
  /** Whether the Schema Registry would accept the new version, by mode. */
  readonly registry: Readonly<Record<CompatibilityMode, boolean>>;
}

/**
 * Compares two definitions of a table and assesses every change for every target.
 *
 * @param before the published version. Undefined if there is none; the first version is 1.0.0
 * @param mode the compatibility mode of the Schema Registry. A direction that the mode does not require is not breaking: it
 *   determines who must upgrade first
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

/** Completes a diff with the version, the verdict and `destructive` that follow from its changes. Call it again after changing a verdict. */
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

/** Makes an incompatibility in a direction that the mode does not require compatible. A change of meaning stays incompatible. */
function waived(verdict: Verdict, isAsked: boolean, mode: CompatibilityMode, who: string): Verdict {
  if (isAsked || verdict.verdict !== 'incompatible' || verdict.basis !== 'documented') return verdict;
  return {
    ...verdict,
    verdict: 'compatible',
    reason: `${verdict.reason} With the mode ${mode}, ${who.toLowerCase()} must upgrade first.`,
  };
}
