import type { Table } from '@aws-sdk/client-glue';
import { headwaterVersion, type SchemaSnapshot } from '@headwater/core/internal';
import type { CatalogTable } from '../steps/catalog-tables.ts';
import { publishedSnapshot, publishedTable, publishedVersion, tableOf } from '../steps/published-table.ts';
import { adoptId, driftId } from '../steps/table-step.ts';
import { crawlerMarks } from './crawler-marks.ts';
import type { DriftFinding } from './drift-finding.ts';
import { tableFindings } from './table-findings.ts';

/** What others changed in one table of the catalog. */
export interface TableDrift {
  /** The table's name in Glue: that of the definition, its view, or one of its layers. */
  readonly name: string;
  /** The version that was published. Null where the table does not say it any more: it is compared with the latest one. */
  readonly version: string | null;
  /** The crawler that updated the table last, by its name; empty where it left its marks without a name. Null: no crawler did. */
  readonly crawler: string | null;
  readonly findings: readonly DriftFinding[];
  /**
   * Set where another release of Headwater published the table: its own differences cannot be told from those of others. Publishing once
   * more with this release settles it.
   */
  readonly release: string | null;
  /** The ids to allow, so that publishing puts the table right. None for one that is missing. */
  readonly allow: readonly string[];
}

/**
 * Compares one table of the catalog with the version that was published.
 *
 * @param live the table as Glue has it; undefined where it has none
 * @param versions the saved versions, and the present definition, the latest last
 * @param base the version that the table of the clean events was published from
 * @returns undefined when the table is as it was published
 * @throws HeadwaterError `PUBLISH_CONFLICT` when the version is none of these
 */
export function tableDrift(
  table: CatalogTable,
  live: Table | undefined,
  versions: readonly SchemaSnapshot[],
  base: SchemaSnapshot,
): TableDrift | undefined {
  const { name } = table;
  const nothing = { name, crawler: null, release: null };
  if (!live) {
    if (!tableOf(table, base)) return undefined;
    const missing: DriftFinding = { kind: 'table-missing', part: name, is: null, published: base.version };
    return { ...nothing, version: base.version, findings: [missing], allow: [] };
  }
  const isMarked = live.Parameters?.[publishedSnapshot] !== undefined;
  const known = isMarked ? publishedVersion(live, versions) : base;
  const published = isMarked ? publishedTable(table, known, live) : tableOf(table, known);
  // A view that its version does not need is no drift: publishing removes ours, and leaves that of somebody else.
  if (!published) return undefined;
  const findings = tableFindings(live, published).filter(isFinding(isMarked));
  if (isMarked && findings.length === 0) return undefined;
  const by = live.Parameters?.['headwater.release'];
  return {
    ...nothing,
    version: isMarked ? known.version : null,
    crawler: crawlerMarks(live)?.name ?? null,
    findings: isMarked
      ? findings
      : [
          { kind: 'marks-removed', part: 'parameters headwater.*', is: null, published: known.version },
          ...findings,
        ],
    release: by === undefined || by === headwaterVersion ? null : by,
    allow: [isMarked ? driftId(name) : adoptId(name)],
  };
}

/** The parameters of Headwater are one finding where they are gone, and the release that wrote them is none. */
const isFinding =
  (isMarked: boolean) =>
  ({ kind, part }: DriftFinding): boolean =>
    kind !== 'parameter' || (isMarked ? part !== 'headwater.release' : !part.startsWith('headwater.'));
