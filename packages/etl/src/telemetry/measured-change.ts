import { telemetry } from './telemetry.ts';

/** The counts of a change, and what it wrote. */
export interface MeasuredChange {
  readonly table: string;
  readonly operation: string;
  readonly isCommitted: boolean;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly filtered: number;
  readonly files: number;
  readonly bytes: number;
}

/** Gives the counts of a change to the span of its run; those of a commit are added to the metrics, too. */
export function measureChange(change: MeasuredChange): void {
  if (!telemetry.isOn()) return;
  telemetry.annotate({
    'headwater.rows.in': change.rowsIn,
    'headwater.rows.out': change.rowsOut,
    'headwater.rows.duplicates': change.duplicates,
    'headwater.rows.quarantined': change.quarantined,
    'headwater.rows.filtered': change.filtered,
    'headwater.files': change.files,
    'headwater.bytes': change.bytes,
  });
  if (!change.isCommitted) return;
  const of = { 'headwater.table': change.table, 'headwater.operation': change.operation } as const;
  const rows = {
    out: change.rowsOut,
    duplicates: change.duplicates,
    quarantined: change.quarantined,
    filtered: change.filtered,
  };
  for (const [outcome, count] of Object.entries(rows))
    telemetry.measure('headwater.etl.rows', count, { ...of, 'headwater.outcome': outcome });
  telemetry.measure('headwater.etl.bytes', change.bytes, of);
}
