import { flinkText } from '../../types/flink-type.ts';
import type { FlinkOptions } from './flink-connector.ts';
import type { FlinkJob } from './flink-job.ts';
import type { FlinkStatement } from './flink-table.ts';

/** Statements as text, each below a comment that says what it is for. */
export const statementsText = (statements: readonly FlinkStatement[]): string =>
  statements.map(({ purpose, sql }) => `-- ${purpose.replace(/\s+/g, ' ')}\n${sql};\n`).join('\n');

/** Settings as `SET` lines. */
export const settingsText = (settings: FlinkOptions): string =>
  Object.entries(settings)
    .map(([name, value]) => `SET ${flinkText(name)} = ${flinkText(value)};\n`)
    .join('');

/**
 * A job as a script of Flink's SQL client, `sql-client.sh -f`: settings, tables and views, and one statement set, so that the stream is
 * read once. The client ends with status 0 even if a statement fails: look for `[ERROR]` in what it writes.
 *
 * @param more settings of the client, such as `execution.target`
 */
export const flinkScript = (job: FlinkJob, more: FlinkOptions = {}): string =>
  [
    settingsText({ 'execution.runtime-mode': 'streaming', ...job.settings, ...more }),
    statementsText(job.statements),
    `EXECUTE STATEMENT SET\nBEGIN\n${statementsText(job.inserts)}END;\n`,
  ].join('\n');
