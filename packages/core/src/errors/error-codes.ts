import { type FileMisfit, misfitText } from './misfit-text.ts';

/** Every error code with the shape of its payload. A payload holds names and counts, never row values. */
export interface ErrorPayloads {
  DEFINITION_INVALID: { table: string; column?: string; problem: string; fix: string };
  TYPE_UNSUPPORTED: { target: string; kind: string; column: string; fix: string };
  CONFIG_NOT_FOUND: { from: string; name: string };
  CONFIG_INVALID: { file: string; problem: string };
  AWS_CONFIG_INVALID: { problems: readonly { field: string; problem: string }[] };
  INFRA_CONFIG_INVALID: { problems: readonly { field: string; problem: string; fix: string }[] };
  /** `saved` is the latest saved version, which the definition is not any more. */
  SCHEMA_UNSAVED: { table: string; folder: string; saved?: string };
  AWS_LIMIT_EXCEEDED: { what: string; size: number; limit: number; unit: string; fix: string };
  PROJECTION_INVALID: { table: string; problems: readonly string[] };
  TABLE_UNKNOWN: { table: string; known: readonly string[] };
  /** `leftOut` says what lies in a folder without files to load, and why. */
  INPUT_NOT_FOUND: { input: string; leftOut?: readonly string[] };
  INPUT_UNREADABLE: { file: string; problem: string };
  INPUT_CHANGED: { file: string };
  INPUT_COLUMNS_MISSING: {
    file: string;
    missing: readonly string[];
    found: readonly string[];
    table: string;
    /** The sources of the table, where the file was read without one. */
    sources?: readonly string[];
  };
  INPUT_COLUMN_COUNT: { file: string; found: number; expected: number; sources?: readonly string[] };
  LOOKUP_MISSING: { table: string; missing: readonly string[] };
  LOOKUP_INVALID: {
    lookup: string;
    file: string;
    line: number | null;
    column: string | null;
    problem: string;
  };
  LAKE_NOT_FOUND: { lake: string; table: string };
  /** `stays` says what of a run of several loads is in the lake; without it the lake is unchanged. The same for a full disk. */
  LAKE_NOT_WRITABLE: { lake: string; problem: string; stays?: string };
  /** `workFolder` is the folder that the run worked in: the lake itself, or a folder outside. */
  LAKE_DISK_FULL: { lake: string; workFolder?: string; problem: string; stays?: string };
  MEMORY_EXCEEDED: { during: string; limit: string; problem: string };
  CALLBACK_FAILED: { callback: string; problem: string; committed: boolean };
  LAKE_BUSY: { lake: string; table: string; holder: string; waitedSeconds: number };
  /** `fix` says what to do about it. */
  LAKE_CORRUPT: { lake: string; table: string; file: string; problem: string; fix?: string };
  /** The commit stands. `files` are paths that it replaced and that are still there. */
  FILES_NOT_REMOVED: {
    lake: string;
    table: string;
    sequence: number;
    files: readonly string[];
    problem: string;
  };
  LAKE_DIVERGED: { from: string; to: string; table: string; sequence: number };
  LAKE_CHANGED: { lake: string; file: string };
  LAKE_CLOSED: { lake: string };
  LAKE_NOT_LOCAL: { lake: string; engine: string };
  PARTITIONS_INCOMPLETE: {
    table: string;
    database: string;
    done: number;
    partitions: number;
    problem: string;
  };
  STORE_FAILED: { lake: string; action: string; problem: string };
  /** `reader` is the engine that would read the files. Omitted when the lake would be written. */
  SCHEMA_INCOMPATIBLE: { table: string; lake: string; reader?: string; misfits: readonly FileMisfit[] };
  PARTITIONING_CHANGED: { table: string; lake: string; was: string; is: string };
  ACCOUNTING_MISMATCH: {
    file: string;
    rowsIn: number;
    rowsOut: number;
    duplicates: number;
    quarantined: number;
    filtered?: number;
  };
  QUARANTINE_EXCEEDED: {
    quarantined: number;
    rowsIn: number;
    limit: string;
    reasons: Record<string, number>;
    /** The commonest reasons, each with the place of its first row. */
    examples: readonly {
      reason: string;
      rows: number;
      source: string;
      line: number | null;
      meaning: string;
      fix: string;
    }[];
    /** The sources of the table, for inputs that are of none. */
    sources?: readonly string[];
  };
  SPARK_NOT_FOUND: { problem: string };
  /** `log` is the path of Spark's messages. */
  SPARK_FAILED: { problem: string; log: string };
  SNAPSHOT_INVALID: { file: string; problem: string };
  VERSION_UNKNOWN: { table: string; version: string; known: readonly string[] };
  CHANGES_NOT_ALLOWED: { table: string; ids: readonly string[] };
  CATALOG_UNREADABLE: { database: string; problem: string };
  PUBLISH_CONFLICT: { table: string; published: string; at: string; known: string };
  /** What would be done is not what was reviewed. `what` is a stack or tables, `reviewed` and `plan` are digests. */
  PLAN_CHANGED: { what: string; reviewed: readonly string[]; plan: string };
  /** `fields` in words, of what the service cannot change. */
  RESOURCE_FIXED: { resource: string; fields: readonly string[] };
  PUBLISH_INCOMPLETE: {
    table: string;
    done: readonly string[];
    failed: string;
    left: readonly string[];
    problem: string;
  };
  /** What is wrong between the assets of a dashboard, or would be shown blank, each with its place and what to do. */
  DASHBOARD_INVALID: { dashboard: string; problems: readonly string[] };
  /** `errors` are those of the service, with the places that it names. */
  DASHBOARD_REFUSED: { asset: string; problem: string; errors: readonly string[] };
  QUICKSIGHT_UNREACHABLE: { problem: string };
  SCHEMA_REGISTRY_REFUSED: { registry: string; schema: string; status: string; mode: string };
  INTERRUPTED: { during: string; left?: string };
  METRIC_INVALID: { metric: string; problem: string };
  ROLLUP_INVALID: { metric: string; problem: string };
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
  /** `left` is what other queries of the session have not read or reserved. */
  SESSION_BUDGET_EXCEEDED: { mostBytes: number; left: number; limit: number; renews?: string };
  SCAN_UNBOUNDED: { table: string };
  QUERY_QUEUE_FULL: { engine: string; running: number; limit: number };
  QUERY_QUEUE_TIMEOUT: { engine: string; running: number; seconds: number };
  /** One caller's own share of a service is taken. `waiting` are its queries that wait. */
  CALLER_BUSY: { running: number; waiting: number; retrySeconds: number };
  QUERY_TIMED_OUT: { seconds: number };
  QUERY_TOO_LONG: { engine: string; bytes: number; limit: number };
  QUERY_PARAMETER_INVALID: { position: number; problem: string };
  QUERY_NOT_READ_ONLY: { statement: string };
  /** A column that a caller may not filter by. The values that were given are not in it. */
  FILTER_NOT_ALLOWED: { column: string; problem: string; allowed: readonly string[] };
  TOKENS_INVALID: { file: string; problem: string };
  ROLE_MISSING: { table: string; needs: readonly string[]; missing: readonly string[] };
  ACTION_MISSING: { table: string; metric: string; missing: readonly string[]; known: readonly string[] };
  PURCHASE_ITEMS_UNKNOWN: { table: string; metric: string };
  METRIC_UNANSWERABLE: { table: string; metric: string; lacks: readonly string[] };
  /** `package` may be several names with spaces between. */
  PACKAGE_MISSING: { package: string; purpose: string };
  /** Glue refused a call about a job. */
  JOB_REFUSED: { job: string; action: string; problem: string };
  JOB_BUSY: { job: string; running: readonly string[] };
  JOB_RUN_UNKNOWN: { job: string; run: string; running: readonly string[] };
  /** `code` is the error code that the script of the run reported, if it did. `inputs` are the first ones by name. */
  JOB_FAILED: {
    job: string;
    run: string;
    state: string;
    problem: string;
    code?: string;
    inputs: readonly string[];
    advice?: string;
  };
  /** The plan of a job was made before the lake got files of another definition. */
  PLAN_STALE: { lake: string; table: string; problem: string; fix: string };
  /** A DataBrew recipe differs from the definition, and may not. `differences` are the first ones. */
  DATABREW_DIFFERS: {
    table: string;
    count: number;
    differences: readonly { column?: string; step: string; code: string; text: string }[];
  };
  DATABREW_UNSUPPORTED: { table: string; problem: string; fix: string };
  FIREHOSE_UNSUPPORTED: { table: string; problem: string; fix: string };
  STREAM_UNSUPPORTED: { table: string; problem: string; fix: string };
  /** The definition, or the stream, rejects the event, which was not sent. `code` is one of cleaning, or of the producer's own. */
  EVENT_INVALID: {
    table: string;
    reasons: readonly { column: string | null; code: string; problem: string }[];
  };
  /** Records were given up, and no callback was told. */
  EVENTS_UNSENT: {
    unsent: number;
    reasons: readonly { reason: string; code: string; message: string; records: number }[];
  };
  PRODUCER_CLOSED: Record<never, never>;
  /** `waiting` calls wait for room in the buffer. */
  PRODUCER_OVERFLOW: { waiting: number };
  /** A Lambda function cannot be bundled. `problem` begins with the file and the line. */
  BUNDLE_FAILED: { entry: string; problem: string };
  /** A Lambda function was invoked by something else than it handles. `problem` names a field of the event, and no value. */
  DELIVERY_INVALID: { handler: string; expected: string; problem: string };
  /** `server` is host, port and database, without user and password; so it is below. */
  WAREHOUSE_UNREACHABLE: { server: string; problem: string; fix?: string };
  /** `target` is the table of the database with its schema. */
  WAREHOUSE_BUSY: { target: string; server: string; waitedSeconds: number };
  /** The table lacks what the definition has, or has other columns. */
  WAREHOUSE_TABLE_DIFFERS: {
    target: string;
    problems: readonly { column: string; problem: string; fix: string }[];
  };
  /** The rows of the table are not those that loads of this lake put there. */
  WAREHOUSE_DIVERGED: { target: string; problem: string; fix: string };
  /** The database refused a statement. */
  WAREHOUSE_REFUSED: { target: string; server: string; problem: string; fix: string };
  THRESHOLD_INVALID: { table: string; problems: readonly { field: string; problem: string; fix: string }[] };
  NOTICES_UNPUBLISHED: { count: number; problem: string };
  OPTION_INVALID: { option: string; value: string; expected: string };
  OUTPUT_EXISTS: { path: string };
  SIMULATION_INVALID: { option: string; value: string; expected: string };
  /** `problem` is what the handler threw, or why its records were given up. */
  STREAM_HANDLER_FAILED: { handler: string; shard: string; sequenceNumber: string; problem: string };
  /** `archived` is the sum of the last four. */
  STREAM_UNACCOUNTED: {
    taken: number;
    unsent: number;
    stored: number;
    delivered: number;
    archived: number;
    rows: number;
    duplicates: number;
    quarantined: number;
    filtered: number;
  };
  /** What an interrupted run of a stream left in its landing folder does not belong to this run. */
  STREAM_RESUME_CONFLICT: { folder: string; problem: string };
  /** AWS did not answer a question about the account. */
  ACCOUNT_UNREADABLE: { account: string; region: string; action: string; problem: string };
  /** What has to be put right before a stack is deployed, or deleted. Nothing was changed. */
  DEPLOY_REFUSED: { stack: string; problems: readonly { problem: string; fix: string }[] };
  /** CloudFormation failed. `failed` are the resources with the reasons of their services, `status` is that of the stack. */
  DEPLOY_FAILED: {
    stack: string;
    status: string;
    problem: string;
    failed: readonly { resource: string; reason: string; advice?: string }[];
    fix: string;
  };
  STACK_UNKNOWN: { stack: string; account: string; region: string };
}

