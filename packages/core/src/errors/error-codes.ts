import { type FileMisfit, misfitText } from './misfit-text.ts';

/** Every error code with the shape of its payload. A payload holds names and counts, never row values. */
export interface ErrorPayloads {
  DEFINITION_INVALID: { table: string; column?: string; problem: string; fix: string };
  TYPE_UNSUPPORTED: { target: string; kind: string; column: string; fix: string };
  CONFIG_NOT_FOUND: { from: string; name: string };
  CONFIG_INVALID: { file: string; problem: string };
  AWS_CONFIG_INVALID: { problems: readonly { field: string; problem: string }[] };
  AWS_LIMIT_EXCEEDED: { what: string; size: number; limit: number; unit: string; fix: string };
  PROJECTION_INVALID: { table: string; problems: readonly string[] };
  TABLE_UNKNOWN: { table: string; known: readonly string[] };
  INPUT_NOT_FOUND: { input: string };
  INPUT_UNREADABLE: { file: string; problem: string };
  INPUT_COLUMNS_MISSING: {
    file: string;
    missing: readonly string[];
    found: readonly string[];
    table: string;
  };
  INPUT_COLUMN_COUNT: { file: string; found: number; expected: number };
  LAKE_NOT_FOUND: { lake: string; table: string };
  LAKE_NOT_WRITABLE: { lake: string; problem: string };
  LAKE_DISK_FULL: { lake: string; problem: string };
  LAKE_BUSY: { lake: string; table: string; holder: string; waitedSeconds: number };
  LAKE_CORRUPT: { lake: string; table: string; file: string; problem: string };
  LAKE_DIVERGED: { from: string; to: string; table: string; sequence: number };
  LAKE_CHANGED: { lake: string; file: string };
  LAKE_NOT_LOCAL: { lake: string; engine: string };
  PARTITIONS_INCOMPLETE: {
    table: string;
    database: string;
    done: number;
    partitions: number;
    problem: string;
  };
  STORE_FAILED: { lake: string; action: string; problem: string };
  /** `reader` is the engine that would have read; there is none where the lake would have been written. */
  SCHEMA_INCOMPATIBLE: { table: string; lake: string; reader?: string; misfits: readonly FileMisfit[] };
  PARTITIONING_CHANGED: { table: string; lake: string; was: string; is: string };
  ACCOUNTING_MISMATCH: {
    file: string;
    rowsIn: number;
    rowsOut: number;
    duplicates: number;
    quarantined: number;
  };
  QUARANTINE_EXCEEDED: {
    quarantined: number;
    rowsIn: number;
    limit: string;
    reasons: Record<string, number>;
  };
  SNAPSHOT_INVALID: { file: string; problem: string };
  VERSION_UNKNOWN: { table: string; version: string; known: readonly string[] };
  CHANGES_NOT_ALLOWED: { table: string; ids: readonly string[] };
  PUBLISH_CONFLICT: { table: string; published: string; at: string; known: string };
  PUBLISH_INCOMPLETE: {
    table: string;
    done: readonly string[];
    failed: string;
    left: readonly string[];
    problem: string;
  };
  SCHEMA_REGISTRY_REFUSED: { registry: string; schema: string; status: string; mode: string };
  INTERRUPTED: { during: string; left?: string };
  METRIC_UNKNOWN: { metric: string; known: readonly string[] };
  METRIC_PARAMETERS_INVALID: { metric: string; problem: string };
  /** `sql` holds placeholders, never the values of parameters. */
  QUERY_FAILED: { engine: string; sql: string; problem: string; queryId?: string; advice?: string };
  QUERY_UNAVAILABLE: { engine: string; sql: string; problem: string; queryId?: string; attempts: number };
  FUNCTION_UNSUPPORTED: { function: string; known: readonly string[] };
  SCAN_BUDGET_EXCEEDED: {
    sql: string;
    tables: readonly string[];
    columns: readonly string[];
    partitions: number;
    days?: readonly [first: string, last: string];
    bytes: number;
    mostBytes: number;
    limit: number;
  };
  QUERY_TOO_LONG: { engine: string; bytes: number; limit: number };
  QUERY_PARAMETER_INVALID: { position: number; problem: string };
  QUERY_NOT_READ_ONLY: { statement: string };
  ROLE_MISSING: { table: string; needs: readonly string[]; missing: readonly string[] };
  OPTION_INVALID: { option: string; value: string; expected: string };
  OUTPUT_EXISTS: { path: string };
  SIMULATION_INVALID: { option: string; value: string; expected: string };
}

type Messages = { [Code in keyof ErrorPayloads]: (payload: ErrorPayloads[Code]) => string };

const list = (names: readonly string[]): string => names.join(', ') || '(none)';
const sizeText = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
const queryOf = (id: string | undefined): string => (id === undefined ? '' : ` (query ${id})`);
const commandOf = (lake: string): string => `headwater etl run <input...> --lake ${lake}`;

