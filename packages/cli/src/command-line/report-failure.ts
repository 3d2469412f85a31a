import type { ErrorCode, HeadwaterError } from '@headwater/core';
import type { ExitCode } from '../answer/exit-code.ts';
import type { Console } from '../output/console.ts';
import { harmlessText } from '../output/harmless-text.ts';
import { toJson } from '../output/to-json.ts';
import { suggestion } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/** Codes of errors that the command line caused. */
const usageCodes: ReadonlySet<ErrorCode> = new Set([
  'METRIC_PARAMETERS_INVALID',
  'METRIC_UNKNOWN',
  'OPTION_INVALID',
  'QUERY_NOT_READ_ONLY',
  'SIMULATION_INVALID',
  'TABLE_UNKNOWN',
  'VERSION_UNKNOWN',
]);

interface FailureContext {
  readonly console: Console;
  readonly signal: AbortSignal;
  readonly json: boolean;
}

/** Reports a failure on standard error, for people or as one JSON object, and returns its exit code. */
export async function reportFailure(error: unknown, context: FailureContext): Promise<ExitCode> {
  const { console, signal, json } = context;
  const isStopped = signal.aborted || hasCode(error, 'INTERRUPTED');
  const { code, message, hints, exit, payload } =
    isStopped && !isHeadwaterError(error) ? stopped : await describeFailure(error);
  if (json)
    console.note(
      toJson({ code, message, ...(payload ? { payload } : {}), ...(hints.length > 0 ? { hints } : {}) }),
    );
  else {
    const label = isStopped ? console.noteStyle('yellow', 'stopped') : console.noteStyle('red', 'error');
    console.note(`${label} ${console.noteStyle('dim', `[${code}]`)} ${harmlessText(message)}`);
    for (const hint of hints) console.note(`  ${harmlessText(hint)}`);
  }
  if (process.env['HEADWATER_DEBUG'] === '1' && error instanceof Error) console.note(error.stack ?? '');
  return isStopped ? 130 : exit;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hints: readonly string[];
  readonly exit: 1 | 2;
  readonly payload?: unknown;
}

const stopped: Failure = { code: 'INTERRUPTED', message: 'Stopped.', hints: [], exit: 1 };

/**
 * Recognised by name, not by class: the project's own copy of @headwater/core may be another module than ours, and a wrong
 * command line is reported without loading either.
 */
const isHeadwaterError = (error: unknown): error is HeadwaterError =>
  error instanceof Error && error.name === 'HeadwaterError' && 'code' in error;

const hasCode = <Code extends ErrorCode>(error: unknown, code: Code): error is HeadwaterError<Code> =>
  isHeadwaterError(error) && error.code === code;

async function describeFailure(error: unknown): Promise<Failure> {
  if (error instanceof UsageError) {
    return { code: 'USAGE', message: error.message, hints: error.hints, exit: 2 };
  }
  if (isHeadwaterError(error)) {
    const { code, message, payload } = error;
    return { code, message, hints: await hintsFor(error), exit: usageCodes.has(code) ? 2 : 1, payload };
  }
  const what = error instanceof Error ? error.message : String(error);
  return {
    code: 'BUG',
    message: `Something went wrong inside Headwater: ${what}`,
    hints: ['This is a bug. Please report it with the output of the same command under HEADWATER_DEBUG=1.'],
    exit: 1,
  };
}

async function hintsFor(error: Error): Promise<readonly string[]> {
  if (hasCode(error, 'METRIC_UNKNOWN')) return suggestion(error.payload.metric, error.payload.known);
  if (hasCode(error, 'TABLE_UNKNOWN')) return suggestion(error.payload.table, error.payload.known);
  return [];
}