type Messages = { [Code in keyof ErrorPayloads]: (payload: ErrorPayloads[Code]) => string };

const list = (names: readonly string[]): string => names.join(', ') || '(none)';
const sizeText = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
const queryOf = (id: string | undefined): string => (id === undefined ? '' : ` (query ${id})`);
const sourcesText = (sources: readonly string[] | undefined): string =>
  sources ? ` Or pass --source with the kind of the file: ${list(sources)}.` : '';
const commandOf = (lake: string): string => `headwater etl run <input...> --lake ${lake}`;

/** The message of each code: what happened, where, and what to do next. */
export const errorMessages: Messages = {
  DEFINITION_INVALID: (p) => `${p.table}${p.column ? `.${p.column}` : ''}: ${p.problem}. ${p.fix}`,
  TYPE_UNSUPPORTED: (p) => `${p.column}: ${p.target} cannot carry ${p.kind}. ${p.fix}`,
  CONFIG_NOT_FOUND: (p) =>
    `No ${p.name} in ${p.from} or any folder above it. Run \`headwater init\`, or pass --config FILE.`,
  CONFIG_INVALID: (p) => `${p.file}: ${p.problem}`,
  AWS_CONFIG_INVALID: (p) =>
    p.problems.map(({ field, problem }) => `aws${field ? `.${field}` : ''} ${problem}`).join('; '),
  INFRA_CONFIG_INVALID: (p) =>
    p.problems
      .map(({ field, problem, fix }) => `infra${field ? `.${field}` : ''} ${problem}. ${fix}`)
      .join('; '),
  SCHEMA_UNSAVED: (p) =>
    p.saved === undefined
      ? `${p.table} has no saved version in ${p.folder}, and the stack has the tables of the latest one. Run \`headwater schema save --table ${p.table}\`.`
      : `${p.table} is no longer version ${p.saved}, the latest one in ${p.folder}. Run \`headwater schema publish --table ${p.table}\`, or \`headwater schema save --table ${p.table}\` where nothing is published yet.`,
  AWS_LIMIT_EXCEEDED: (p) => `${p.what} has ${p.size} ${p.unit}; the maximum on AWS is ${p.limit}. ${p.fix}.`,
  PROJECTION_INVALID: (p) => `The partitions of ${p.table} cannot be projected: ${p.problems.join('; ')}.`,
  TABLE_UNKNOWN: (p) => `No table "${p.table}" in the config. It defines: ${list(p.known)}.`,
  INPUT_NOT_FOUND: (p) =>
    p.leftOut
      ? `${p.input} holds no file to load. Left out: ${p.leftOut.slice(0, 5).join('; ')}${p.leftOut.length > 5 ? `; and ${p.leftOut.length - 5} more` : ''}.`
      : `No file matches "${p.input}". Pass a file, a folder, a glob, or - for standard input.`,
  INPUT_UNREADABLE: (p) => `${p.file}: cannot be read: ${p.problem}`,
  INPUT_CHANGED: (p) =>
    `${p.file}: changed while it was read. Nothing was committed. Load it again when nothing writes to it any more.`,
  INPUT_COLUMNS_MISSING: (p) =>
    `${p.file}: required columns of ${p.table} are missing: ${list(p.missing)}. Columns found: ${list(p.found)}. ` +
    `Nothing was written. Add an alias to the column, or pass --no-header if the file has no header line.${sourcesText(p.sources)}`,
  INPUT_COLUMN_COUNT: (p) =>
    `${p.file}: has ${p.found} columns, but the table has ${p.expected}. Nothing was written. ` +
    `A file without a header line has the columns of the table, in the order of the table.${sourcesText(p.sources)}`,
  LOOKUP_MISSING: (p) =>
    `${p.table}: no rows are given for the lookup ${list(p.missing)}. Nothing was read. Pass ${p.missing.map((name) => `--lookup ${name}=FILE`).join(' ')}, ` +
    'or set `lookups` in the config.',
  LOOKUP_INVALID: (p) =>
    `${p.file}${p.line === null ? '' : ` line ${p.line}`}: cannot be used as the lookup ${p.lookup}: ${p.column === null ? '' : `${p.column}: `}${p.problem}. ` +
    'Nothing was committed.',
  LAKE_NOT_FOUND: (p) =>
    `${p.lake}: has no committed rows of ${p.table}. Load some with \`${commandOf(p.lake)}\`.`,
  LAKE_NOT_WRITABLE: (p) =>
    `${p.lake}: cannot be written: ${p.problem}. ${p.stays ?? 'The lake is unchanged'}.`,
  LAKE_DISK_FULL: (p) =>
    `${p.workFolder ?? p.lake}: the disk is full: ${p.problem}. ` +
    `${p.stays ?? `The lake${p.workFolder === undefined ? '' : ` ${p.lake}`} is unchanged`}; free space and run again.`,
  MEMORY_EXCEEDED: (p) =>
    `Out of memory during ${p.during}, with a limit of ${p.limit}: ${p.problem}. Nothing was committed. ` +
    'Raise --memory-limit, use fewer --threads, or load fewer files at a time. A line is held in memory as a whole, by each thread: ' +
    'where lines have tens of MiB, fewer files do not help.',
  CALLBACK_FAILED: (p) =>
    `The callback ${p.callback} threw: ${p.problem}. ${p.committed ? 'The run was committed before.' : 'Nothing was committed.'}`,
  LAKE_BUSY: (p) =>
    `${p.lake}: another run is writing ${p.table} (${p.holder}); waited ${p.waitedSeconds} s. ` +
    'Try again when it has finished, or wait longer with --lock-timeout.',
  LAKE_CORRUPT: (p) =>
    `${p.lake}: ${p.file}: ${p.problem}. ${p.fix ?? `Run \`headwater etl verify --lake ${p.lake}\` to see every problem`}.`,
  FILES_NOT_REMOVED: (p) =>
    `${p.lake}: commit ${p.sequence} of ${p.table} stands, but ${p.files.length} of the files that it replaced could not be removed ` +
    `(${p.files.slice(0, 3).join(', ')}${p.files.length > 3 ? ', ...' : ''}): ${p.problem}. Engines that read folders, such as Athena, count their rows ` +
    'twice until they are removed. Allow the role s3:DeleteObject, and run `headwater etl compact` again: it removes them.',
  LAKE_DIVERGED: (p) =>
    `The lakes have diverged: commit ${p.sequence} of ${p.table} in ${p.to} differs from that in ${p.from}. ` +
    'Nothing more was copied. Sync to an empty place, or load the missing rows from their raw files.',
  LAKE_CHANGED: (p) =>
    `${p.lake}: ${p.file} was replaced by a later commit, such as a compaction, after the lake was opened. ` +
    'Run the query again: it will read the current files.',
  LAKE_CLOSED: (p) =>
    `${p.lake}: the lake was closed. Create it again to query it, or close it later, with a longer timeoutSeconds.`,
  LAKE_NOT_LOCAL: (p) =>
    `${p.lake}: ${p.engine} reads only lakes in a local folder. Copy the lake with ` +
    `\`headwater lake sync ${p.lake} ./lake\` and pass --lake ./lake.`,
  PARTITIONS_INCOMPLETE: (p) =>
    `${p.database}.${p.table}: ${p.done} of ${p.partitions} partitions are registered: ${p.problem}. The lake is unchanged. ` +
    'Publish the table if it is not published, then run `headwater lake register-partitions` again.',
  STORE_FAILED: (p) => `${p.lake}: cannot ${p.action}: ${p.problem}`,
  SCHEMA_INCOMPATIBLE: (p) => {
    const misfits = p.misfits.map((one) => `${misfitText(one)}: ${one.fix}`).join('. ');
    return p.reader === undefined
      ? `${p.lake} has files that do not fit the definition of ${p.table}. Nothing was written. ${misfits}. Or load into a new lake.`
      : `${p.lake} has files that do not fit the definition of ${p.table}, and ${p.reader} would return wrong rows. Nothing was read. ${misfits}.`;
  },
  PARTITIONING_CHANGED: (p) =>
    `${p.lake} holds ${p.table} in folders by ${p.was}; but the definition has folders by ${p.is}. Files in both kinds of folders are not one table, so nothing was ` +
    'read or written. Load the raw files into a new lake with this definition, or use this lake with the earlier definition.',
  ACCOUNTING_MISMATCH: (p) =>
    `${p.file}: ${p.rowsIn} rows in, but ${p.rowsOut} out + ${p.duplicates} duplicates + ${p.quarantined} quarantined${p.filtered === undefined ? '' : ` + ${p.filtered} filtered`}. ` +
    'Nothing was committed. This is a defect in Headwater: please report it with a sample of the file.',
  QUARANTINE_EXCEEDED: (p) =>
    `${p.quarantined} of ${p.rowsIn} rows were rejected, more than --max-quarantine ${p.limit}. Nothing was committed. ` +
    `${p.examples
      .map(
        ({ reason, rows, source, line, meaning, fix }) =>
          `${reason} in ${rows} ${rows === 1 ? 'row' : 'rows'}, the first in ${source}${line === null ? '' : ` line ${line}`} (${meaning}): ${fix}`,
      )
      .join('; ')}.${sourcesText(p.sources)} ` +
    'To inspect the rows, load with --max-quarantine 100% and run `headwater etl quarantine`; `headwater etl replay` ' +
    'loads them again when the definition is changed.',
  SPARK_NOT_FOUND: (p) =>
    `Spark cannot be started: ${p.problem}. Install it with \`pip install pyspark==3.5.6 pyarrow xxhash\` and Java 17. ` +
    'PYSPARK_PYTHON says which Python has it, JAVA_HOME where Java is. Nothing was committed.',
  SPARK_FAILED: (p) =>
    `Spark failed: ${p.problem}. Nothing was committed. All of its messages are in ${p.log}.`,
  SNAPSHOT_INVALID: (p) =>
    `${p.file}: this version of Headwater cannot read it as a schema snapshot: ${p.problem}. Restore the committed file from version control.`,
  VERSION_UNKNOWN: (p) => `${p.table} has no version ${p.version}. Known versions: ${list(p.known)}.`,
  CHANGES_NOT_ALLOWED: (p) =>
    `${p.table}: nothing was published. Breaking and irreversible changes must be allowed explicitly: ` +
    `${p.ids.map((id) => `--allow ${id}`).join(' ')}`,
  CATALOG_UNREADABLE: (p) =>
    `The tables of the Glue database ${p.database} cannot be read: ${p.problem}. Nothing was changed.`,
  PUBLISH_CONFLICT: (p) =>
    `${p.table}: conflict: version ${p.published} is live since ${p.at}, but its snapshot is missing here (the latest is ${p.known}). ` +
    'Nothing was overwritten. If somebody else published it, get their snapshot from version control and publish again. If your own ' +
    'publication stopped before it wrote the snapshot, publish that definition once more, and then this one.',
  PLAN_CHANGED: (p) =>
    `${p.what}: nothing was changed, because the plan is not the one that was reviewed (${p.reviewed.join(', ') || 'none was'}): something changed ` +
    `since. Review it again, then apply it with --plan ${p.plan}`,
  RESOURCE_FIXED: (p) =>
    `${p.resource}: AWS cannot change its ${list(p.fields)}. If nobody needs it as it is, delete it, and publish again: it is then created anew.`,
  PUBLISH_INCOMPLETE: (p) =>
    `${p.table}: stopped at ${p.failed}: ${p.problem}. Done: ${list(p.done)}. Not reached: ${list(p.left)}. ` +
    'Publish again to resume: completed steps are not repeated.',
  DASHBOARD_INVALID: (p) =>
    `${p.dashboard}: nothing was published. QuickSight would refuse it, or show parts of it blank:\n${p.problems.map((problem) => `  ${problem}`).join('\n')}`,
  DASHBOARD_REFUSED: (p) =>
    `QuickSight refuses the ${p.asset}: ${p.problem}${p.errors.map((error) => `\n  ${error}`).join('')}`,
  QUICKSIGHT_UNREACHABLE: (p) => `QuickSight cannot be read: ${p.problem}`,
  SCHEMA_REGISTRY_REFUSED: (p) =>
    `The schema registry ${p.registry} rejected the new version of ${p.schema} in the mode ${p.mode}: the status is ${p.status}.`,
  INTERRUPTED: (p) =>
    `Stopped during ${p.during}. ${p.left ?? 'The lake is unchanged'}; run again to resume.`,
  ROLLUP_INVALID: (p) => `No rollup of ${p.metric}: ${p.problem}.`,
  METRIC_INVALID: (p) => `The metric ${p.metric} cannot be used: ${p.problem}.`,
  METRIC_UNKNOWN: (p) => `No metric "${p.metric}". Known metrics: ${list(p.known)}.`,
  METRIC_PARAMETERS_INVALID: (p) => `${p.metric}: ${p.problem}`,
  QUERY_FAILED: (p) =>
    `${p.engine}: ${p.problem}${p.advice ? `. ${p.advice}` : ''}${queryOf(p.queryId)}\n  in: ${p.sql}`,
  QUERY_UNAVAILABLE: (p) =>
    `${p.engine}: ${p.problem}; tried ${p.attempts} times. Try again later.${queryOf(p.queryId)}\n  in: ${p.sql}`,
  FUNCTION_UNSUPPORTED: (p) =>
    `The query compiler cannot write the function ${p.function} of @headwater/queries; it writes: ${list(p.known)}. Compile the query ` +
    'with a lake of createLake, and install one version of @headwater/queries.',
  SCAN_BUDGET_EXCEEDED: (p) =>
    `The query could read up to ${sizeText(p.mostBytes)}, more than maxScan ${sizeText(p.limit)}: ${sizeText(p.bytes)} in ${p.columns.length} columns of ` +
    `${p.partitions} partitions of ${list(p.tables)}${p.days ? `, ${p.days[0]} to ${p.days[1]}` : ''}, and the bytes between them. ` +
    'The query was not run. Narrow the date range, select fewer columns, or raise maxScan.',
  SESSION_BUDGET_EXCEEDED: (p) =>
    `The query could read up to ${sizeText(p.mostBytes)}, and ${sizeText(p.left)} of the session's ${sizeText(p.limit)} are left. ` +
    `The query was not run. Narrow the date range${p.renews === undefined ? ', or begin another session' : `, or wait until ${p.renews}`}.`,
  SCAN_UNBOUNDED: (p) =>
    `The query would read every day of ${p.table}. Join \`lake.${p.table}.between(from, to).select(...).as('other')\`, or add conditions ` +
    `for the first and the last day on ${p.table}.dt. \`unboundedScan()\` reads all of a table.`,
  QUERY_QUEUE_FULL: (p) =>
    `${p.engine}: ${p.running} queries are running and ${p.limit} are waiting, which is the maximum. Try again later, or raise queueLimit.`,
  QUERY_QUEUE_TIMEOUT: (p) =>
    `${p.engine}: the query waited ${p.seconds} s for one of the ${p.running} running queries to end. Try again later, or raise ` +
    'queueTimeoutSeconds or maxConcurrentQueries.',
  CALLER_BUSY: (p) =>
    `${p.running} queries of this caller are running and ${p.waiting} are waiting, which is its share. Try again in ${p.retrySeconds} s.`,
  QUERY_TIMED_OUT: (p) =>
    `The query did not end within ${p.seconds} s, and was stopped. Narrow the date range, or raise the timeout.`,
  QUERY_TOO_LONG: (p) =>
    `${p.engine}: the statement with its parameters has ${p.bytes} bytes; the maximum is ${p.limit}. Shorten its texts, or split the query.`,
  QUERY_PARAMETER_INVALID: (p) => `Parameter ${p.position} of the query ${p.problem}.`,
  QUERY_NOT_READ_ONLY: (p) => `Expected a single SELECT, got ${p.statement}.`,
  FILTER_NOT_ALLOWED: (p) => `where.${p.column}: ${p.problem}. Events can be filtered by ${list(p.allowed)}.`,
  TOKENS_INVALID: (p) => `${p.file}: ${p.problem}`,
  ROLE_MISSING: (p) =>
    `${p.table} has no column with the role ${list(p.missing)}. Needed roles: ${list(p.needs)}. If a column has such a role, add it to the roles of the table.${
      p.missing.includes('action') ? ' If every row is one action, set actions: { purchase: always }.' : ''
    }${
      p.missing.includes('session')
        ? " If no column has one, sessions: { inactivity: '30m' } derives sessions from the events of each actor."
        : ''
    }`,
  ACTION_MISSING: (p) =>
    `${p.metric} needs the action ${list(p.missing)}, which ${p.table} does not have. Its actions: ${list(p.known)}. If a value of the action column means it, add it to the actions of the table.`,
  PURCHASE_ITEMS_UNKNOWN: (p) =>
    `${p.metric} by what was put into the cart has to know which product each purchase is of, and the item may be null in ${p.table}. ` +
    "Add purchases: { items: 'own' } to the definition if each purchase names its product, or purchases: { items: 'cart' } if it is of those in its session's cart.",
  METRIC_UNANSWERABLE: (p) =>
    `${p.metric} has nothing to say about ${p.table}: each of its measures needs ${p.lacks.join(' and ')}. If a column has such a role, add it to the roles of the table.`,
  PACKAGE_MISSING: (p) =>
    p.package.includes(' ')
      ? `${p.purpose} needs packages that are not installed. Run \`npm install ${p.package}\`.`
      : `${p.purpose} needs the package ${p.package}, which is not installed. Run \`npm install ${p.package}\`.`,
  JOB_REFUSED: (p) => `Glue: cannot ${p.action} ${p.job}: ${p.problem}`,
  JOB_BUSY: (p) =>
    `${p.job} is loading other inputs (${list(p.running)}), and loads of one table run one at a time. Nothing was started. ` +
    'Submit again when it has ended; `headwater etl runs --watch` shows when.',
  JOB_RUN_UNKNOWN: (p) =>
    `${p.job} has no single run whose id begins with "${p.run}". ${p.running.length > 0 ? `Running: ${list(p.running)}.` : 'None is running.'}`,
  JOB_FAILED: (p) =>
    `The run ${p.run} of ${p.job} ended as ${p.state}${p.code === undefined ? '' : ` [${p.code}]`}: ${p.problem}${/[.!?]$/.test(p.problem) ? '' : '.'} ` +
    `${p.advice === undefined ? '' : `${p.advice}. `}Inputs: ${list(p.inputs)}. What it committed, if anything, stays, and is skipped when they are submitted ` +
    `again. Its logs are in CloudWatch: /aws-glue/jobs/error, stream ${p.run}.`,
  PLAN_STALE: (p) => `${p.lake}: ${p.table}: ${p.problem}. Nothing was committed. ${p.fix}.`,
  DATABREW_DIFFERS: (p) =>
    `The DataBrew recipe of ${p.table} differs from its definition in ${p.count} places: ` +
    `${p.differences.map(({ column, step, code, text }) => `${column === undefined ? '' : `${column} `}${step}: ${text} (${code})`).join('; ')}` +
    `${p.count > p.differences.length ? `; and ${p.count - p.differences.length} more` : ''}. ` +
    'Allow the codes that do not matter, or load the table by headwater etl run.',
  DATABREW_UNSUPPORTED: (p) => `DataBrew cannot have ${p.table}: ${p.problem}. ${p.fix}.`,
  FIREHOSE_UNSUPPORTED: (p) => `Firehose cannot convert ${p.table}: ${p.problem}. ${p.fix}.`,
  EVENT_INVALID: (p) =>
    `${p.table}: the event was not sent: ${p.reasons.map(({ column, problem }) => `${column === null ? '' : `${column}: `}${problem}`).join('; ')}. ` +
    'Every consumer of the stream would reject it. Correct it, or keep it elsewhere.',
  EVENTS_UNSENT: (p) =>
    `${p.unsent} records were not sent: ${p.reasons
      .map(({ reason, code, message, records }) => `${records} (${reason}) ${code}: ${message}`)
      .join('; ')}. Pass onUnsent to be given each of them.`,
  PRODUCER_CLOSED: () => 'The producer is closed, and takes no more events. Close it after the last send.',
  PRODUCER_OVERFLOW: (p) =>
    `The buffer is full, and ${p.waiting} calls of send wait for room. Await each call before the next one, or raise bufferRecords.`,
  STREAM_UNSUPPORTED: (p) => `A stream cannot carry ${p.table}: ${p.problem}. ${p.fix}.`,
  BUNDLE_FAILED: (p) => `${p.entry} cannot be bundled: ${p.problem}. Nothing was written.`,
  DELIVERY_INVALID: (p) =>
    `The function ${p.handler} was invoked without ${p.expected}: ${p.problem}. Connect it to that, and to nothing else.`,
  WAREHOUSE_UNREACHABLE: (p) =>
    `${p.server}: the database cannot be reached: ${p.problem}. ${p.fix ?? 'What was committed stays; load again when it answers'}.`,
  WAREHOUSE_BUSY: (p) =>
    `${p.server}: another load of ${p.target} is running; waited ${p.waitedSeconds} s. ` +
    'Try again when it has finished, or wait longer with --lock-timeout.',
  WAREHOUSE_TABLE_DIFFERS: (p) =>
    `${p.target} does not fit the definition. Nothing was loaded. ${p.problems
      .map(({ column, problem, fix }) => `${column} ${problem}: ${fix}`)
      .join('. ')}.`,
  WAREHOUSE_DIVERGED: (p) => `${p.target}: ${p.problem}. ${p.fix}.`,
  WAREHOUSE_REFUSED: (p) => `${p.server}: ${p.target}: ${p.problem}. ${p.fix}.`,
  THRESHOLD_INVALID: (p) =>
    `The thresholds of ${p.table} cannot be used: ${p.problems.map((one) => `${one.field} ${one.problem}. ${one.fix}`).join('; ')}.`,
  NOTICES_UNPUBLISHED: (p) =>
    `${p.count} notices were not published: ${p.problem}. They wait, and are published when the delivery is repeated.`,
  OPTION_INVALID: (p) => `${p.option} ${p.value}: expected ${p.expected}.`,
  OUTPUT_EXISTS: (p) => `${p.path} already exists. Choose another path, or remove it first.`,
  STREAM_RESUME_CONFLICT: (p) =>
    `${p.folder} belongs to a run that was interrupted, and cannot be continued: ${p.problem}. Run it with the input and the options that it had, ` +
    'or stream into a new lake.',
  ACCOUNT_UNREADABLE: (p) => `The account ${p.account} in ${p.region}: cannot ${p.action}: ${p.problem}`,
  DEPLOY_REFUSED: (p) =>
    `${p.stack}: nothing was changed.${p.problems.map(({ problem, fix }) => `\n  ${problem}. ${fix}.`).join('')}`,
  DEPLOY_FAILED: (p) =>
    `${p.stack} (${p.status}): ${p.problem}` +
    `${p.failed.map(({ resource, reason, advice }) => `\n  ${resource}: ${reason}${advice ? ` ${advice}.` : ''}`).join('')}` +
    `\n${p.fix}`,
  STACK_UNKNOWN: (p) => `There is no stack ${p.stack} in the account ${p.account}, ${p.region}.`,
  SIMULATION_INVALID: (p) => `${p.option} ${p.value}: expected ${p.expected}.`,
  STREAM_HANDLER_FAILED: (p) =>
    `The handler ${p.handler} gave up the record ${p.sequenceNumber} of ${p.shard}: ${p.problem}. Pass onFailure to keep such records and go on.`,
  STREAM_UNACCOUNTED: (p) =>
    `Records are not accounted for: the source gave ${p.taken}, ${p.unsent} could not be sent, the stream has ${p.stored}, ` +
    `the archive was given ${p.delivered} and has ${p.archived} (${p.rows} rows, ${p.duplicates} duplicates, ` +
    `${p.quarantined} quarantined, ${p.filtered} filtered). Keep the archive, and run the source again into a new one.`,
};

/** Codes of errors after which a retry of the same call may succeed. */
export const retryableCodes: ReadonlySet<keyof ErrorPayloads> = new Set([
  'PRODUCER_OVERFLOW',
  'INPUT_CHANGED',
  'LAKE_BUSY',
  'JOB_BUSY',
  'PLAN_STALE',
  'LAKE_CHANGED',
  'INTERRUPTED',
  'QUERY_UNAVAILABLE',
  'QUERY_QUEUE_FULL',
  'QUERY_QUEUE_TIMEOUT',
  'CALLER_BUSY',
  'WAREHOUSE_BUSY',
  'NOTICES_UNPUBLISHED',
]);
