import type { TelemetryNames } from '@headwater/core/internal';

/** The spans, attributes and metrics of loads and upkeep. The README lists them, and a test compares the two. */
export const etlNames = {
  spans: {
    'headwater.write':
      'A run that writes a table: a load, a compaction, a replay, an erasure, an expiry, a repair',
    'headwater.stage': 'Inputs are read and cleaned, and the rejected rows written',
    'headwater.plan': 'It is decided which folders are written, and which files they replace',
    'headwater.files': 'The folders are written',
    'headwater.commit': 'The files get their places, and the manifest is created',
  },
  attributes: {
    'headwater.table': 'The table',
    'headwater.operation': 'What the run does: load, compaction, replay, ...',
    'headwater.engine': 'What reads and writes the rows: duckdb, spark',
    'headwater.dry_run': 'Whether nothing is committed',
    'headwater.inputs': 'Inputs that are read, without those that were loaded before',
    'headwater.folders': 'Folders that are written',
    'headwater.files': 'Files that are written',
    'headwater.bytes': 'Bytes of these files',
    'headwater.rows.in': 'Rows of the inputs',
    'headwater.rows.out': 'Rows that came into the lake',
    'headwater.rows.duplicates': 'Rows that the lake had',
    'headwater.rows.quarantined': 'Rows that were rejected',
    'headwater.rows.filtered': 'Rows that conditions of the definition left out',
    'headwater.outcome': 'What became of rows: out, duplicates, quarantined, filtered',
    'error.type': 'The code of the error that ended the span',
  },
  metrics: {
    'headwater.etl.rows': {
      kind: 'counter',
      unit: '{row}',
      meaning: 'Rows of loads and upkeep that were committed, by headwater.outcome',
    },
    'headwater.etl.bytes': { kind: 'counter', unit: 'By', meaning: 'Bytes of files that were committed' },
    'headwater.etl.duration': { kind: 'histogram', unit: 's', meaning: 'Time of a run that writes a table' },
  },
} as const satisfies TelemetryNames;
