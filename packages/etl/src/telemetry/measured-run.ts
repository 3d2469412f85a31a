import { telemetry } from './telemetry.ts';

/** What a run that writes a table is measured as. */
export interface MeasuredRun {
  readonly table: string;
  /** A word for it: `load`. */
  readonly operation: string;
  readonly isDryRun: boolean;
}

/** Runs an operation in a span, and measures its time. */
export function measuredRun<Result>(
  { table, operation, isDryRun }: MeasuredRun,
  run: () => Promise<Result>,
): Promise<Result> {
  if (!telemetry.isOn()) return run();
  const attributes = { 'headwater.table': table, 'headwater.operation': operation } as const;
  const begun = performance.now();
  return telemetry
    .inSpan(
      'headwater.write',
      { of: table, attributes: { ...attributes, 'headwater.dry_run': isDryRun } },
      run,
    )
    .finally(() =>
      telemetry.measure('headwater.etl.duration', (performance.now() - begun) / 1000, attributes),
    );
}