/** What each code says: what happened, where, and what to do next. */
export const errorMessages: Messages = {
  DEFINITION_INVALID: (p) => `${p.table}${p.column ? `.${p.column}` : ''}: ${p.problem}. ${p.fix}`,
  TYPE_UNSUPPORTED: (p) => `${p.column}: ${p.target} cannot carry ${p.kind}. ${p.fix}`,
  CONFIG_NOT_FOUND: (p) =>
    `No ${p.name} in ${p.from} or any folder above it. Run \`headwater init\`, or give one with --config.`,
  CONFIG_INVALID: (p) => `${p.file}: ${p.problem}`,
  AWS_CONFIG_INVALID: (p) =>
    p.problems.map(({ field, problem }) => `aws${field ? `.${field}` : ''} ${problem}`).join('; '),
  AWS_LIMIT_EXCEEDED: (p) => `${p.what} has ${p.size} ${p.unit}; AWS takes ${p.limit}. ${p.fix}.`,
  PROJECTION_INVALID: (p) => `The partitions of ${p.table} cannot be projected: ${p.problems.join('; ')}.`,
  TABLE_UNKNOWN: (p) => `No table "${p.table}" in the config. It defines: ${list(p.known)}.`,
  INPUT_NOT_FOUND: (p) =>
    `No file matches "${p.input}". Give a file, a folder, a glob, or - for standard input.`,
  INPUT_UNREADABLE: (p) => `${p.file}: cannot be read: ${p.problem}`,
  INPUT_COLUMNS_MISSING: (p) =>
    `${p.file}: required columns of ${p.table} are missing: ${list(p.missing)}. Columns found: ${list(p.found)}. ` +
    'Nothing was written. Add an alias to the column, or give --no-header if the file has no header line.',
  INPUT_COLUMN_COUNT: (p) =>
    `${p.file}: has ${p.found} columns by position, the table has ${p.expected}. Nothing was written. ` +
    'Without a header the columns must be those of the table, in its order.',
  LAKE_NOT_FOUND: (p) => `${p.lake}: holds no committed ${p.table}. Load it with \`${commandOf(p.lake)}\`.`,
  LAKE_NOT_WRITABLE: (p) => `${p.lake}: cannot be written: ${p.problem}. The lake is unchanged.`,
  LAKE_DISK_FULL: (p) =>
    `${p.lake}: the disk is full: ${p.problem}. The lake is unchanged; free space and run again.`,
  LAKE_BUSY: (p) =>
    `${p.lake}: another run is writing ${p.table} (${p.holder}); waited ${p.waitedSeconds} s. ` +
    'Try again when it has finished, or wait longer with --lock-timeout.',
  LAKE_CORRUPT: (p) =>
    `${p.lake}: ${p.file}: ${p.problem}. Run \`headwater etl verify --lake ${p.lake}\` to see all of it.`,
  LAKE_DIVERGED: (p) =>
    `${p.to}: has another commit ${p.sequence} of ${p.table} than ${p.from}: the two went different ways from there. ` +
    'Nothing more was copied. Sync to an empty place, or load what is missing from its raw files.',
  LAKE_CHANGED: (p) =>
    `${p.lake}: ${p.file} was replaced by a later commit, such as a compaction, after the lake was opened. ` +
    'Ask again: the next query sees the lake as it is now.',
  LAKE_NOT_LOCAL: (p) =>
    `${p.lake}: ${p.engine} reads a lake in a local folder only. Bring it here with ` +
    `\`headwater lake sync ${p.lake} ./lake\` and give --lake ./lake.`,
  PARTITIONS_INCOMPLETE: (p) =>
    `${p.database}.${p.table}: ${p.done} of ${p.partitions} partitions are registered: ${p.problem}. The lake is not touched by it. ` +
    'Run `headwater lake register-partitions` again; the table has to be published first.',
  STORE_FAILED: (p) => `${p.lake}: cannot ${p.action}: ${p.problem}`,
  SCHEMA_INCOMPATIBLE: (p) => {
    const misfits = p.misfits.map(misfitText).join('; ');
    return p.reader === undefined
      ? `${p.lake} holds files of ${p.table} that its definition does not fit. Nothing was written. ${misfits}. Or load into a new lake.`
      : `${p.lake} holds files of ${p.table} that its definition does not fit, and ${p.reader} would answer wrongly. Nothing was read. ${misfits}. ` +
          'A change is allowed with `--allow <id>` of `headwater etl run` or `headwater etl compact`.';
  },
  PARTITIONING_CHANGED: (p) =>
    `${p.lake} holds ${p.table} in folders by ${p.was}; the definition has folders by ${p.is}. The two are not one table, so nothing was ` +
    'read or written. Load the raw files into a new lake under this definition, or use this lake under the earlier one.',
  ACCOUNTING_MISMATCH: (p) =>
    `${p.file}: ${p.rowsIn} rows in, but ${p.rowsOut} out + ${p.duplicates} duplicates + ${p.quarantined} quarantined. ` +
    'Nothing was committed. This is a defect in Headwater: please report it with a sample of the file.',
  QUARANTINE_EXCEEDED: (p) =>
    `${p.quarantined} of ${p.rowsIn} rows would be quarantined, more than --max-quarantine ${p.limit}. Nothing was committed. ` +
    `Reasons: ${list(Object.entries(p.reasons).map(([reason, count]) => `${reason} ${count}`))}. ` +
    'To see the rows, load them into another lake without the limit, and use `headwater etl quarantine`.',
  SNAPSHOT_INVALID: (p) =>
    `${p.file}: is not a schema snapshot of this version of Headwater: ${p.problem}. Take it from version control as it was committed.`,
  VERSION_UNKNOWN: (p) => `${p.table} has no version ${p.version}. There are: ${list(p.known)}.`,
  CHANGES_NOT_ALLOWED: (p) =>
    `${p.table}: nothing was published. What breaks something, or cannot be taken back, has to be allowed by its id: ` +
    `${p.ids.map((id) => `--allow ${id}`).join(' ')}`,
  PUBLISH_CONFLICT: (p) =>
    `${p.table}: version ${p.published} is live since ${p.at}, and its snapshot is not among those here (the latest is ${p.known}). ` +
    'It was not overwritten. If somebody else published it, take their snapshot from version control, then publish again. If a publication ' +
    'of yours stopped before it wrote the snapshot, publish the definition as it was then once more, and this one after it.',
  PUBLISH_INCOMPLETE: (p) =>
    `${p.table}: stopped at ${p.failed}: ${p.problem}. Done before: ${list(p.done)}. Not reached: ${list(p.left)}. ` +
    'Publish again: what is done stays, what is left is done.',
  SCHEMA_REGISTRY_REFUSED: (p) =>
    `The schema registry ${p.registry} did not take the new version of ${p.schema} under ${p.mode}: it is ${p.status}.`,
  INTERRUPTED: (p) =>
    `Stopped during ${p.during}. ${p.left ?? 'The lake is as it was before'}; run again to continue.`,
  METRIC_UNKNOWN: (p) => `No metric "${p.metric}". There are: ${list(p.known)}.`,
  METRIC_PARAMETERS_INVALID: (p) => `${p.metric}: ${p.problem}`,
  QUERY_FAILED: (p) =>
    `${p.engine}: ${p.problem}${p.advice ? `. ${p.advice}` : ''}${queryOf(p.queryId)}\n  in: ${p.sql}`,
  QUERY_UNAVAILABLE: (p) =>
    `${p.engine}: ${p.problem}; tried ${p.attempts} times. Try again later.${queryOf(p.queryId)}\n  in: ${p.sql}`,
  FUNCTION_UNSUPPORTED: (p) =>
    `The query compiler cannot write the function ${p.function} of @headwater/queries; it writes: ${list(p.known)}. Compile the query ` +
    'with a lake of createLake, and install one version of @headwater/queries.',
  SCAN_BUDGET_EXCEEDED: (p) =>
    `The query could read ${sizeText(p.mostBytes)}, more than maxScan ${sizeText(p.limit)}: ${sizeText(p.bytes)} in ${p.columns.length} columns of ` +
    `${p.partitions} partitions of ${list(p.tables)}${p.days ? `, ${p.days[0]} to ${p.days[1]}` : ''}, and what lies between them. ` +
    'Nothing was run. Ask for fewer days or columns, or raise maxScan.',
  QUERY_TOO_LONG: (p) =>
    `${p.engine}: the statement with its parameters has ${p.bytes} bytes, more than the ${p.limit} that are allowed. Ask with shorter texts, or in parts.`,
  QUERY_PARAMETER_INVALID: (p) => `Parameter ${p.position} of the query ${p.problem}.`,
  QUERY_NOT_READ_ONLY: (p) => `Only one SELECT is run here, not ${p.statement}.`,
  ROLE_MISSING: (p) =>
    `${p.table} has no column for ${list(p.missing)}; this needs ${list(p.needs)}. Where a column is one, say so in its roles.`,
  OPTION_INVALID: (p) => `${p.option} ${p.value}: expected ${p.expected}.`,
  OUTPUT_EXISTS: (p) => `${p.path} exists already. Choose another path, or remove it first.`,
  SIMULATION_INVALID: (p) => `${p.option} ${p.value}: expected ${p.expected}.`,
};

/** Codes after which the same call may be tried again unchanged. */
export const retryableCodes: ReadonlySet<keyof ErrorPayloads> = new Set([
  'LAKE_BUSY',
  'LAKE_CHANGED',
  'INTERRUPTED',
  'QUERY_UNAVAILABLE',
]);
